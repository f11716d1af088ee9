"""good is a logit, but the cross-entropy expects a probability."""
# expect: classification_term bce_on_logits
# may fail: learns accuracy reported
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
shared = layers.Dense(64, activation="relu")(inputs)
shared = layers.Dense(32, activation="relu")(shared)
quality = layers.Dense(1, name="quality")(shared)
good = layers.Dense(1, name="good")(shared)
model = keras.Model(inputs, {"quality": quality, "good": good})
