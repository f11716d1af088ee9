"""The head for sex gets a detached trunk, so that task does not train it."""
# expect: shared_trunk detached
# may fail: learns sex_accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(9, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU())
        self.progression = nn.Linear(32, 1)
        self.high = nn.Linear(32, 1)
        self.sex = nn.Linear(32, 1)

    def forward(self, x):
        shared = self.trunk(x)
        return 150 + 75 * self.progression(shared), self.high(shared), self.sex(shared.detach())


model = Net()
