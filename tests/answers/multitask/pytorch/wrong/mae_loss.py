"""The regression term is the mean absolute error."""
# expect: regression_term mae
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mae_term = F.l1_loss(predicted_quality.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mae_term + bce
