"""A hand-written cross-entropy compares logits (n, 1) with labels (n,)."""
# expect: classification_term broadcasting
# may fail: learns accuracy
# %% loss
def multitask_loss(outputs, quality, good):
    q, z = outputs
    mse = F.mse_loss(q[:, 0], quality)
    p = torch.sigmoid(z)
    bce = -(good * torch.log(p + 1e-9) + (1 - good) * torch.log(1 - p + 1e-9)).mean()
    return mse + bce
