"""The outputs are unpacked in the wrong order, so both tasks are swapped."""
# expect: regression_term swapped
# expect: classification_term swapped
# may fail: learns mae accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    good_logit, predicted_quality = outputs
    mse = F.mse_loss(predicted_quality.flatten(), quality)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return mse + bce
