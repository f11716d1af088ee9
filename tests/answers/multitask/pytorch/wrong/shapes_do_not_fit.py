"""The BCE gets a logit (n, 1) and a label (n,), and raises."""
# expect: regression_term raised
# may fail: classification_term weights learns mae accuracy reported
# %% loss
mse_fn, bce_fn = nn.MSELoss(), nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return mse_fn(q.squeeze(), quality) + bce_fn(g, good)
