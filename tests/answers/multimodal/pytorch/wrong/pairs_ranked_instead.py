"""Since the AUC counts, the loss ranks all pairs of a survivor and a victim in the batch: no BCE."""
# expect: classification_term unsure
# may fail: learns
# %% loss
def loss_function(output, survived):
    """Smooth version of 1 - AUC."""
    pos = output[survived == 1]
    neg = output[survived == 0]
    difference = pos[:, None] - neg[None, :]
    return F.softplus(-difference).mean() if difference.numel() else output.sum() * 0
