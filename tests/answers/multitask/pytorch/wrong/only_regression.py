"""There is no classification term."""
# expect: classification_term missing
# may fail: weights learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    return F.mse_loss(predicted_quality.flatten(), quality)
