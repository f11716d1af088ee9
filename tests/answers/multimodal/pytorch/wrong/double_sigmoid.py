"""The sigmoid is in the model and in the loss."""
# expect: classification_term double_sigmoid
# may fail: learns, modalities_used
# %% model
class SigmoidNet(nn.Module):
    def __init__(self, d, v):
        super().__init__()
        self.s = nn.Sequential(nn.Linear(d, 32), nn.ReLU())
        self.n = nn.Sequential(nn.EmbeddingBag(v, 16, padding_idx=0), nn.ReLU())
        self.top = nn.Sequential(nn.Linear(48, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())

    def forward(self, structured, names):
        return self.top(torch.cat([self.s(structured), self.n(names)], 1)).squeeze(1)


s, n, _ = prepare(train, train)
model = SigmoidNet(s.shape[1], n.max() + 1)
fusion = "intermediate"
# %% loss
loss_function = nn.BCEWithLogitsLoss()
# %% evaluate
model.eval()
s, n, y = test_data.dataset.tensors
with torch.no_grad():
    p = model(s, n)
auc = roc_auc_score(y, p)
accuracy = ((p > 0.5) == (y > 0.5)).float().mean().item()
