"""Nobody calls model.eval(): with a lot of dropout the test figures are those of a half erased network."""
# expect: reported training_mode
# %% model
class Dropped(nn.Module):
    def __init__(self, n_cols, n_words, p=0.75):
        super().__init__()
        self.a = nn.Sequential(nn.Linear(n_cols, 24), nn.ReLU(), nn.Dropout(p))
        self.b = nn.Sequential(nn.EmbeddingBag(n_words, 12, padding_idx=0), nn.ReLU(), nn.Dropout(p))
        self.c = nn.Sequential(nn.Linear(36, 12), nn.ReLU(), nn.Dropout(p), nn.Linear(12, 1))

    def forward(self, structured, names):
        return self.c(torch.cat((self.a(structured), self.b(names)), dim=1))


s, n, _ = prepare(train, train)
model = Dropped(s.shape[1], int(n.max()) + 1)
fusion = "intermediate"
# %% train
EPOCHS = 40
opt = torch.optim.Adam(model.parameters(), lr=4e-3)
model.train()
hist = []
for ep in trange(EPOCHS):
    for s, n, y in train_data:
        loss = loss_function(model(s, n), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    hist.append(loss.item())
plt.plot(hist)
# %% evaluate
y_true, y_score = [], []
with torch.no_grad():
    for s, n, y in test_data:
        y_score.extend(torch.sigmoid(model(s, n)).flatten().tolist())
        y_true.extend(y.tolist())
auc = roc_auc_score(y_true, y_score)
accuracy = np.mean([(p >= 0.5) == (t == 1) for p, t in zip(y_score, y_true)])
