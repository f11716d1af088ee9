"""The BCE expects probabilities but gets the logits of the model, and raises."""
# expect: classification_term bce_on_logits
# may fail: learns mae accuracy reported
# %% loss
criterion = nn.BCELoss()


def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    return F.mse_loss(predicted_quality.flatten(), quality) + criterion(good_logit.flatten(), good)
