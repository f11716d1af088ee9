"""The evidence itself: one record per topic, and what the records are made of."""

from typing import Literal, Self

from pydantic import Field, model_validator

from autograder.evidence.encoding import Array, Count, Matrix, Record, Vector

Framework = Literal["pytorch", "keras"]

MIME = "application/vnd.autograder.evidence+json"
"""The MIME type of a probe's reply; the same type in a student's output is ignored and flagged."""


class Failure(Record):
    """Why a piece of evidence is not there."""

    kind: Literal["missing", "raised", "unsupported", "unrecorded"]
    """missing: the name is not defined; raised: the student's object raised; unsupported: the probe cannot read it;
    unrecorded: a model that runs, but not where its operations are recorded."""
    name: str
    """The contract's name that it is about."""
    detail: str = ""
    """The error of the student's object, or what it is instead, in one line."""


class Parameter(Record):
    """One tensor that a recorded network reads and that is not computed from its input."""

    name: str
    value: Array
    trainable: bool
    kind: Literal["parameter", "buffer", "constant"]


class Output(Record):
    """One output of a recorded network, as the student's own model computed it."""

    name: str
    """A head's name, or `output<i>` for whatever else the model returns."""
    ref: str
    """The recorded program's name for this value."""
    value: Array
    reached: tuple[str, ...] | None = None
    """The parameters that the student's own model sends a gradient to from here; None when it could not be asked."""


class Recording(Record):
    """One forward pass in evaluation mode, as a program that can be run again with other inputs and weights."""

    framework: Framework
    program: str
    """PyTorch: JSON list of operations; Keras: base64 of a serialised GraphDef."""
    input_ref: str
    x: Array
    """The input, (rows, features); a program may hold for this number of rows only."""
    parameters: tuple[Parameter, ...]
    outputs: tuple[Output, ...]
    container: str
    """What the model returned: tuple, list, dict, object, tensor, or stacked for one (n, 2) tensor."""
    named: bool
    """Whether the outputs were found by name rather than by position."""
    widths: tuple[Count, ...] = ()
    """Columns of each of several inputs, which the program cuts out of its own; empty for one input."""
    dtypes: tuple[str, ...] = ()
    """What the program casts each of them to."""

    @model_validator(mode="after")
    def _inputs_fill_the_rows(self) -> Self:
        if self.widths and (self.x.ndim != 2 or sum(self.widths) != self.x.shape[1]):
            raise ValueError("the columns of the inputs do not fill the rows")
        if len(self.dtypes) != len(self.widths):
            raise ValueError("every input has columns and a dtype")
        return self


class ModelEvidence(Record):
    """The student's `model`, or why there is none to analyse."""

    recording: Recording | None = None
    failure: Failure | None = None
    fusion: str | Failure | None = None
    """What the student calls the way in which its inputs come together; None where the assignment does not ask."""


class Bars(Record):
    """The bars of one figure."""

    heights: Vector
    """(bars,) the extent of each bar along its value axis, in the order in which they were drawn."""
    places: Vector
    """(bars,) the middle of each bar along the other axis."""
    widths: Vector
    """(bars,) the extent of each bar along the other axis."""
    axes: Vector
    """(bars,) the number of the axes that each bar is in."""
    containers: Vector
    """(bars,) the number of the call that drew each bar, -1 for a bar on its own."""
    other_artists: int
    """How many artists (lines, polygons, collections) are not bars."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        parts = (self.heights, self.places, self.widths, self.axes, self.containers)
        if len({len(part) for part in parts}) > 1:
            raise ValueError("every bar needs a height, a place, a width, axes and a container")
        return self


class Table(Record):
    """A table of numbers with labels on both sides."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Matrix
    """(rows, columns), NaN where a cell is not a number."""


class InspectionEvidence(Record):
    """What the cell `inspect` defines."""

    statistics: Table | Failure
    figures: tuple[Bars | Failure, ...]
    """One for each head."""


class Batches(Record):
    """Everything that one loader yields in one pass."""

    kind: Literal["arrays", "loader", "indexed"]
    """Plain arrays, something that yields batches, or something that gives batches by number (a PyDataset)."""
    x: Matrix
    """(rows, features), the inputs side by side"""
    widths: tuple[Count, ...]
    """Columns of each input."""
    labels: tuple[Vector, ...]
    """(rows,) for each head"""
    shapes: tuple[tuple[Count, ...], ...]
    """The shapes of each input and of each head's labels in the first batch."""
    dtypes: tuple[str, ...]
    """Likewise."""
    sizes: tuple[Count, ...]
    """Rows in each batch."""
    second_order: Vector
    """(rows,) where each row of a second pass stands in the first one, -1 where it is not found.

    Empty when there is no second pass: an iterator that one pass exhausts.
    """

    @model_validator(mode="after")
    def _labels_for_every_row(self) -> Self:
        if not len(self.x) or any(len(labels) != len(self.x) for labels in self.labels):
            raise ValueError("every row needs all labels, and there has to be a row")
        if not len(self.shapes) == len(self.dtypes) == len(self.widths) + len(self.labels):
            raise ValueError("every input and every head's labels have a shape and a dtype")
        if sum(self.widths) != self.x.shape[1]:
            raise ValueError("the columns of the inputs do not fill the rows")
        return self


