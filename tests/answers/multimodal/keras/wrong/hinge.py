"""The hinge of support vector machines."""
# expect: classification_term hinge
# may fail: learns
# %% loss
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="hinge")
