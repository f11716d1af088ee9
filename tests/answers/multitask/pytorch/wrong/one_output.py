"""Only the score is predicted; good is made of it afterwards."""
# expect: outputs one_output
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
model = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))
# %% loss
def multitask_loss(outputs, quality, good):
    score = outputs.squeeze(1)
    logit = score - 5.5  # boven 5,5 is goed
    return F.mse_loss(score, quality) + F.binary_cross_entropy_with_logits(logit, good)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
X, quality, good = test_data.dataset.tensors
with torch.no_grad():
    score = model(X).squeeze(1)
mae = (score - quality).abs().mean().item()
accuracy = ((score > 5.5) == (good == 1)).float().mean().item()
