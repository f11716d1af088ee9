"""Both outputs are compared with the label good."""
# expect: regression_term wrong_target
# may fail: learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), good)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mse + bce
