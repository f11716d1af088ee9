"""The model also returns the logits of two auxiliary heads, one per modality."""
# expect: outputs extra_outputs
# may fail: encoders, fusion, classification_term, learns, auc, modalities_used, reported
# %% model
class DeepSupervision(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.g = nn.Sequential(nn.EmbeddingBag(v, 16, padding_idx=0), nn.Linear(16, 16), nn.ReLU())
        self.aux_table, self.aux_name = nn.Linear(16, 1), nn.Linear(16, 1)
        self.main = nn.Sequential(nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        a, b = self.f(structured), self.g(names)
        return self.main(torch.cat([a, b], 1)), self.aux_table(a), self.aux_name(b)


structured, names, _ = prepare(train, train)
model = DeepSupervision(structured.shape[1], int(names.max()) + 1)
fusion = "intermediate"
# %% loss
def loss_function(output, survived):
    main, *aux = [F.binary_cross_entropy_with_logits(o.squeeze(1), survived) for o in output]
    return main + 0.3 * sum(aux)
# %% evaluate
model.eval()
with torch.no_grad():
    logits = model(*test_data.dataset.tensors[:2])[0].squeeze(1)
y = test_data.dataset.tensors[2]
auc = roc_auc_score(y, logits)
accuracy = ((logits > 0) == y.bool()).float().mean().item()
