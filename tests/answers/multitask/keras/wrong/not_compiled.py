"""The cells for the loss and for training are left empty: the model is never compiled."""
# expect: regression_term missing
# expect: learns not_trained
# may fail: classification_term weights mae accuracy
# %% loss
# nog te doen
# %% train
# nog te doen
