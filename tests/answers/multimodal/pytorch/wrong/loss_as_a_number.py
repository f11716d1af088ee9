"""The loss is turned into a number and back, so that nothing is learned."""
# expect: classification_term detached
# may fail: learns, auc, modalities_used, reported, encoders
# %% loss
def loss_function(output, survived):
    loss = F.binary_cross_entropy_with_logits(output.flatten(), survived.flatten())
    return torch.tensor(loss.item(), requires_grad=True)
