"""The evidence itself: one record per topic, and what the records are made of."""

from typing import Literal

from autograder.evidence.encoding import Array, Record

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
    """`quality`, `good`, or `output<i>` for whatever else the model returns."""
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


class ModelEvidence(Record):
    """The student's `model`, or why there is none to analyse."""

    recording: Recording | None = None
    failure: Failure | None = None


class Bars(Record):
    """The bars of one figure."""

    heights: Array
    """(bars,) the extent of each bar along its value axis, in the order in which they were drawn."""
    places: Array
    """(bars,) the middle of each bar along the other axis."""
    widths: Array
    """(bars,) the extent of each bar along the other axis."""
    axes: Array
    """(bars,) the number of the axes that each bar is in."""
    containers: Array
    """(bars,) the number of the call that drew each bar, -1 for a bar on its own."""
    other_artists: int
    """How many artists (lines, polygons, collections) are not bars."""


class Table(Record):
    """A table of numbers with labels on both sides."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Array
    """(rows, columns), NaN where a cell is not a number."""


class InspectionEvidence(Record):
    """What the cell `inspect` defines."""

    statistics: Table | Failure
    figure_quality: Bars | Failure
    figure_good: Bars | Failure


class Batches(Record):
    """Everything that one loader yields in one pass."""

    kind: Literal["arrays", "loader", "indexed"]
    """Plain arrays, something that yields batches, or something that gives batches by number (a PyDataset)."""
    x: Array
    """(rows, features)"""
    quality: Array
    """(rows,)"""
    good: Array
    """(rows,)"""
    shapes: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    """The shapes of X, quality and good in the first batch."""
    dtypes: tuple[str, str, str]
    sizes: tuple[int, ...]
    """Rows in each batch."""
    second_order: Array
    """(rows,) where each row of a second pass stands in the first one, -1 where it is not found.

    Empty when there is no second pass: an iterator that one pass exhausts.
    """


class LoadersEvidence(Record):
    """What the cell `loaders` defines, each loader read twice."""

    train: Batches | Failure
    test: Batches | Failure


class Prepared(Record):
    """What one call of `prepare` returned."""

    x: Array
    """(rows, features), or 256 of the features, evenly spaced, when there are more"""
    quality: Array
    """(rows,)"""
    good: Array
    """(rows,)"""


class Part(Record):
    """One part of a split of the challenge's wines."""

    rows: Array
    """(rows,) the position in the challenge's frame of each row, -1 for a row that is not in it."""


class DataEvidence(Record):
    """`split` and `prepare`, called again on the challenge's wines."""

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
    public: Prepared | Failure | None = None
    """prepare(train, train and test together) of the students' own wines, as split gives them"""
    public_sizes: tuple[tuple[int, int], ...] = ()
    """Rows of train and test in each of two splits of the students' own wines."""


class LossProbe(Record):
    """One evaluation of the loss on the challenge's numbers."""

    value: float | None
    """The loss, None when it raised or was not one number."""
    error: str = ""
    quality_gradient: Array | None = None
    """(n,) the gradient with respect to the quality output, None when there is none."""
    good_gradient: Array | None = None
    """(n,)"""


class LossEvidence(Record):
    """PyTorch: the values of `multitask_loss` on the challenge's outputs and labels."""

    probabilities: tuple[LossProbe, ...] = ()
    """`good` outputs between 0 and 1."""
    logits: tuple[LossProbe, ...] = ()
    """`good` outputs over the whole line."""
    good_in_training: Array | None = None
    """(rows,) the output `good` of a real batch in training mode; None when the model raised."""
    refused: str = ""
    """What the loss raised on labels as the loader yields them, when it only worked on reshaped or cast ones."""
    failure: Failure | None = None


class Step(Record):
    """One real optimisation step with plain gradient descent on the challenge's batch."""

    gradients: dict[str, Array]
    """By parameter name: what the step subtracted, divided by the learning rate."""
    x: Array
    quality: Array
    good: Array
    value: float | None = None
    """The loss that the step reported, None when it reported none."""


class StepEvidence(Record):
    """Keras: what a real training step of the compiled model is driven by."""

    recording: Recording | None = None
    """The network at the weights from which every step starts."""
    steps: tuple[Step, ...] = ()
    loss_weights: tuple[float, ...] | None = None
    """As given to compile, quality then good; None when it was not given or cannot be read."""
    failure: Failure | None = None


class TrainingEvidence(Record):
    """The network after training, and how Keras' fit was called."""

    model: ModelEvidence
    fit_shuffle: bool | None = None
    """The `shuffle` argument of the last fit on arrays; None when fit was not called on arrays."""


class ResultsEvidence(Record):
    """The student's own figures."""

    mae: float | Failure
    accuracy: float | Failure


class HiddenEvidence(Record):
    """The hidden wines as the student's own `prepare` prepares them."""

    x: Array | None = None
    """(hidden rows, features)"""
    train_found: bool = False
    """Whether the student's own training part was found, so that X is scaled as in training."""
    failure: Failure | None = None


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
    reading: ReadingEvidence | None = None
    remarks: tuple[str, ...] = ()
    """What the grader noticed while the notebook ran, in Dutch."""