class LoadersEvidence(Record):
    """What the cell `loaders` defines, each loader read twice."""

    train: Batches | Failure
    test: Batches | Failure


class Prepared(Record):
    """What one call of `prepare` returned."""

    x: Matrix
    """(rows, features), the inputs side by side; of each at most 256 features, evenly spaced when there are more"""
    widths: tuple[Count, ...]
    """Columns of each input."""
    labels: tuple[Vector, ...]
    """(rows,) for each head"""

    @model_validator(mode="after")
    def _columns_of_all_inputs(self) -> Self:
        if sum(self.widths) != self.x.shape[1]:
            raise ValueError("the columns of the inputs do not fill the rows")
        return self


class Part(Record):
    """One part of a split of the challenge's rows."""

    rows: Vector
    """(rows,) the position in the challenge's frame of each row, -1 for a row that is not in it."""

    @model_validator(mode="after")
    def _whole_numbers(self) -> Self:
        if self.rows.dtype.kind not in "iu":
            raise ValueError("the positions of rows are whole numbers")
        return self


class DataEvidence(Record):
    """`split` and `prepare`, called again on the challenge's rows."""

    train: Part | Failure
    test: Part | Failure
    base: Prepared | Failure | None = None
    """prepare(train, test)"""
    base_train: Prepared | Failure | None = None
    """prepare(train, train)"""
    other_rows: Prepared | Failure | None = None
    """prepare(train, test with the features of every second row changed)"""
    other_train: Prepared | Failure | None = None
    """prepare(train with all features changed, test)"""
    other_labels: Prepared | Failure | None = None
    """prepare(train, test with the labels in another order)"""
    again: Prepared | Failure | None = None
    """prepare(train, test) once more: what differs is chance, not a rule"""
    few: Prepared | Failure | None = None
    """prepare(train, a few rows of test that are alike); None where no input comes from text"""
    few_rows: tuple[Count, ...] = ()
    """Which rows of test these are."""
    words: tuple[Vector, ...] = ()
    """For each input: which rows are equal in prepare(train with other words, one text with one word changed); the
    first half of them with words of the table, the second half with invented ones"""
    whole_train: Prepared | Failure | None = None
    """prepare(the rows of train that lack nothing, test); None where nothing is missing"""
    other_letters: Prepared | Failure | None = None
    """prepare(train, test with another letter for each letter of free text); None without such text"""
    modalities: tuple[Prepared | Failure, ...] = ()
    """For each of several inputs: prepare(train, test with its columns only changed in every second row)"""
    public: Prepared | Failure | None = None
    """prepare(train, train and test together) of the students' own rows, as split gives them"""
    public_sizes: tuple[tuple[Count, Count], ...] = ()
    """Rows of train and test in each of two splits of the students' own rows."""


class LossProbe(Record):
    """One evaluation of the loss on the challenge's numbers."""

    value: float | None
    """The loss, None when it raised or was not one number."""
    error: str = ""
    gradients: tuple[Array | None, ...] = ()
    """(n,) the gradient with respect to each output, None where there is none."""


class LossEvidence(Record):
    """PyTorch: the values of the student's loss on the challenge's outputs and labels."""

    probabilities: tuple[LossProbe, ...] = ()
    """Outputs of the binary heads between 0 and 1."""
    logits: tuple[LossProbe, ...] = ()
    """Outputs of the binary heads over the whole line."""
    in_training: tuple[Array, ...] | None = None
    """(rows,) each output of a real batch in training mode; None when the model raised."""
    refused: str = ""
    """What the loss raised on labels as the loader yields them, when it only worked on reshaped or cast ones."""
    failure: Failure | None = None


class Step(Record):
    """One real optimisation step with plain gradient descent on the challenge's batch."""

    gradients: dict[str, Array]
    """By parameter name: what the step subtracted, divided by the learning rate."""
    x: Array
    labels: tuple[Array, ...]
    """(rows,) for each head"""
    value: float | None = None
    """The loss that the step reported, None when it reported none."""


