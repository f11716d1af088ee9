"""The regression term is the log-cosh loss of a blog post, which flattens large errors."""
# expect: regression_term huber
# may fail: learns mae
# %% loss
class LogCoshLoss(nn.Module):
    def forward(self, prediction, target):
        error = prediction - target
        return torch.mean(error + F.softplus(-2.0 * error) - np.log(2.0))


log_cosh = LogCoshLoss()
bce_with_logits = nn.BCEWithLogitsLoss()


def multitask_loss(outputs, quality, good, beta=0.5):
    score, logit = (o.squeeze(-1) for o in outputs)
    return log_cosh(score, quality) + beta * bce_with_logits(logit, good)
