"""reduction='sum'."""
# expect: classification_term sum
# %% loss
criterion = nn.BCEWithLogitsLoss(reduction="sum")


def loss_function(output, survived):
    return criterion(output, survived)
