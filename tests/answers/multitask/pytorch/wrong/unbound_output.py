"""A named tuple with two outputs, but both are units of one and the same output layer."""
# expect: two_heads fused_head
# %% model
from typing import NamedTuple


class Prediction(NamedTuple):
    quality: torch.Tensor
    good: torch.Tensor


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(len(FEATURES), 96),
            nn.ELU(),
            nn.Dropout(0.1),
            nn.Linear(96, 24),
            nn.ELU(),
        )
        self.heads = nn.Linear(24, len(Prediction._fields))

    def forward(self, X) -> Prediction:
        return Prediction(*self.heads(self.body(X)).unbind(dim=-1))


model = Model()
# %% loss
def multitask_loss(outputs: Prediction, quality, good):
    mse = (outputs.quality - quality).square().mean()
    bce = F.binary_cross_entropy_with_logits(outputs.good, good)
    return mse + 2 * bce
# %% evaluate
model.eval()
with torch.no_grad():
    X, quality, good = test_data.dataset.tensors
    pred = model(X)
mae = (pred.quality - quality).abs().mean().item()
accuracy = (pred.good.gt(0) == good.bool()).double().mean().item()
