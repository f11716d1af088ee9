"""Learned loss weights (Kendall): two log-variances outside the model, in the same optimizer."""
# expect: full marks
# %% loss
# log sigma^2 van elke taak wordt mee geleerd
log_var_quality = nn.Parameter(torch.zeros(()))
log_var_good = nn.Parameter(torch.zeros(()))


def multitask_loss(outputs, quality, good):
    pred, logit = outputs
    mse = F.mse_loss(pred.squeeze(-1), quality)
    bce = F.binary_cross_entropy_with_logits(logit.squeeze(-1), good)
    return (
        0.5 * torch.exp(-log_var_quality) * mse + 0.5 * log_var_quality
        + torch.exp(-log_var_good) * bce + 0.5 * log_var_good
    )
# %% train
optimizer = torch.optim.AdamW([
    {"params": model.parameters(), "weight_decay": 0.1},
    {"params": [log_var_quality, log_var_good], "weight_decay": 0.0},
], lr=3e-3)
history = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        loss = multitask_loss(out, quality, good)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        history.append((
            F.mse_loss(out[0].squeeze(-1), quality).item(),
            F.binary_cross_entropy_with_logits(out[1].squeeze(-1), good).item(),
            torch.exp(-log_var_quality).item(),
            torch.exp(-log_var_good).item(),
        ))
plt.plot(history, label=["mse", "bce", "gewicht quality", "gewicht good"])
plt.legend()
plt.show()
