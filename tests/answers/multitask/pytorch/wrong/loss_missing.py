"""The loss function has another name, which the training loop uses."""
# expect: regression_term missing
# may fail: classification_term weights
# %% loss
def combined_loss(outputs, quality, good):
    q, g = outputs
    return F.mse_loss(q.flatten(), quality) + F.binary_cross_entropy_with_logits(g.flatten(), good)
# %% train
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        combined_loss(model(X), quality, good).backward()
        optimizer.step()
