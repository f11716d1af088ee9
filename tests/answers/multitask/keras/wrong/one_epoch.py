"""fit is called without `epochs`: one pass over the data with a small learning rate."""
# expect: learns too_few_epochs
# may fail: mae accuracy
# %% loss
model.compile(
    optimizer="adam",
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 0.5, "good": 1.0},
)
# %% train
history = model.fit(train_data).history
print(history)
