"""A helper for the progress bar calls model.eval() after every batch and nothing switches back; there is dropout."""
# expect: learns evaluation_mode
# may fail: mae accuracy
# %% model
class DropNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Sequential(
            nn.Linear(11, 100), nn.ReLU(), nn.Dropout(p=0.3),
            nn.Linear(100, 50), nn.ReLU(), nn.Dropout(p=0.3),
        )
        self.to_quality = nn.Linear(50, 1)
        self.to_good = nn.Linear(50, 1)

    def forward(self, x):
        s = self.shared(x)
        return self.to_quality(s), self.to_good(s)


model = DropNet()
# %% train
@torch.no_grad()
def batch_accuracy(X, good):
    model.eval()
    return ((model(X)[1].flatten() > 0) == (good == 1)).float().mean().item()


optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.3)
model.train()
for epoch in range(1, 41):
    with tqdm(train_data, desc=f"epoch {epoch}", mininterval=5) as bar:
        for X, quality, good in bar:
            optimizer.zero_grad()
            loss = multitask_loss(model(X), quality, good)
            loss.backward()
            optimizer.step()
            bar.set_postfix(loss=loss.item(), acc=batch_accuracy(X, good))
