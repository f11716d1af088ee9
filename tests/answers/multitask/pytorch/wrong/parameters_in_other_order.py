"""The loss names its parameters good and quality in the wrong order, so each output gets the other's label."""
# expect: regression_term swapped
# expect: classification_term swapped
# may fail: weights learns mae accuracy reported
# %% loss
def multitask_loss(outputs, good, quality):
    q_pred, g_pred = outputs
    loss_regression = nn.functional.mse_loss(q_pred.reshape(-1), quality.reshape(-1))
    loss_classification = nn.functional.binary_cross_entropy_with_logits(g_pred.reshape(-1), good.reshape(-1))
    return 0.5 * loss_regression + 0.5 * loss_classification
