"""The regression term is the RMSLE of Kaggle's house prices without its root: squares of differences of logarithms."""
# expect: regression_term log_error
# may fail: learns mae
# %% loss
def msle(y_pred, y_true):
    # clamp: anders geeft log1p NaN bij negatieve voorspellingen
    return F.mse_loss(torch.log1p(y_pred.clamp(min=0)), torch.log1p(y_true))


def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    loss_q = msle(pred_quality.squeeze(1), quality)
    loss_g = F.binary_cross_entropy_with_logits(pred_good.squeeze(1), good)
    return 10 * loss_q + loss_g
