"""One epoch of a learning rate that hardly moves anything."""
# expect: learns too_few_epochs
# may fail: auc, modalities_used
# %% train
model.optimizer.learning_rate = 1e-6
history = model.fit(train_data, epochs=1, verbose=0)
