"""A dataset of dicts with a collate function and worker processes; training under autocast to bfloat16."""
# expect: full marks
# %% loaders
class Passengers(torch.utils.data.Dataset):
    def __init__(self, rows):
        self.structured, self.names, self.survived = prepare(train, rows)

    def __len__(self):
        return len(self.survived)

    def __getitem__(self, i):
        return {"structured": self.structured[i], "names": self.names[i], "survived": self.survived[i]}


def collate(items):
    inputs = {key: torch.from_numpy(np.stack([item[key] for item in items])) for key in ("structured", "names")}
    return inputs, torch.tensor(np.array([item["survived"] for item in items]))


train, test = split(passengers)
train_data = DataLoader(Passengers(train), 32, shuffle=True, collate_fn=collate, num_workers=2, persistent_workers=True)
test_data = DataLoader(Passengers(test), 256, collate_fn=collate, num_workers=1)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
log = []
EPOCHS = 20
for epoch in range(EPOCHS):
    model.train()
    for inputs, survived in train_data:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = model(inputs["structured"], inputs["names"])
        loss = loss_function(output.float(), survived)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        log.append(loss.item())
plt.plot(pd.Series(log).rolling(20).mean())
plt.show()
# %% evaluate
model.eval()
with torch.inference_mode():
    parts = [(model(x["structured"], x["names"]), y) for x, y in test_data]
logits, truth = (torch.cat(some).numpy() for some in zip(*parts))
auc, accuracy = roc_auc_score(truth, logits), ((logits > 0) == (truth > 0.5)).mean()
# %% baseline
baseline_input = "names"


class WordsOnly(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.words = nn.Embedding(words, 16, padding_idx=0)
        self.out = nn.Linear(16, 1)

    def forward(self, names):
        return self.out(torch.relu(self.words(names).sum(dim=1)))[:, 0]


baseline = WordsOnly(int(train_data.dataset.names.max()) + 1)
optimizer = torch.optim.AdamW(baseline.parameters(), lr=3e-3, weight_decay=0.02)
for epoch in range(15):
    baseline.train()
    for inputs, survived in train_data:
        loss = loss_function(baseline(inputs["names"]), survived)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
baseline.eval()
with torch.inference_mode():
    only = torch.cat([baseline(x["names"]) for x, _ in test_data])
baseline_auc = roc_auc_score(truth, only)
