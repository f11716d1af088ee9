"""A plain Python class with layers in it, not an nn.Module."""
# expect: outputs not_a_model
# may fail: shared_trunk two_heads non_linear regression_term classification_term weights learns mae accuracy reported
# %% model
class WineNet:
    def __init__(self):
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.head_q = nn.Linear(32, 1)
        self.head_g = nn.Linear(32, 1)
        self.training = True

    def __call__(self, X):
        h = self.trunk(X)
        return self.head_q(h), self.head_g(h)

    def parameters(self):
        return iter([*self.trunk.parameters(), *self.head_q.parameters(), *self.head_g.parameters()])

    def train(self, mode=True):
        self.training = mode

    def eval(self):
        self.train(False)


model = WineNet()
