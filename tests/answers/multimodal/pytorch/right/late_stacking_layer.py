"""Late fusion with a small layer that learns how heavy both logits weigh, like stacking."""
# expect: full marks
# %% model
def mlp(*sizes):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.GELU()]
    return nn.Sequential(*layers[:-1])


class Stacked(nn.Module):
    def __init__(self, d, vocab):
        super().__init__()
        self.expert_table = mlp(d, 32, 16, 1)
        self.words = nn.Embedding(vocab, 16, padding_idx=0)
        self.expert_name = mlp(16, 16, 1)
        self.meta = nn.Linear(2, 1)

    def forward(self, structured, names):
        logit_table = self.expert_table(structured)
        logit_name = self.expert_name(self.words(names).sum(dim=1))
        return self.meta(torch.hstack([logit_table, logit_name]))


structured, names, _ = prepare(train, train)
model = Stacked(structured.shape[1], int(names.max()) + 1)
fusion = "late"
# %% evaluate
model.eval()
with torch.inference_mode():
    z = model(*test_data.dataset.tensors[:2]).view(-1)
y = test_data.dataset.tensors[2]
auc = float(roc_auc_score(y.numpy(), z.numpy()))
accuracy = (z.sigmoid().round() == y).float().mean()
