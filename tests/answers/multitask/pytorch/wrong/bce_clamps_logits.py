"""A hand-written BCE clamps the logits to the range of probabilities."""
# expect: classification_term bce_on_logits
# may fail: learns accuracy reported
# %% loss
def bce_loss(p, y):
    p = p.clamp(1e-6, 1 - 1e-6)  # anders nan
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return F.mse_loss(q.flatten(), quality) + bce_loss(g.flatten(), good)
