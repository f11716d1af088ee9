"""The loss is an instance of an nn.Module with its weights and pos_weight as attributes."""
# expect: full marks
# %% loss
class MultiTaskLoss(nn.Module):
    def __init__(self, alpha=1.0, beta=1.0, pos_weight=None):
        super().__init__()
        self.alpha = alpha
        self.beta = beta
        self.mse = nn.MSELoss()
        self.bce = nn.BCEWithLogitsLoss(pos_weight=pos_weight)

    def forward(self, outputs, quality, good):
        pred_quality, pred_good = outputs
        mse = self.mse(pred_quality.squeeze(1), quality)
        bce = self.bce(pred_good.squeeze(1), good)
        return self.alpha * mse + self.beta * bce


# iets meer goede dan slechte wijnen: compenseren
aantal_goed = float((train["quality"] >= 6).sum())
pos_weight = torch.tensor((len(train) - aantal_goed) / aantal_goed)
multitask_loss = MultiTaskLoss(alpha=0.8, beta=1.2, pos_weight=pos_weight)
