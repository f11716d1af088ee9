"""Two mistakes: both terms have reduction="sum", from an example that divided by the number of rows afterwards."""
# expect: regression_term sum
# expect: classification_term sum
# may fail: weights learns mae accuracy
# %% loss
CRITERIA = {
    "quality": (0.5, nn.MSELoss(reduction="sum")),
    "good": (1.0, nn.BCEWithLogitsLoss(reduction="sum")),
}


def multitask_loss(outputs, quality, good):
    total = torch.zeros(())
    for (weight, criterion), output, label in zip(CRITERIA.values(), outputs, (quality, good)):
        total = total + weight * criterion(output.squeeze(dim=1), label)
    return total
