"""The regression term is a Huber loss."""
# expect: regression_term huber
# %% loss
criterion_q = nn.HuberLoss()
criterion_g = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return criterion_q(q.squeeze(1), quality) + criterion_g(g.squeeze(1), good)
