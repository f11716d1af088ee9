"""The weight of the classification term is zero."""
# expect: weights zero
# may fail: classification_term learns accuracy
# %% loss
W_QUALITY, W_GOOD = 1.0, 0.0


def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return W_QUALITY * mse + W_GOOD * bce
