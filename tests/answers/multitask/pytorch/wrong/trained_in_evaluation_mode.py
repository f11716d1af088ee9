"""model.eval() for a first look at the losses, and never model.train() again: the dropout does nothing."""
# expect: learns evaluation_mode
# may fail: mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self, n_in, p=0.2):
        super().__init__()
        self.fc1 = nn.Linear(n_in, 64)
        self.fc2 = nn.Linear(64, 32)
        self.drop = nn.Dropout(p)
        self.out_quality = nn.Linear(32, 1)
        self.out_good = nn.Linear(32, 1)

    def forward(self, x):
        x = self.drop(F.relu(self.fc1(x)))
        x = self.drop(F.relu(self.fc2(x)))
        return self.out_quality(x), self.out_good(x)


model = Net(len(FEATURES))
# %% train
def gemiddelde_loss(data):
    model.eval()
    with torch.no_grad():
        return np.mean([multitask_loss(model(X), quality, good).item() for X, quality, good in data])


optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
history = [gemiddelde_loss(train_data)]
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    history.append(gemiddelde_loss(train_data))
plt.plot(history);
