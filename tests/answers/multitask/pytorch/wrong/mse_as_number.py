"""The MSE is turned into a plain number, so it trains nothing."""
# expect: regression_term detached
# may fail: weights learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mse.item() + bce
