"""A hinge on the logit, with the label made -1 or 1."""
# expect: classification_term hinge
# %% loss
def loss_function(output, survived):
    sign = 2 * survived.flatten() - 1
    return torch.clamp(1 - sign * output.flatten(), min=0).mean()
