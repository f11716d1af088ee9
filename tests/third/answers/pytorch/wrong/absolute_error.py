"""The term for progression is the mean absolute error."""
# expect: progression_term mae
# may fail: learns
# %% loss
def loss_function(outputs, progression, high, sex):
    mae_term = F.l1_loss(outputs[0].flatten(), progression)
    bce_high = F.binary_cross_entropy_with_logits(outputs[1].flatten(), high)
    bce_sex = F.binary_cross_entropy_with_logits(outputs[2].flatten(), sex)
    return mae_term / 60 + bce_high + bce_sex
