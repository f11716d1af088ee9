"""The regression term is a sum over the batch."""
# expect: regression_term sum
# may fail: learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    predicted_quality, good_logit = outputs
    sse = ((predicted_quality.flatten() - quality) ** 2).sum()
    bce = F.binary_cross_entropy_with_logits(good_logit.flatten(), good)
    return sse + bce
