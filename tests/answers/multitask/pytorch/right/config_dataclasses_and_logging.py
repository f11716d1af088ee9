"""Over-engineered like a chatbot's: frozen config dataclasses, type hints, logging, a factory and a Trainer."""
# expect: full marks
# %% +after load
from __future__ import annotations

import copy
import logging
import sys
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(name)s: %(message)s", force=True)
logger: Final = logging.getLogger("multitask")


class Task(str, Enum):
    """Enumeration of the supported prediction tasks."""

    QUALITY = "quality"
    GOOD = "good"


@dataclass(frozen=True)
class DataConfig:
    """Configuration for data handling."""

    target: str = "quality"
    threshold: int = 6
    test_fraction: float = 0.2
    val_fraction: float = 0.15
    batch_size: int = 64
    seed: int = 42


@dataclass(frozen=True)
class ModelConfig:
    """Configuration for the network architecture."""

    trunk_dims: tuple[int, ...] = (64, 64)
    head_dims: dict[Task, tuple[int, ...]] = field(
        default_factory=lambda: {Task.QUALITY: (32, 16), Task.GOOD: ()}
    )
    dropout: float = 0.15


@dataclass(frozen=True)
class TrainConfig:
    """Configuration for the training loop."""

    max_epochs: int = 70
    learning_rate: float = 2e-3
    weight_decay: float = 5e-2
    patience: int = 12
    loss_weights: dict[Task, float] = field(default_factory=lambda: {Task.QUALITY: 1.0, Task.GOOD: 1.5})


