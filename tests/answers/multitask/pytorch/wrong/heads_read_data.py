"""The heads take .data of the features, so no gradient of either task reaches the trunk."""
# expect: shared_trunk detached
# may fail: learns mae accuracy
# %% model
class Trunk(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.l1 = nn.Linear(n_in, 128)
        self.l2 = nn.Linear(128, n_out)

    def forward(self, x):
        return torch.relu(self.l2(torch.relu(self.l1(x))))


class Head(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.hidden = nn.Linear(n_in, 16)
        self.out = nn.Linear(16, 1)

    def forward(self, features):
        features = features.data  # de waarden van de tensor
        return self.out(torch.relu(self.hidden(features)))


class MultiTask(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk(len(FEATURES), 32)
        self.head_quality, self.head_good = Head(32), Head(32)

    def forward(self, x):
        features = self.trunk(x)
        return {"quality": self.head_quality(features), "good": self.head_good(features)}


model = MultiTask()
# %% loss
def multitask_loss(outputs, quality, good, w_quality=0.5, w_good=1.0):
    loss_q = F.mse_loss(outputs["quality"].squeeze(-1), quality)
    loss_g = F.binary_cross_entropy_with_logits(outputs["good"].squeeze(-1), good)
    return w_quality * loss_q + w_good * loss_g
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
model.train()
for epoch in (bar := trange(60)):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
    bar.set_postfix(loss=loss.item())
# %% evaluate
model.eval()
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    out = model(X)
mae = (out["quality"].squeeze(-1) - quality).abs().mean().item()
accuracy = ((out["good"].squeeze(-1) > 0).float() == good).float().mean().item()
