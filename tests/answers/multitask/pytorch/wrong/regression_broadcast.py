"""The score (n, 1) is compared with labels (n,), which makes a table of n by n."""
# expect: regression_term broadcasting
# may fail: learns mae
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs
    mse = ((q - quality) ** 2).mean()
    bce = F.binary_cross_entropy_with_logits(g.squeeze(1), good)
    return mse + bce
