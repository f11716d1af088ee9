"""Late fusion: two complete networks that give probabilities, mixed with a weight that is learned."""
# expect: full marks
# %% model
class Late(nn.Module):
    def __init__(self, d, vocab):
        super().__init__()
        self.tab = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1), nn.Sigmoid())
        self.emb = nn.EmbeddingBag(vocab, 16, padding_idx=0)
        self.txt = nn.Sequential(nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())
        self.alpha = nn.Parameter(torch.zeros(()))

    def forward(self, structured, names):
        w = torch.sigmoid(self.alpha)
        p = w * self.tab(structured) + (1 - w) * self.txt(self.emb(names))
        return p.squeeze(1)


x, t, _ = prepare(train, train)
model = Late(x.shape[1], t.max() + 1)
fusion = "late"
# %% loss
loss_function = nn.BCELoss()
# %% train
EPOCHS = 25
opt = torch.optim.Adam(model.parameters(), lr=0.005)
model.train()
losses = []
for _ in tqdm(range(EPOCHS)):
    for s, n, y in train_data:
        opt.zero_grad()
        l = loss_function(model(s, n), y)
        l.backward()
        opt.step()
    losses.append(l.item())
plt.plot(losses)
# %% evaluate
model.eval()
ps, ys = [], []
with torch.no_grad():
    for s, n, y in test_data:
        ps += model(s, n).tolist()
        ys += y.tolist()
auc = roc_auc_score(ys, ps)
accuracy = np.mean((np.array(ps) >= 0.5) == np.array(ys))
