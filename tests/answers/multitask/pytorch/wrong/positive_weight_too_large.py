"""A pos_weight of 40, from an example with few positives, makes the network call nearly every wine good."""
# expect: accuracy below_threshold
# may fail: learns
# %% loss
mse_criterion = nn.MSELoss()
bce_criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(40.0))  # onevenwichtige klassen


def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    loss1 = mse_criterion(pred_quality, quality.view(-1, 1))
    loss2 = bce_criterion(pred_good, good.view(-1, 1))
    return 0.5 * loss1 + loss2
