"""The first layer expects twelve columns, quality counted in."""
# expect: outputs wrong_inputs
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(12, 64)  # 12 kolommen in de csv
        self.fc2 = nn.Linear(64, 32)
        self.q = nn.Linear(32, 1)
        self.g = nn.Linear(32, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.q(x), self.g(x)


model = Net()
