"""With alpha = 1.5 the other weight, 1 - alpha, is negative."""
# expect: weights negative
# may fail: classification_term learns mae accuracy
# %% loss
def multitask_loss(outputs, quality, good, alpha=1.5):
    """alpha > 1: quality is belangrijker dan good."""
    q, g = outputs
    mse = torch.nn.MSELoss()(q.flatten(), quality.float())
    bce = torch.nn.BCEWithLogitsLoss()(g.flatten(), good.float())
    return alpha * mse + (1 - alpha) * bce
