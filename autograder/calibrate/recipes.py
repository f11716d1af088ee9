"""What students may do, as data: every recipe is one network and one way to train it, in either framework."""

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["reference", "reasonable", "weak", "wrong"]
"""`weak`: right work that trains too short, too long, too fast or too small; the visible check is there to tell."""

RIGHT: Final[tuple[Kind, ...]] = ("reference", "reasonable", "weak")


@dataclass(frozen=True)
class Recipe:
    """A shared trunk with a head for each task, and how it is trained on MSE and BCE."""

    name: str
    kind: Kind
    says: str
    """What it is, for the page."""
    trunk: tuple[int, ...] = (64, 32)
    head: tuple[int, ...] = ()
    """Hidden units of each head, before its output."""
    dropout: float = 0.0
    batch_norm: bool = False
    optimizer: Literal["adam", "adamw", "sgd"] = "adam"
    rate: float = 1e-3
    decay: float = 0.0
    batch: int = 32
    epochs: int = 60
    patience: int = 0
    """Epochs without a better loss on a fifth of the training rows before it stops; 0: it does not stop early."""
    weights: tuple[float, float] = (1.0, 1.0)
    """Of MSE and BCE."""
    normalise: bool = True
    shuffled_labels: bool = False
    stratified: bool = False
    """Whether the student's own split is stratified on the score."""

    @property
    def digest(self) -> str:
        """A short name for what is trained: runs of another recipe with the same name do not count."""
        trained = {name: value for name, value in vars(self).items() if name not in ("kind", "says")}
        return hashlib.sha256(repr(trained).encode()).hexdigest()[:8]


REFERENCE: Final = Recipe(
    "reference",
    "reference",
    "the reference solution",
    optimizer="adamw",
    rate=3e-3,
    decay=0.3,
    batch=96,
    weights=(0.5, 1.0),
    stratified=True,
)

ADAM: Final = Recipe("adam", "reasonable", "plain Adam: 1e-3, batch 32, 60 epochs")
ONE_EPOCH: Final = Recipe("one_epoch", "wrong", "one epoch", epochs=1)
CONSTANT: Final = Recipe("constant", "wrong", "always the mean and the larger class")

RECIPES: Final[tuple[Recipe, ...]] = (
    REFERENCE,
    ADAM,
    Recipe("narrow", "reasonable", "trunk of 32 and 16, 100 epochs", trunk=(32, 16), epochs=100),
    Recipe("wide", "reasonable", "trunk of 128 and 64, 40 epochs", trunk=(128, 64), epochs=40),
    Recipe("deep_heads", "reasonable", "16 hidden units in each head", head=(16,)),
    Recipe("dropout", "reasonable", "dropout 0.2, 80 epochs", dropout=0.2, epochs=80),
    Recipe("batch_norm", "reasonable", "batch normalisation", batch_norm=True),
    Recipe("momentum", "reasonable", "SGD 1e-2 with momentum 0.9", optimizer="sgd", rate=1e-2),
    Recipe("faster", "reasonable", "Adam 3e-3, batch 64, 40 epochs", rate=3e-3, batch=64, epochs=40),
    Recipe("decay", "reasonable", "AdamW 3e-3, weight decay 0.1", optimizer="adamw", rate=3e-3, decay=0.1),
    Recipe("early_stopping", "reasonable", "early stopping, patience 15", epochs=200, patience=15),
    Recipe("more_good", "reasonable", "weights 1 and 3", weights=(1.0, 3.0)),
    Recipe("less_quality", "reasonable", "weights 0.2 and 1", weights=(0.2, 1.0)),
    Recipe("short", "weak", "20 epochs", epochs=20),
    Recipe("long", "weak", "200 epochs", epochs=200),
    Recipe("small", "weak", "one layer of 16", trunk=(16,)),
    Recipe("hasty", "weak", "Adam 1e-2", rate=1e-2),
    ONE_EPOCH,
    Recipe("untrained", "wrong", "not trained", epochs=0),
    Recipe("shuffled_labels", "wrong", "labels in another order than the wines", shuffled_labels=True),
    Recipe("only_quality", "wrong", "only the MSE", weights=(1.0, 0.0)),
    Recipe("only_good", "wrong", "only the BCE", weights=(0.0, 1.0)),
    Recipe("not_normalised", "wrong", "not normalised", normalise=False),
)

IN_KERAS: Final = (
    *("reference", "adam", "dropout", "batch_norm", "momentum", "early_stopping", "short"),
    *("one_epoch", "only_quality", "only_good"),
)
"""What is trained in Keras too, where a run costs many times as much: enough to see that it goes the same way."""

CAUGHT_ELSEWHERE: Final = ("not_normalised",)
"""Wrong recipes that may well reach the thresholds: another criterion than the results tells them."""
