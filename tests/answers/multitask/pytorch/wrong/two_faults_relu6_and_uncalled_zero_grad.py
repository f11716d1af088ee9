"""Two mistakes: a ReLU6 on the score, which stops at 6, and zero_grad without parentheses, so it is never called."""
# expect: outputs squashed_quality
# expect: learns zero_grad
# may fail: mae accuracy regression_term
# %% model
class QualityHead(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.linear = nn.Linear(n_in, 1)
        nn.init.constant_(self.linear.bias, 5.0)
        self.act = nn.ReLU6()  # scores zijn nooit negatief

    def forward(self, h):
        return self.act(self.linear(h))


class WineNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.Tanh(), nn.Linear(64, 32), nn.Tanh())
        self.quality = QualityHead(32)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        h = self.trunk(x)
        return self.quality(h), self.good(h)


model = WineNet()
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
log = []
for epoch in trange(30):
    for X, quality, good in train_data:
        optimizer.zero_grad
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    log.append(float(loss))
plt.plot(log)
plt.xlabel("epoch");
