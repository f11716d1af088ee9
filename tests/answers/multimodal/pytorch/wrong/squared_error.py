"""Mean squared error of the probability."""
# expect: classification_term squared_error
# may fail: learns
# %% loss
def loss_function(output, survived):
    kans = torch.sigmoid(output)
    return ((kans.flatten() - survived.flatten()) ** 2).mean()
