"""The losses are given under a name that no output has, so that fit raises."""
# expect: regression_term raised
# may fail: classification_term weights learns mae accuracy reported shuffle
# %% loss
model.compile(optimizer="adam", loss={"kwaliteit": "mse", "good": keras.losses.BinaryCrossentropy(from_logits=True)})
