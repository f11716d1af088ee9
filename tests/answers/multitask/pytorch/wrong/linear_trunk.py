"""Linear layers one after the other with only dropout in between: the trunk stays linear."""
# expect: non_linear linear_trunk
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(11, 64)
        self.drop = nn.Dropout(0.1)
        self.fc2 = nn.Linear(64, 32)
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        x = self.fc2(self.drop(self.fc1(x)))
        return self.quality(x), self.good(x)


model = Net()
