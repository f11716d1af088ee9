"""There is no regression term."""
# expect: regression_term missing
# may fail: weights learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    return F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
