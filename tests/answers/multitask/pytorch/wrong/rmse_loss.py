"""The regression term is the root of the mean squared error."""
# expect: regression_term rmse
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    rmse = torch.sqrt(F.mse_loss(predicted_quality.flatten(), quality) + 1e-8)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return rmse + bce
