"""CrossEntropyLoss on one logit per wine takes the wines of the batch for its classes."""
# expect: classification_term unsure
# may fail: weights learns mae accuracy
# %% loss
criterion_quality = nn.MSELoss()
criterion_good = nn.CrossEntropyLoss()


def multitask_loss(outputs, quality, good):
    pred_quality, pred_good = outputs
    loss_quality = criterion_quality(pred_quality.squeeze(), quality.squeeze())
    loss_good = criterion_good(pred_good.squeeze(), good.squeeze())
    return loss_quality + 0.1 * loss_good
