"""The figures come from model.evaluate, with Keras' own AUC of many thresholds."""
# expect: full marks
# %% loss
model.compile(
    "rmsprop", "binary_crossentropy", metrics=[keras.metrics.AUC(num_thresholds=2000, name="auc"), "binary_accuracy"]
)
# %% train
history = model.fit(train_data, epochs=25, verbose=0)
plt.plot(history.history["loss"])
# %% evaluate
results = model.evaluate(test_data, verbose=0, return_dict=True)
auc, accuracy = results["auc"], results["binary_accuracy"]
