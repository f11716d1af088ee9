"""Tensor fusion: the outer product of both feature vectors, each with a one in front, goes to the classifier."""
# expect: full marks
# %% model
class TensorFusionNetwork(nn.Module):
    """Zadeh et al. (2017), for a table and a bag of words."""

    def __init__(self, table_dim, vocab, d=8):
        super().__init__()
        self.table_subnet = nn.Sequential(nn.Linear(table_dim, 32), nn.ReLU(), nn.Linear(32, d), nn.ReLU())
        self.text_subnet = nn.EmbeddingBag(vocab, d, mode="mean", padding_idx=0)
        self.post_fusion = nn.Sequential(nn.Dropout(0.1), nn.Linear((d + 1) ** 2, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, structured, names):
        one = structured.new_ones(structured.size(0), 1)
        h1 = torch.cat((one, self.table_subnet(structured)), dim=1)
        h2 = torch.cat((one, torch.tanh(self.text_subnet(names))), dim=1)
        fused = torch.bmm(h1.unsqueeze(2), h2.unsqueeze(1)).flatten(1)
        return torch.sigmoid(self.post_fusion(fused))


t, w, _ = prepare(train, train)
model = TensorFusionNetwork(t.shape[1], int(w.max()) + 1)
fusion = "intermediate"
# %% loss
loss_function = lambda output, survived: nn.BCELoss()(output.view(-1), survived.view(-1))
# %% evaluate
model.eval()
scores, truth = [], []
with torch.no_grad():
    for structured, names, survived in test_data:
        scores.extend(model(structured, names).view(-1).tolist())
        truth.extend(survived.view(-1).tolist())
auc = roc_auc_score(truth, scores)
accuracy = np.mean((np.array(scores) >= 0.5) == np.array(truth))
