"""Chatbot style, over-engineered: frozen config, abstract preprocessor, builder, registered classes, callbacks."""
# expect: full marks
# %% prepare
from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Callable, Final

logger = logging.getLogger("wine_multitask")

TARGET_COLUMN: Final[str] = "quality"
GOOD_THRESHOLD: Final[int] = 6


@dataclass(frozen=True, slots=True)
class ExperimentConfig:
    """Single source of truth for all hyperparameters."""

    test_fraction: float = 0.2
    validation_fraction: float = 0.15
    batch_size: int = 64
    epochs: int = 80
    hidden_units: tuple[int, ...] = (64, 32)
    dropout_rate: float = 0.1
    l2: float = 1e-4
    learning_rate: float = 3e-3
    loss_weights: dict[str, float] = field(default_factory=lambda: {"quality": 0.7, "good": 1.3})


CONFIG: Final = ExperimentConfig()


class BasePreprocessor(ABC):
    @abstractmethod
    def fit(self, frame: pd.DataFrame) -> BasePreprocessor: ...

    @abstractmethod
    def transform(self, frame: pd.DataFrame) -> np.ndarray: ...


class WinePreprocessor(BasePreprocessor):
    """Winsorise, then standardise. All statistics are learned in `fit` only (no leakage)."""

    def __init__(self, feature_names: list[str], lower: float = 0.005, upper: float = 0.995) -> None:
        self.feature_names = list(feature_names)
        self.lower, self.upper = lower, upper
        self._fitted = False

    def fit(self, frame: pd.DataFrame) -> WinePreprocessor:
        values = frame.loc[:, self.feature_names]
        self._low, self._high = values.quantile(self.lower), values.quantile(self.upper)
        clipped = values.clip(self._low, self._high, axis=1)
        self._mean, self._std = clipped.mean(), clipped.std(ddof=0).replace(0.0, 1.0)
        self._fitted = True
        return self

    def transform(self, frame: pd.DataFrame) -> np.ndarray:
        if not self._fitted:
            raise RuntimeError("WinePreprocessor.transform() was called before fit().")
        clipped = frame.loc[:, self.feature_names].clip(self._low, self._high, axis=1)
        return ((clipped - self._mean) / self._std).to_numpy(dtype=np.float32)


