"""The weight of the MSE is 1 // 2, an integer division, and so zero."""
# expect: weights zero
# may fail: regression_term learns mae
# %% loss
N_TASKS = 2
WEIGHTS = {"quality": 1 // N_TASKS, "good": 1}


def multitask_loss(outputs, quality, good):
    losses = {
        "quality": F.mse_loss(outputs[0][:, 0], quality),
        "good": F.binary_cross_entropy_with_logits(outputs[1][:, 0], good),
    }
    return sum(WEIGHTS[task] * losses[task] for task in losses)
