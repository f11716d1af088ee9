"""The model gives logits, the loss expects probabilities and clamps them."""
# expect: classification_term bce_on_logits
# may fail: learns, auc, modalities_used, reported
# %% loss
def loss_function(output, survived):
    p = output.flatten().clamp(1e-6, 1 - 1e-6)
    return nn.BCELoss()(p, survived.flatten())