def split(wines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Stratified train/test split with exact duplicates removed beforehand."""
    unique = wines.drop_duplicates()
    logger.info("Removed %d duplicate rows", len(wines) - len(unique))
    train_part, test_part = train_test_split(
        unique,
        test_size=CONFIG.test_fraction,
        stratify=(unique[TARGET_COLUMN] >= GOOD_THRESHOLD),
        random_state=SEED,
    )
    return train_part, test_part


def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (X, quality, good) for `rows`, normalised with statistics of `train`."""
    features = WinePreprocessor(FEATURES).fit(train).transform(rows)
    quality = rows[TARGET_COLUMN].to_numpy(dtype=np.float32).reshape(-1, 1)
    good = (quality >= GOOD_THRESHOLD).astype(np.float32)
    return features, quality, good
# %% loaders
train, test = split(wines)


class DataModule:
    """Encapsulates all data loading logic (train / validation / test)."""

    def __init__(self, config: ExperimentConfig) -> None:
        self.config = config
        self.fit_rows, self.val_rows = train_test_split(
            train, test_size=config.validation_fraction, stratify=train["quality"] >= 6, random_state=SEED
        )

    def _dataset(self, rows: pd.DataFrame, *, training: bool) -> tf.data.Dataset:
        features, quality, good = prepare(train, rows)
        dataset = tf.data.Dataset.from_tensor_slices((features, {"quality": quality, "good": good})).cache()
        if training:
            dataset = dataset.shuffle(len(features), seed=SEED, reshuffle_each_iteration=True)
        return dataset.batch(self.config.batch_size).prefetch(tf.data.AUTOTUNE)

    def train_dataloader(self) -> tf.data.Dataset:
        return self._dataset(self.fit_rows, training=True)

    def val_dataloader(self) -> tf.data.Dataset:
        return self._dataset(self.val_rows, training=False)

    def test_dataloader(self) -> tf.data.Dataset:
        return self._dataset(test, training=False)


data_module = DataModule(CONFIG)
train_data, val_data, test_data = (
    data_module.train_dataloader(), data_module.val_dataloader(), data_module.test_dataloader()
)
# %% model
@keras.saving.register_keras_serializable(package="WineMultiTask")
class SharedTrunk(layers.Layer):
    """Dense -> LayerNorm -> Activation -> Dropout, repeated."""

    def __init__(self, units: tuple[int, ...], dropout_rate: float, l2: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units, self.dropout_rate, self.l2 = tuple(units), dropout_rate, l2
        self.stack = keras.Sequential(name="stack")
        for n in self.units:
            self.stack.add(layers.Dense(n, kernel_regularizer=keras.regularizers.l2(l2)))
            self.stack.add(layers.LayerNormalization())
            self.stack.add(layers.Activation("swish"))
            self.stack.add(layers.Dropout(dropout_rate))

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.stack.build(input_shape)
        super().build(input_shape)

    def call(self, inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        return self.stack(inputs, training=training)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units[-1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units, "dropout_rate": self.dropout_rate, "l2": self.l2}


class ModelBuilder:
    """Fluent builder for the multi-task network."""

    def __init__(self, n_features: int) -> None:
        self._inputs = keras.Input(shape=(n_features,), name="features")
        self._hidden = self._inputs
        self._outputs: dict[str, Any] = {}

    def with_trunk(self, config: ExperimentConfig) -> ModelBuilder:
        self._hidden = SharedTrunk(config.hidden_units, config.dropout_rate, config.l2, name="trunk")(self._hidden)
        return self

    def with_head(self, name: str, activation: str | Callable | None = None) -> ModelBuilder:
        hidden = layers.Dense(16, activation="swish", name=f"{name}_hidden")(self._hidden)
        self._outputs[name] = layers.Dense(1, activation=activation, name=name)(hidden)
        return self

    def build(self) -> keras.Model:
        return keras.Model(self._inputs, self._outputs, name="wine_multitask_model")


model = (
    ModelBuilder(n_features=len(FEATURES))
    .with_trunk(CONFIG)
    .with_head("quality", activation="linear")
    .with_head("good", activation="sigmoid")
    .build()
)
# %% loss
@keras.saving.register_keras_serializable(package="WineMultiTask")
class MeanSquaredErrorLoss(keras.losses.Loss):
    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)


LOSS_REGISTRY: dict[str, Callable[[], keras.losses.Loss]] = {
    "quality": MeanSquaredErrorLoss,
    "good": lambda: keras.losses.BinaryCrossentropy(from_logits=False),
}

model.compile(
    optimizer=keras.optimizers.Adam(CONFIG.learning_rate),
    loss={task: factory() for task, factory in LOSS_REGISTRY.items()},
    loss_weights=dict(CONFIG.loss_weights),
    metrics={"quality": [keras.metrics.MeanAbsoluteError(name="mae")], "good": ["accuracy"]},
)
# %% train
class EpochLogger(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        if (epoch + 1) % 10 == 0:
            print(f"[{epoch + 1:03d}] " + " ".join(f"{k}={v:.3f}" for k, v in (logs or {}).items()))


callbacks = [
    keras.callbacks.TerminateOnNaN(),
    keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=6, min_lr=1e-5),
    keras.callbacks.EarlyStopping(monitor="val_loss", patience=15, restore_best_weights=True, start_from_epoch=10),
    EpochLogger(),
]
history = model.fit(
    train_data, validation_data=val_data, epochs=CONFIG.epochs, callbacks=callbacks, verbose=0
)

figure, axes = plt.subplots(nrows=1, ncols=2, figsize=(12, 4), constrained_layout=True)
for axis, task in zip(axes, ("quality", "good")):
    axis.plot(history.history[f"{task}_loss"], label="train")
    axis.plot(history.history[f"val_{task}_loss"], label="validation")
    axis.set(title=f"{task} loss", xlabel="epoch")
    axis.legend()
plt.show()
# %% evaluate
@dataclass(frozen=True)
class EvaluationReport:
    mae: float
    accuracy: float

    def __str__(self) -> str:
        return f"EvaluationReport(MAE={self.mae:.3f}, accuracy={self.accuracy:.1%})"


def evaluate_model(network: keras.Model, dataset: tf.data.Dataset) -> EvaluationReport:
    metrics = network.evaluate(dataset, verbose=0, return_dict=True)
    return EvaluationReport(mae=float(metrics["quality_mae"]), accuracy=float(metrics["good_accuracy"]))


report = evaluate_model(model, test_data)
mae, accuracy = report.mae, report.accuracy
print(report)
