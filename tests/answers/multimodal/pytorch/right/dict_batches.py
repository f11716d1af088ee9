"""Own data set and batches of dicts; the model takes the dict as its one argument."""
# expect: full marks
# %% loaders
from torch.utils.data import Dataset

train, test = split(passengers)


class TitanicDataset(Dataset):
    def __init__(self, rows):
        structured, names, survived = prepare(train, rows)
        self.structured = torch.as_tensor(structured)
        self.names = torch.as_tensor(names)
        self.survived = torch.as_tensor(survived)

    def __len__(self):
        return len(self.survived)

    def __getitem__(self, i):
        return {"structured": self.structured[i], "names": self.names[i]}, self.survived[i]


train_data = DataLoader(TitanicDataset(train), batch_size=32, shuffle=True, drop_last=True)
test_data = DataLoader(TitanicDataset(test), batch_size=64, shuffle=False)
# %% model
class TitanicNet(nn.Module):
    def __init__(self, dataset):
        super().__init__()
        self.structured = nn.Sequential(nn.Linear(dataset.structured.shape[1], 32), nn.ReLU(), nn.Linear(32, 16))
        self.names = nn.EmbeddingBag(int(dataset.names.max()) + 1, 16, padding_idx=0)
        self.classifier = nn.Linear(32, 1)

    def forward(self, batch):
        s = self.structured(batch["structured"])
        n = self.names(batch["names"])
        return self.classifier(F.relu(torch.cat([s, n], dim=1)))


model = TitanicNet(train_data.dataset)
fusion = "intermediate"
# %% loss
def loss_function(output, survived):
    return nn.BCEWithLogitsLoss()(output.view(-1), survived.view(-1))
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
history = []
for epoch in range(30):
    model.train()
    running_loss = 0.0
    for inputs, target in train_data:
        optimizer.zero_grad()
        loss = loss_function(model(inputs), target)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
    history.append(running_loss / len(train_data))
    if epoch % 10 == 9:
        print(f"Epoch {epoch + 1}: loss {history[-1]:.4f}")
plt.plot(history)
# %% evaluate
def evaluate(net, pick=lambda inputs: inputs):
    net.eval()
    outputs, targets = [], []
    with torch.no_grad():
        for inputs, target in test_data:
            outputs.append(net(pick(inputs)).view(-1))
            targets.append(target)
    outputs, targets = torch.cat(outputs), torch.cat(targets)
    hits = ((outputs > 0) == targets.bool()).float().mean().item()
    return roc_auc_score(targets.numpy(), outputs.numpy()), hits


auc, accuracy = evaluate(model)
# %% baseline
baseline_input = "structured"
baseline = nn.Sequential(nn.Linear(train_data.dataset.structured.shape[1], 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(baseline.parameters(), lr=1e-3)
for epoch in range(30):
    for inputs, target in train_data:
        optimizer.zero_grad()
        loss_function(baseline(inputs["structured"]), target).backward()
        optimizer.step()
baseline_auc, _ = evaluate(baseline, lambda inputs: inputs["structured"])
print("multi", auc, "single", baseline_auc)
