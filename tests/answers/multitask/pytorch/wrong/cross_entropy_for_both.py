"""The same binary cross-entropy is used for both tasks."""
# expect: regression_term cross_entropy
# may fail: learns mae accuracy weights reported
# %% loss
bce = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return bce(q.flatten(), quality.flatten()) + bce(g.flatten(), good.flatten())
