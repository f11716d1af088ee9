"""The loss makes its own label good, from a score of 7."""
# expect: classification_term wrong_threshold
# may fail: learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    label = (quality >= 7).float()
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), label)
    return mse + bce
