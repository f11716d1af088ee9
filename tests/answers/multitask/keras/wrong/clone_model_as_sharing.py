"""clone_model and set_weights are taken for sharing: the two trunks start equal and then go their own way."""
# expect: shared_trunk two_networks
# may fail: non_linear
# %% model
class GedeeldNetwerk(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.romp = keras.Sequential([
            keras.Input((n,)),
            layers.Dense(48, activation="gelu"),
            layers.Dense(24, activation="gelu"),
        ])
        # dezelfde romp voor de tweede taak: zelfde lagen en zelfde gewichten
        self.romp_good = keras.models.clone_model(self.romp)
        self.romp_good.set_weights(self.romp.get_weights())
        self.kop_quality = layers.Dense(1)
        self.kop_good = layers.Dense(1, activation="sigmoid")

    def call(self, X, training=False):
        return {
            "quality": self.kop_quality(self.romp(X, training=training)),
            "good": self.kop_good(self.romp_good(X, training=training)),
        }


model = GedeeldNetwerk(len(FEATURES))
