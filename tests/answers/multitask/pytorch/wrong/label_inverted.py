"""The BCE is computed against the label of the bad wines."""
# expect: classification_term wrong_target
# may fail: learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    slecht = 1 - good
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), slecht)
    return mse + bce
