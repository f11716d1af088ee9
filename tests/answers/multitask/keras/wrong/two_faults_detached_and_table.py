"""Two mistakes: the table lacks minimum and maximum, and the trunk gets no gradient from the head good."""
# expect: statistics incomplete
# expect: shared_trunk detached
# may fail: mae accuracy classification_term
# %% inspect
statistics = wines.agg(["mean", "std"]).T

figure_quality, ax = plt.subplots()
wines["quality"].value_counts().sort_index().plot.bar(ax=ax)
figure_good, ax = plt.subplots()
(wines["quality"] >= 6).value_counts().sort_index().plot.bar(ax=ax)
# %% model
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = layers.Dense(64, activation="relu")
        self.d2 = layers.Dense(32, activation="relu")
        self.quality = layers.Dense(1)
        self.good = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        h = self.d2(self.d1(x))
        return {"quality": self.quality(h), "good": self.good(keras.ops.stop_gradient(h))}


model = Net()
