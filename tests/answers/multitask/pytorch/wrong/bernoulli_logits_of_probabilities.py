"""The losses are negative log-likelihoods, and Bernoulli gets the probability of the model as its logits."""
# expect: classification_term double_sigmoid
# may fail: learns accuracy reported
# %% model
class ProbabilisticNet(nn.Module):
    def __init__(self, d_in=11, d_hidden=50):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(d_in, d_hidden), nn.ReLU(),
            nn.Linear(d_hidden, d_hidden), nn.ReLU(), nn.Dropout(0.1),
        )
        self.mean = nn.Linear(d_hidden, 1)
        self.prob = nn.Linear(d_hidden, 1)

    def forward(self, x):
        e = self.encoder(x)
        return self.mean(e).squeeze(-1), torch.sigmoid(self.prob(e)).squeeze(-1)


model = ProbabilisticNet()
# %% loss
from torch.distributions import Bernoulli


def multitask_loss(outputs, quality, good):
    mean, prob = outputs
    # een normale verdeling met vaste sigma geeft op constanten na de MSE
    nll_quality = ((quality - mean) ** 2).mean()
    nll_good = -Bernoulli(logits=prob).log_prob(good).mean()
    return 0.5 * nll_quality + nll_good
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3, weight_decay=1e-4)
losses = []
model.train()
for epoch in trange(60):
    for x, quality, good in train_data:
        optimizer.zero_grad()
        mean, prob = model(x)
        loss = multitask_loss((mean, prob), quality, good)
        loss.backward()
        optimizer.step()
    losses.append([F.mse_loss(mean, quality).item(), F.binary_cross_entropy(prob, good).item()])
plt.plot(losses);
# %% evaluate
model.eval()
with torch.no_grad():
    X, quality, good = test_data.dataset.tensors
    mean, prob = model(X)
mae = (mean - quality).abs().mean().item()
accuracy = ((prob >= 0.5) == good.bool()).float().mean().item()
print(mae, accuracy)
