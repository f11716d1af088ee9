"""The best loss starts at zero, so no epoch is ever the best and the weights from before are put back."""
# expect: learns not_trained
# may fail: mae accuracy reported
# %% train
import copy

optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
best_loss = 0
best_weights = copy.deepcopy(model.state_dict())
history = []

for epoch in trange(60):
    model.train()
    running = 0
    for X, quality, good in train_data:
        optimizer.zero_grad()
        loss = multitask_loss(model(X), quality, good)
        loss.backward()
        optimizer.step()
        running += loss.item() * len(X)
    history.append(running / len(train))
    if history[-1] < best_loss:
        best_loss = history[-1]
        best_weights = copy.deepcopy(model.state_dict())

model.load_state_dict(best_weights)
plt.plot(history);
