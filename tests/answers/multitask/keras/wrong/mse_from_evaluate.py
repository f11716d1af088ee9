"""mae is read from model.evaluate as quality_loss, which is the MSE."""
# expect: reported other_measure
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(learning_rate=3e-3, weight_decay=0.3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 2.0},
    metrics={"good": [keras.metrics.BinaryAccuracy(name="acc")]},
)
# %% evaluate
resultaat = model.evaluate(test_data, verbose=0, return_dict=True)
print(resultaat)
mae = resultaat["quality_loss"]
accuracy = resultaat["good_acc"]