@dataclass(frozen=True)
class Config:
    """Top-level experiment configuration."""

    data: DataConfig = field(default_factory=DataConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    train: TrainConfig = field(default_factory=TrainConfig)


CFG: Final[Config] = Config()
logger.info("Configuration loaded: %s", CFG)
# %% prepare
@dataclass
class FeatureScaler:
    """Standard scaler that keeps track of the statistics it was fitted with."""

    mean: pd.Series | None = None
    std: pd.Series | None = None

    def fit(self, frame: pd.DataFrame) -> FeatureScaler:
        self.mean, self.std = frame.mean(), frame.std().replace(0.0, 1.0)
        return self

    def transform(self, frame: pd.DataFrame) -> pd.DataFrame:
        if self.mean is None or self.std is None:
            raise RuntimeError("FeatureScaler must be fitted before calling transform().")
        return (frame - self.mean) / self.std


def split(wines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the wines into a train and a test partition.

    Args:
        wines: The raw data frame.

    Returns:
        A tuple ``(train, test)``.
    """
    train, test = train_test_split(
        wines,
        test_size=CFG.data.test_fraction,
        random_state=CFG.data.seed,
        shuffle=True,
        stratify=wines[CFG.data.target] >= CFG.data.threshold,
    )
    logger.info("Split %d wines into %d train and %d test rows", len(wines), len(train), len(test))
    return train, test


def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Convert raw rows to tensors, using statistics of the training partition only."""
    scaler = FeatureScaler().fit(train[FEATURES])
    X = torch.tensor(scaler.transform(rows[FEATURES]).to_numpy(), dtype=torch.float32)
    quality = torch.tensor(rows[CFG.data.target].to_numpy(), dtype=torch.float32).unsqueeze(-1)
    good = (quality >= CFG.data.threshold).to(torch.float32)
    return X, quality, good
# %% loaders
train, test = split(wines)

fit_rows, val_rows = train_test_split(train, test_size=CFG.data.val_fraction, random_state=CFG.data.seed)


def build_loader(rows: pd.DataFrame, *, shuffle: bool) -> DataLoader:
    """Factory for data loaders."""
    return DataLoader(TensorDataset(*prepare(train, rows)), batch_size=CFG.data.batch_size, shuffle=shuffle)


train_data: DataLoader = build_loader(fit_rows, shuffle=True)
val_data: DataLoader = build_loader(val_rows, shuffle=False)
test_data: DataLoader = build_loader(test, shuffle=False)
# %% model
@dataclass
class MultiTaskOutput:
    """Container for the predictions of both tasks."""

    quality: torch.Tensor
    good: torch.Tensor


def build_mlp(in_dim: int, hidden: tuple[int, ...], dropout: float = 0.0, out_dim: int | None = None) -> nn.Sequential:
    """Build a multilayer perceptron, optionally with a final linear projection."""
    layers: list[nn.Module] = []
    for dim in hidden:
        layers += [nn.Linear(in_dim, dim), nn.LayerNorm(dim), nn.ReLU(inplace=True), nn.Dropout(dropout)]
        in_dim = dim
    if out_dim is not None:
        layers.append(nn.Linear(in_dim, out_dim))
    return nn.Sequential(*layers)


class MultiTaskWineModel(nn.Module):
    """Shared trunk with one configurable head per task."""

    def __init__(self, input_dim: int, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.trunk = build_mlp(input_dim, config.trunk_dims, config.dropout)
        self.heads = nn.ModuleDict({
            task.value: build_mlp(config.trunk_dims[-1], config.head_dims[task], out_dim=1) for task in Task
        })

    def forward(self, x: torch.Tensor) -> MultiTaskOutput:
        representation = self.trunk(x)
        return MultiTaskOutput(**{name: head(representation) for name, head in self.heads.items()})


model: MultiTaskWineModel = MultiTaskWineModel(input_dim=len(FEATURES), config=CFG.model)
logger.info("Model has %d trainable parameters", sum(p.numel() for p in model.parameters() if p.requires_grad))
# %% loss
def task_losses(outputs: MultiTaskOutput, quality: torch.Tensor, good: torch.Tensor) -> dict[Task, torch.Tensor]:
    """Compute the unweighted loss of each task."""
    return {
        Task.QUALITY: nn.functional.mse_loss(outputs.quality, quality),
        Task.GOOD: nn.functional.binary_cross_entropy_with_logits(outputs.good, good),
    }


def multitask_loss(
    outputs: MultiTaskOutput,
    quality: torch.Tensor,
    good: torch.Tensor,
    weights: dict[Task, float] | None = None,
) -> torch.Tensor:
    """Compute the weighted sum of MSE and BCE."""
    weights = CFG.train.loss_weights if weights is None else weights
    quality, good = quality.reshape(-1, 1).float(), good.reshape(-1, 1).float()
    losses = task_losses(outputs, quality, good)
    return torch.stack([weights[task] * loss for task, loss in losses.items()]).sum()
# %% train
@dataclass
class EarlyStopping:
    """Stop training when the validation loss stops improving, and remember the best weights."""

    patience: int
    best_loss: float = float("inf")
    best_state: dict[str, torch.Tensor] | None = None
    counter: int = 0

    def step(self, loss: float, module: nn.Module) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.counter = loss, 0
            self.best_state = copy.deepcopy(module.state_dict())
        else:
            self.counter += 1
        return self.counter >= self.patience


class Trainer:
    """Encapsulates the training and validation logic."""

    def __init__(self, module: nn.Module, config: TrainConfig) -> None:
        self.module = module
        self.config = config
        self.optimizer = torch.optim.AdamW(
            module.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
        )
        self.stopper = EarlyStopping(patience=config.patience)
        self.history: list[dict[str, float]] = []

    def _train_epoch(self, loader: DataLoader) -> None:
        self.module.train()
        for X, quality, good in loader:
            self.optimizer.zero_grad(set_to_none=True)
            loss = multitask_loss(self.module(X), quality, good, self.config.loss_weights)
            loss.backward()
            self.optimizer.step()

    @torch.no_grad()
    def _validate(self, loader: DataLoader) -> dict[str, float]:
        self.module.eval()
        totals = {"val_loss": 0.0, **{f"val_{task.value}": 0.0 for task in Task}}
        count = 0
        for X, quality, good in loader:
            outputs = self.module(X)
            totals["val_loss"] += multitask_loss(outputs, quality, good).item() * len(X)
            for task, loss in task_losses(outputs, quality, good).items():
                totals[f"val_{task.value}"] += loss.item() * len(X)
            count += len(X)
        return {name: value / count for name, value in totals.items()}

    def fit(self, train_loader: DataLoader, val_loader: DataLoader) -> pd.DataFrame:
        for epoch in (progress := trange(self.config.max_epochs, desc="Training")):
            self._train_epoch(train_loader)
            metrics = self._validate(val_loader)
            self.history.append(metrics)
            progress.set_postfix({name: f"{value:.3f}" for name, value in metrics.items()})
            if self.stopper.step(metrics["val_loss"], self.module):
                logger.info("Early stopping at epoch %d (best loss %.4f)", epoch, self.stopper.best_loss)
                break
        if self.stopper.best_state is not None:
            self.module.load_state_dict(self.stopper.best_state)
        return pd.DataFrame(self.history)


trainer = Trainer(model, CFG.train)
history = trainer.fit(train_data, val_data)
ax = history[["val_quality", "val_good"]].plot(title="Validation losses")
ax.set_xlabel("epoch");
# %% evaluate
@dataclass(frozen=True)
class EvaluationResult:
    """Metrics on a data set."""

    mae: float
    accuracy: float


@torch.no_grad()
def evaluate(module: nn.Module, loader: DataLoader) -> EvaluationResult:
    """Evaluate a model on all batches of a loader."""
    module.eval()
    absolute_errors: list[torch.Tensor] = []
    correct: list[torch.Tensor] = []
    for X, quality, good in loader:
        outputs: MultiTaskOutput = module(X)
        absolute_errors.append((outputs.quality - quality).abs())
        correct.append((torch.sigmoid(outputs.good) >= 0.5).eq(good.bool()))
    return EvaluationResult(
        mae=torch.cat(absolute_errors).mean().item(), accuracy=torch.cat(correct).float().mean().item()
    )


result: EvaluationResult = evaluate(model, test_data)
mae, accuracy = result.mae, result.accuracy
logger.info("Test MAE: %.4f, test accuracy: %.4f", mae, accuracy)
