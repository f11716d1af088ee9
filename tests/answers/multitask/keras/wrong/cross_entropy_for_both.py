"""The same binary cross-entropy is used for both tasks."""
# expect: regression_term cross_entropy
# may fail: learns mae accuracy weights reported
# %% loss
bce = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss={"quality": bce, "good": bce})
