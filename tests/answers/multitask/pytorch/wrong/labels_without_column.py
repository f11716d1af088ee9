"""Both losses get an output (n, 1) and a label (n,): the MSE would broadcast and the BCE raises."""
# expect: regression_term raised
# may fail: classification_term weights learns mae accuracy reported
# %% loss
loss_fn_quality = nn.MSELoss()
loss_fn_good = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    loss1 = loss_fn_quality(pred_quality, quality)
    loss2 = loss_fn_good(pred_good, good)
    return loss1 + loss2
