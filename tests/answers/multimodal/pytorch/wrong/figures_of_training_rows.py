"""Both figures come from the training rows."""
# expect: reported on_training_rows
# %% evaluate
model.eval()
with torch.no_grad():
    s, n, y = train_data.dataset.tensors
    logit = model(s, n)
auc = roc_auc_score(y.numpy(), logit.numpy())
accuracy = ((logit > 0).float() == y).float().mean().item()
print(f"{auc:.3f} {accuracy:.1%}")
# %% train
EPOCHS = 90
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
model.train()
for epoch in trange(EPOCHS):
    for s, n, y in train_data:
        optimizer.zero_grad()
        loss_function(model(s, n), y).backward()
        optimizer.step()
