"""reduction='sum'."""
# expect: classification_term sum
# %% loss
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(reduction="sum"))
