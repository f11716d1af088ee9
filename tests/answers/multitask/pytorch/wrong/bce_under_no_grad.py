"""The BCE is computed under no_grad, as in an evaluation, so it counts in the loss and trains nothing."""
# expect: classification_term detached
# may fail: weights learns accuracy
# %% loss
def classification_loss(logit, good):
    p = torch.sigmoid(logit).clamp(1e-6, 1 - 1e-6)
    return -(good * p.log() + (1 - good) * (1 - p).log()).mean()


def regression_loss(score, quality):
    return (score - quality).pow(2).mean()


def multitask_loss(outputs, quality, good):
    score, logit = outputs
    loss = regression_loss(score.view(-1), quality)
    with torch.no_grad():
        loss_good = classification_loss(logit.view(-1), good)
    return loss + loss_good
