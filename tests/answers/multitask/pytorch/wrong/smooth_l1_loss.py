"""The regression term is a smooth L1 loss with a small beta."""
# expect: regression_term huber
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    # minder gevoelig voor uitschieters
    l1 = F.smooth_l1_loss(predicted_quality.flatten(), quality, beta=0.5)
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return l1 + 0.5 * bce
