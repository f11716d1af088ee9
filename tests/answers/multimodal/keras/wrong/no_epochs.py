"""fit is called with epochs=0 after a trial."""
# expect: learns not_trained
# may fail: auc, modalities_used, reported
# %% train
history = model.fit(train_data, epochs=0, verbose=0)
