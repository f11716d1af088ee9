"""The MSE is taken of the rounded prediction, and rounding has no gradient, so the term trains nothing."""
# expect: regression_term detached
# may fail: weights learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    # een score is altijd een geheel getal
    pred_quality = torch.round(pred_quality).squeeze(1)
    mse = torch.mean((pred_quality - quality) ** 2)
    bce = F.binary_cross_entropy_with_logits(pred_good.squeeze(1), good)
    return mse + bce
