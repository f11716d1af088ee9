"""Two mistakes: no activation in the trunk, and a sigmoid in the network as well as in the loss."""
# expect: non_linear linear_trunk
# expect: classification_term double_sigmoid
# may fail: mae accuracy learns
# %% model
class MultiTask(nn.Module):
    def __init__(self, n_features, hidden=64):
        super().__init__()
        self.layer1 = nn.Linear(n_features, hidden)
        self.layer2 = nn.Linear(hidden, 32)
        self.quality_head = nn.Linear(32, 1)
        self.good_head = nn.Linear(32, 1)

    def forward(self, x):
        x = self.layer2(self.layer1(x))
        return self.quality_head(x), torch.sigmoid(self.good_head(x))


model = MultiTask(len(FEATURES))
# %% loss
mse_loss, bce_loss = nn.MSELoss(), nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    return mse_loss(outputs[0].flatten(), quality) + bce_loss(outputs[1].flatten(), good)
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.no_grad():
    q, g = model(X)
mae = (q.flatten() - quality).abs().mean().item()
accuracy = ((g.flatten() > 0.5) == (good == 1)).float().mean().item()
