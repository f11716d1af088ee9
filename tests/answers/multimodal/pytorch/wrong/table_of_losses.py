"""A column against a row: the loss compares every passenger with every other."""
# expect: classification_term broadcasting
# may fail: learns, auc, modalities_used
# %% loss
def loss_function(output, survived):
    z = output.reshape(-1, 1)
    y = survived.reshape(-1)
    return (torch.clamp(z, min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()
