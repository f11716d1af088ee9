"""The head for quality gets the predicted probability of good besides the shared features."""
# expect: two_heads chained_heads
# %% model
class CascadeNet(nn.Module):
    def __init__(self, n_in, n_hidden=48):
        super().__init__()
        self.bn = nn.BatchNorm1d(n_hidden)
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.fc2 = nn.Linear(n_hidden, n_hidden)
        self.good = nn.Linear(n_hidden, 1)
        # een goede wijn heeft een hogere score, dus geef dat mee
        self.quality = nn.Sequential(nn.Linear(n_hidden + 1, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, x):
        h = F.relu(self.bn(self.fc1(x)))
        h = F.relu(self.fc2(h))
        logit = self.good(h)
        score = self.quality(torch.hstack([h, torch.sigmoid(logit)]))
        return score, logit


model = CascadeNet(len(FEATURES))
