"""The parentheses are missing: model is the class, and the training cell makes a network of it."""
# expect: outputs not_a_model
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class MultiOutputModel(nn.Module):
    def __init__(self, input_size=11, hidden_size=64):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, hidden_size)
        self.fc_quality = nn.Linear(hidden_size, 1)
        self.fc_good = nn.Linear(hidden_size, 1)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc_quality(x), self.fc_good(x)


model = MultiOutputModel
# %% train
net = model()
optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.3)
for epoch in trange(60):
    for X, quality, good in train_data:
        loss = multitask_loss(net(X), quality, good)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
# %% evaluate
net.eval()
with torch.no_grad():
    X, quality, good = test_data.dataset.tensors
    q, g = net(X)
mae = F.l1_loss(q.squeeze(1), quality).item()
accuracy = ((g.squeeze(1) > 0) == good.bool()).float().mean().item()
