"""A train_step gives a slice of the probability to a cross-entropy with from_logits=True."""
# expect: classification_term double_sigmoid
# may fail: learns accuracy reported
# %% model
bce_loss = keras.losses.BinaryCrossentropy(from_logits=True)
mse_loss = keras.losses.MeanSquaredError()


class CustomModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            quality_loss = mse_loss(y["quality"], y_pred["quality"][:, 0])
            good_loss = bce_loss(y["good"], y_pred["good"][:, 0])
            loss = 0.4 * quality_loss + 0.6 * good_loss
        trainable_vars = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, trainable_vars), trainable_vars))
        return {"quality_loss": quality_loss, "good_loss": good_loss}


inputs = keras.Input(shape=(11,))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dense(64, activation="relu")(x)
outputs = {"quality": layers.Dense(1)(x), "good": layers.Dense(1, activation="sigmoid")(x)}
model = CustomModel(inputs, outputs)
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3))
