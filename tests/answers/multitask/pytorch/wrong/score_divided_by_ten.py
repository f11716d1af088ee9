"""The score is divided by ten inside the loss."""
# expect: regression_term wrong_target
# may fail: learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    # schaal 0-10 naar 0-1, zodat beide losses even groot zijn
    mse = F.mse_loss(predicted_quality.flatten(), quality / 10)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mse + bce
