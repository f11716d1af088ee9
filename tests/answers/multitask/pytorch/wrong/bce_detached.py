"""The BCE is detached, so it trains nothing."""
# expect: classification_term detached
# may fail: weights learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mse + bce.detach()
