"""The classification term is a squared error of the probability."""
# expect: classification_term squared_error
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    brier = F.mse_loss(torch.sigmoid(good_logit).flatten(), good)
    return mse + 4 * brier
