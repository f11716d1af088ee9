"""A plain nn.Sequential that ends in a layer with two units."""
# expect: two_heads fused_head
# %% model
model = nn.Sequential(
    nn.Linear(11, 64),
    nn.ReLU(),
    nn.Linear(64, 32),
    nn.ReLU(),
    nn.Linear(32, 2),  # kolom 0: quality, kolom 1: good
)
# %% loss
def multitask_loss(outputs, quality, good):
    return F.mse_loss(outputs[:, 0], quality) + F.binary_cross_entropy_with_logits(outputs[:, 1], good)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    y = model(X)
mae = (y[:, 0] - quality).abs().mean().item()
accuracy = ((y[:, 1] > 0) == (good == 1)).float().mean().item()
