"""mse for a class."""
# expect: classification_term squared_error
# may fail: learns
# %% loss
model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
