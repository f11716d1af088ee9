"""The classification term is a sum over the batch."""
# expect: classification_term sum
# %% loss
bce_som = nn.BCEWithLogitsLoss(reduction="sum")


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return 10 * F.mse_loss(q.flatten(), quality) + bce_som(g.flatten(), good)
