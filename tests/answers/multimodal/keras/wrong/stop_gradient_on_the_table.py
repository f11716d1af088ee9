"""The features of the table pass a stop_gradient."""
# expect: encoders detached
# may fail: learns, modalities_used
# %% model
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.table, self.text = layers.Dense(24, activation="relu"), layers.Dense(24, activation="relu")
        self.mix, self.last = layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        t = keras.ops.stop_gradient(self.table(inputs["structured"]))
        n = self.text(inputs["names"])
        return self.last(self.mix(keras.ops.concatenate([t, n], axis=1)))


model = Net()
model(next(iter(train_data))[0])
fusion = "intermediate"
