"""From a tutorial on distributed training: the cross-entropies are summed and divided by one replica, not by n."""
# expect: classification_term sum
# may fail: learns mae weights
# %% model
REPLICAS = tf.distribute.get_strategy().num_replicas_in_sync


class DistributedWine(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        q_true = tf.reshape(y["quality"], (-1, 1))
        g_true = tf.reshape(y["good"], (-1, 1))
        per_wine = keras.losses.binary_crossentropy(g_true, y_pred["good"])
        quality_loss = tf.reduce_mean(tf.math.squared_difference(q_true, y_pred["quality"]))
        good_loss = tf.reduce_sum(per_wine) * (1.0 / REPLICAS)
        return 2.0 * quality_loss + 0.5 * good_loss


inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
model = DistributedWine(inputs, {"quality": layers.Dense(1)(shared), "good": layers.Dense(1, "sigmoid")(shared)})
# %% loss
model.compile(keras.optimizers.Adam(2e-3))
# %% train
log = model.fit(train_data, epochs=60, verbose=0)
plt.plot(log.history["loss"], label="totaal")
plt.legend();
