"""A train_step collects the weights to train by hand and leaves out those of the head of good."""
# expect: learns heads_not_moved
# may fail: mae accuracy regression_term classification_term weights
# %% model
class HandmatigNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.laag1 = layers.Dense(64, activation="relu")
        self.laag2 = layers.Dense(32, activation="relu")
        self.kop_q = layers.Dense(1)
        self.kop_g = layers.Dense(1, activation="sigmoid")

    def call(self, X, training=None):
        romp = self.laag2(self.laag1(X))
        return {"quality": self.kop_q(romp), "good": self.kop_g(romp)}

    def train_step(self, data):
        X, y = data
        with tf.GradientTape() as tape:
            uitvoer = self(X, training=True)
            verlies = self.compute_loss(x=X, y=y, y_pred=uitvoer, training=True)
        gewichten = []
        for laag in (self.laag1, self.laag2, self.kop_q):
            gewichten += laag.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(verlies, gewichten), gewichten))
        return {"loss": verlies}


model = HandmatigNet()
# %% train
verloop = model.fit(train_data, epochs=60, verbose=0).history
plt.plot(verloop["loss"]);
