"""Two mistakes: an RMSELoss from a forum, and figures of the training rows through a default argument."""
# expect: regression_term rmse
# expect: reported on_training_rows
# may fail: learns mae accuracy
# %% loss
class RMSELoss(nn.Module):
    def __init__(self, eps=1e-6):
        super().__init__()
        self.mse = nn.MSELoss()
        self.eps = eps

    def forward(self, yhat, y):
        return torch.sqrt(self.mse(yhat, y) + self.eps)


rmse_fn, bce_fn = RMSELoss(), nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    yhat_quality, yhat_good = outputs
    return rmse_fn(yhat_quality.view_as(quality), quality) + bce_fn(yhat_good.view_as(good), good)
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=4e-3)
model.train()
for epoch in trange(100):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
# %% evaluate
def evaluate(net, data=train_data):
    net.eval()
    abs_error = correct = total = 0
    with torch.inference_mode():
        for X, quality, good in data:
            q, g = net(X)
            abs_error += (q.view_as(quality) - quality).abs().sum().item()
            correct += ((g.view_as(good) >= 0) == (good == 1)).sum().item()
            total += len(X)
    return abs_error / total, correct / total


mae, accuracy = evaluate(model)
