"""A cell copied from evaluate: the baseline is trained well, but its AUC is computed from the logits of model."""
# expect: comparison same_as_model
# %% baseline
class WordsOnly(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.bag = nn.EmbeddingBag(vocab_size, 4, padding_idx=0)
        self.lin = nn.Linear(4, 1)

    def forward(self, names):
        return self.lin(self.bag(names)).squeeze(1)


baseline = WordsOnly(int(train_data.dataset.tensors[1].max()) + 1)
baseline_input = "names"
optim = torch.optim.Adam(baseline.parameters(), lr=0.005)
for _ in range(EPOCHS):
    for _, n, y in train_data:
        optim.zero_grad()
        loss = loss_function(baseline(n), y)
        loss.backward()
        optim.step()

baseline.eval()
structured, names, survived = test_data.dataset.tensors
with torch.no_grad():
    baseline_logits = baseline(names)
baseline_auc = roc_auc_score(survived, logits)
print(f"baseline {baseline_auc:.3f}")
