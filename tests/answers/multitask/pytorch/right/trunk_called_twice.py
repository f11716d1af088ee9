"""One trunk that is called anew for each head, in a model made of smaller functions; both figures are axes of one figure."""
# expect: full marks
# %% inspect
statistics = wines.describe(percentiles=[0.5]).round(3)

fig, (figure_quality, figure_good) = plt.subplots(1, 2, figsize=(10, 4))
figure_quality.hist(wines["quality"])           # standaard 10 staven
figure_quality.axvline(wines["quality"].mean(), color="red", linestyle="--", label="gemiddelde")
figure_quality.legend()
wines["quality"].ge(6).value_counts().rename({True: "good", False: "bad"}).plot(kind="bar", ax=figure_good)
plt.tight_layout()
# %% model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.head1 = nn.Linear(32, 1)
        self.head2 = nn.Linear(32, 1)

    def predict_quality(self, x):
        return self.head1(self.trunk(x))

    def predict_good(self, x):
        return self.head2(self.trunk(x))

    def forward(self, x):
        return self.predict_quality(x), self.predict_good(x)


model = Net()