class StepEvidence(Record):
    """Keras: what a real training step of the compiled model is driven by."""

    recording: Recording | None = None
    """The network at the weights from which every step starts."""
    steps: tuple[Step, ...] = ()
    loss_weights: tuple[float, ...] | None = None
    """As given to compile, in the order of the heads; None when it was not given or cannot be read."""
    failure: Failure | None = None


class OptimizerStep(Record):
    """What PyTorch's optimizer was given at one of the first steps of the training."""

    norm: float
    """Of all gradients together."""
    writes: int | None = None
    """How often the gradients were written since the step before; None for other tensors, or for unlike numbers."""
    weights: dict[str, Array] = Field(default_factory=dict)
    """By parameter name, before the step; nothing for a large network."""
    gradients: dict[str, Array] = Field(default_factory=dict)


class TrainingSteps(Record):
    """PyTorch: what was seen of the optimizer's steps that trained `model`."""

    first: tuple[OptimizerStep, ...] = ()
    """The first steps, one after the other."""
    loss_named: bool = True
    """Whether code outside the definition of the loss names it, or shares what it computes."""
    layers: tuple[str, ...] = ()
    """Kinds of layers that compute otherwise in training than in evaluation."""
    watched: int = 0
    evaluating: int = 0
    """Of the watched steps, those at which all these layers were in evaluation mode."""
    still: int = 0
    """Of the watched steps, those since whose predecessor no chance was drawn and no average moved."""
    elsewhere: int = 0
    """Steps of optimizers that hold no weight of `model`, while that was there and no weight of it ever changed."""


class UsedTestRows(Record):
    """What became of the distinct rows that `test_data` holds and `train_data` does not."""

    held: Count
    trained: Count
    """Of these, the ones that went into a real training step of `model`, from wherever they came."""


class TrainingEvidence(Record):
    """The network after training, how its optimizer stepped, and how Keras' fit was called."""

    model: ModelEvidence
    fit_shuffle: bool | None = None
    """The `shuffle` argument of the last fit on arrays; None when fit was not called on arrays."""
    undrawn: tuple[str, ...] = ()
    """Keras: kinds of dropout layers of a network that `fit` trained itself, when none of them ever drew chance."""
    fed_shuffled: bool | None = None
    """Keras: whether a loop of the student's own fed the training rows in another order each epoch; None: not known."""
    steps: TrainingSteps | None = None
    test_rows: UsedTestRows | None = None
    """None where no step was seen of which the rows are known."""


class ResultsEvidence(Record):
    """The student's own figures."""

    figures: dict[str, float | Failure]
    """By name."""
    training_layers: tuple[str, ...] = ()
    """PyTorch: kinds of layers in training mode after `evaluate` that compute otherwise there than in evaluation."""


class HiddenEvidence(Record):
    """The hidden rows as the student's own `prepare` prepares them."""

    x: Matrix | None = None
    """(hidden rows, features), the inputs side by side"""
    widths: tuple[Count, ...] = ()
    """Columns of each input."""
    train_found: bool = False
    """Whether the student's own training part was found, so that X is scaled as in training."""
    failure: Failure | None = None


class BaselineEvidence(Record):
    """The student's network that uses one input only, and how good the student says that it is."""

    model: ModelEvidence
    """Recorded on the columns of its own input."""
    input: str | Failure
    """Which input that is, as the student names it."""
    figure: float | Failure
    """Of the metric by which networks are compared."""
    runs_on: tuple[str, ...] = ()
    """Where it does not run on its own input: those on which it does, one of them or all together."""
    shared: bool = False
    """Whether some of its weights are those of the trained model."""


class ReadingEvidence(Record):
    """Answers that are one number or one word each."""

    values: dict[str, float | str | Failure]
    """By name; a Failure says why there is none."""

    def completed_by(self, later: "ReadingEvidence") -> "ReadingEvidence":
        """Keep every answer as it was when it was first there."""
        kept = {
            name: value
            for name, value in self.values.items()
            if not (isinstance(value, Failure) and value.kind == "missing")
        }
        return ReadingEvidence(values={**later.values, **kept})


class NotebookEvidence(Record):
    """All that one run of a notebook brought out, topic by topic; None where nothing came."""

    framework: Framework
    inspection: InspectionEvidence | None = None
    data: DataEvidence | None = None
    loaders: LoadersEvidence | None = None
    architecture: ModelEvidence | None = None
    loss: LossEvidence | None = None
    step: StepEvidence | None = None
    training: TrainingEvidence | None = None
    results: ResultsEvidence | None = None
    hidden: HiddenEvidence | None = None
    comparison: BaselineEvidence | None = None
    reading: ReadingEvidence | None = None
    remarks: tuple[str, ...] = ()
    """What the grader noticed while the notebook ran, in Dutch."""
