"""Topic `loaders`: batches of the right form with every row and its labels, shuffled for training only."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.dutch import number
from autograder.evidence.narrow import kept_columns
from autograder.evidence.problem import Head, Input, Problem
from autograder.evidence.records import Batches, Failure, LoadersEvidence, Part, Prepared
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, failed_in, not_judged, passed, unsure

CRITERIA = ("batches", "shuffle")

NAMES = ("train_data", "test_data")

LEAST_TRAIN = 0.7
"""Part of the training part that has to be in `train_data`; the rest may be for validation."""

LEAST_OF_ALL = 0.6
"""Part of all rows that both loaders hold together at least, when the size of the parts is not known."""

MOST_REPEATED = 0.05
"""Part of the rows of `train_data` that may be there more often than the same row is in the file."""

MOST_TWINS = 0.6
"""Part of the test rows that may also be in training; an honest split has a quarter, because of identical rows."""

MORE_TWINS = 0.15
"""Part by which that may be more than there are equal rows in the table: a few coarse features make many alike."""

MOST_APART = 0.1
"""Part of the rows of a loader of which one input may be that of another row, as far as rounding and bins go."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    evidence = case.evidence.loaders
    if evidence is None:
        case.add(*(not_judged(criterion, "`train_data` en `test_data` zijn niet gelezen.") for criterion in CRITERIA))
        return
    if any(isinstance(part, Batches) and not _is_of(part, case.problem) for part in (evidence.train, evidence.test)):
        reason = "het bewijs is beschadigd: het heeft andere invoer of andere labels dan gevraagd."
        case.add(*(unsure(criterion, reason) for criterion in CRITERIA))
        return
    for criterion, rules in (("batches", _batch_rules), ("shuffle", _shuffle_rules)):
        unread = _unread(criterion, evidence)
        case.add(unread or next(rules(evidence.train, evidence.test, case)))  # type: ignore[arg-type]
    if case.verdicts["batches"].fault == "wrong_shape" and case.verdicts["shuffle"].status == "unsure":
        case.add(not_judged("shuffle", "eerst moet `batches` in orde zijn."))


def _is_of(batches: Batches, problem: Problem) -> bool:
    return len(batches.widths) == len(problem.inputs) and len(batches.labels) == len(problem.heads)


def _unread(criterion: str, evidence: LoadersEvidence) -> Verdict | None:
    """Return the verdict when a loader could not be read; `batches` bears the blame, `shuffle` waits for it."""
    failures = [(name, part) for name, part in zip(NAMES, (evidence.train, evidence.test), strict=True)]
    verdicts = [_failure(name, part) for name, part in failures if isinstance(part, Failure)]
    if not verdicts:
        return None
    worst = next((verdict for verdict in verdicts if verdict.status == "fail"), verdicts[0])
    if criterion == "batches" or worst.status == "unsure":
        return worst.model_copy(update={"criterion": criterion})
    return not_judged(criterion, "eerst moet `batches` in orde zijn.")


def _failure(name: str, failure: Failure) -> Verdict:
    if failure.kind == "missing":
        return failed("batches", "missing", name=name)
    if failure.kind == "raised":
        return failed("batches", "raised", name=name, error=failure.detail)
    if failure.detail == "leeg":
        return failed("batches", "empty", name=name)
    if failure.detail.startswith("vormen: "):
        return failed("batches", "wrong_shape", name=name, shapes=failure.detail.removeprefix("vormen: "))
    return unsure("batches", f"`{name}` is {failure.detail}")


# ---------------------------------------- batches


def _batch_rules(train: Batches, test: Batches, case: Case) -> Iterator[Verdict]:
    for name, batches in zip(NAMES, (train, test), strict=True):
        yield from _form_rules(name, batches, case)
    for name, batches in zip(NAMES, (train, test), strict=True):
        yield from _label_rules(name, batches, case)
    for name, batches in zip(NAMES, (train, test), strict=True):
        yield from _input_rules(name, batches, case)
    if train.widths != test.widths:
        yield failed("batches", "wrong_shape", name="test_data", shapes=_shapes(test, case.problem))
    yield from _row_rules(train, test, case)
    if _is_odd(train, case) or _is_odd(test, case):
        yield unsure("batches", "losse arrays in plaats van een loader.")
    yield passed("batches", f"Alle {len(train.x) + len(test.x)} rijen komen in batches van de juiste vorm.")


def _is_odd(batches: Batches, case: Case) -> bool:
    return batches.kind == "arrays" and case.evidence.framework == "pytorch"


def _form_rules(name: str, batches: Batches, case: Case) -> Iterator[Verdict]:
    problem = case.problem
    inputs, labels = batches.shapes[: len(problem.inputs)], batches.shapes[len(problem.inputs) :]
    rows = inputs[0][:1]
    if any(len(x) != 2 or x[:1] != rows for x in inputs) or any(shape not in (rows, (*rows, 1)) for shape in labels):
        yield failed("batches", "wrong_shape", name=name, shapes=_shapes(batches, problem))
    for one, dtype in zip(problem.inputs, batches.dtypes, strict=False):
        if not dtype.startswith(_kinds(one, case)) or _refused(dtype, case):
            yield failed("batches", "wrong_dtype", name=name, input=one.name, dtype=dtype)
    if batches.kind == "loader" and not len(batches.second_order):
        yield failed("batches", "empty", name=name)


def _kinds(one: Input, case: Case) -> tuple[str, ...]:
    """How the dtypes that an input may have begin: text may be numbers of words."""
    students = case.context.students
    text = all(name in students.columns and students.holds_text(name) for name in one.columns)
    return ("float", "bfloat", "int", "uint") if text else ("float", "bfloat")


def _refused(dtype: str, case: Case) -> bool:
    """Whether the network raised on an input because of its dtype, which is not the usual one."""
    model = case.evidence.architecture
    error = model.failure.detail if model and model.failure and model.failure.kind == "raised" else ""
    unusual = dtype != "float32" and "float" in dtype
    return unusual and any(word in error for word in ("dtype", "Double", "Half"))


def _shapes(batches: Batches, problem: Problem) -> str:
    names = [*(one.name for one in problem.inputs), *problem.names]
    parts = zip(names, batches.shapes, strict=True)
    return ", ".join(f"{name} {'(' + ', '.join(map(str, shape)) + ')'}" for name, shape in parts)


def _label_rules(name: str, batches: Batches, case: Case) -> Iterator[Verdict]:
    problem = case.problem
    labels = {
        head.name: np.asarray(values, dtype=np.float64)
        for head, values in zip(problem.heads, batches.labels, strict=True)
    }
    binary = [head for head in problem.heads if head.kind == "binary"]
    elsewhere = any(not _is_binary(labels[head.name]) for head in binary)
    for head in problem.heads:
        if elsewhere and head.kind == "regression" and _is_binary(labels[head.name]):
            yield failed("batches", "labels_swapped", name=name, head=head.name)
    wrong = [(head, other, count) for head in binary for other, count in [_wrong(head, labels, problem)] if count]
    mixed = next(((head, count) for head in _apart(problem) if (count := _misaligned(batches, head, case))), None)
    earlier = case.verdicts.get("labels")
    if (wrong or mixed) and earlier is not None and earlier.status == "fail":
        yield not_judged("batches", "eerst moet `labels` in orde zijn.")
    total = len(batches.x)
    for head, other, count in wrong:
        say = {"name": name, "head": head.name, "other": other, "wrong": count, "total": total}
        yield failed_in(problem, "batches", "labels_wrong", **say)
    if mixed:
        head, count = mixed
        inputs = ", ".join(f"`{one.name}`" for one in problem.inputs)
        say = {"name": name, "head": head.name, "inputs": inputs, "wrong": count, "total": total}
        yield failed_in(problem, "batches", "misaligned", **say)


def _input_rules(name: str, batches: Batches, case: Case) -> Iterator[Verdict]:
    """Compare several inputs with what `prepare` made of the same rows."""
    problem, public = case.problem, case.evidence.data.public if case.evidence.data else None
    if not isinstance(public, Prepared) or len(public.widths) != len(problem.inputs) or len(problem.inputs) == 1:
        return
    made = [_keys(part) for part in _cut(public.x, public.widths)]
    widths = tuple(map(len, kept_columns(batches.widths)))
    given = [_keys(part) for part in _cut(batches.x[:, np.concatenate(kept_columns(batches.widths))], widths)]
    there = [set(keys) for keys in made]
    if _are_swapped(given, there):
        names = " en ".join(f"`{one.name}`" for one in problem.inputs)
        yield failed("batches", "inputs_swapped", name=name, inputs=names)
    total = len(batches.x)
    together = set(zip(*made, strict=True))
    known = [row for row in zip(*given, strict=True) if all(map(set.__contains__, there, row))]
    wrong = sum(row not in together for row in known)
    # Where `prepare` depends on other rows too, it makes other rows of the same ones.
    steady = getattr(case.verdicts.get("normalisation"), "status", "pass") == "pass"
    if not steady or len(known) < 0.9 * total or wrong <= MOST_APART * len(known):
        return
    if getattr(case.verdicts.get("labels"), "status", "pass") == "fail":
        yield not_judged("batches", "eerst moet `labels` in orde zijn.")
    first, *others = (one.name for one in problem.inputs)
    say = {"name": name, "inputs": f"`{first}`", "head": "` en `".join(others), "wrong": wrong, "total": total}
    yield failed_in(problem, "batches", "misaligned", **say)


def _cut(x: Array, widths: tuple[int, ...]) -> list[Array]:
    return np.split(x, np.cumsum(widths)[:-1], axis=1)


def _are_swapped(given: list[list[bytes]], there: list[set[bytes]]) -> bool:
    """Whether no input of a loader is what `prepare` made of it, and every one is another input."""
    shares = np.array([[np.mean([key in keys for key in one]) for keys in there] for one in given])
    own = np.diag(shares)
    return bool((own < 0.1).all() and ((shares - np.diag(own)).max(axis=1) > 0.9).all())


def _apart(problem: Problem) -> Iterator[Head]:
    """The heads whose labels no other ones tell."""
    yield from (head for head in problem.heads if problem.quantity_of(head) is None)


def _wrong(head: Head, labels: dict[str, Array], problem: Problem) -> tuple[str, int]:
    """Return what the labels of a binary head have to agree with in the same batch, and how many do not."""
    twin = problem.quantity_of(head)
    if twin is None:
        return "0 of 1", int((~np.isin(labels[head.name], (0.0, 1.0))).sum())
    return f"`{twin.name}`", int((labels[head.name] != head.labels(labels[twin.name])).sum())


def _is_binary(label: Array) -> bool:
    return bool(np.isin(label, (0.0, 1.0)).all())


def _misaligned(batches: Batches, head: Head, case: Case) -> int:
    """Count the rows that carry another row's label, where the same rows came out of `prepare` again."""
    data, place = case.evidence.data, case.problem.place(head.name)
    public = data.public if data else None
    x = _as_public(batches, public)
    if not isinstance(public, Prepared) or x is None or len(public.labels) <= place:
        return 0
    labels: dict[bytes, set[float]] = {}
    for key, label in zip(_keys(public.x), public.labels[place], strict=False):
        labels.setdefault(key, set()).add(float(label))
    pairs = zip(_keys(x), batches.labels[place], strict=True)
    known = [(labels[key], float(label)) for key, label in pairs if key in labels]
    if len(known) < 0.9 * len(x):
        return 0
    wrong = sum(label not in truth for truth, label in known)
    return wrong if wrong > 0.02 * len(known) else 0


def _as_public(batches: Batches, public: Prepared | Failure | None) -> Array | None:
    """Return the rows of a loader with the columns that travel from `prepare`; None where those are other ones."""
    if not isinstance(public, Prepared):
        return None
    kept = kept_columns(batches.widths)
    return batches.x[:, np.concatenate(kept)] if tuple(map(len, kept)) == public.widths else None


def _repeated(train: Batches, case: Case) -> int:
    """Count rows that a pass holds more often than there are such rows, where `prepare` made the same rows again."""
    public = case.evidence.data.public if case.evidence.data else None
    x = _as_public(train, public)
    if not isinstance(public, Prepared) or x is None:
        return 0
    there, held = Counter(_keys(public.x)), Counter(_keys(x))
    if sum(count for key, count in held.items() if key in there) < 0.9 * len(train.x):
        return 0
    return sum(max(0, count - there[key]) for key, count in held.items() if key in there)


def _keys(x: Array) -> list[bytes]:
    # Rounding makes float32 and float64 versions of a row alike; a few rows on an edge may still differ.
    return [row.tobytes() for row in np.round(np.asarray(x, dtype=np.float64), 4) + 0.0]


def _row_rules(train: Batches, test: Batches, case: Case) -> Iterator[Verdict]:
    sizes = _part_sizes(case)
    if sizes is None:
        total = len(case.context.students)
        held = len(train.x) + len(test.x)
        if held < LEAST_OF_ALL * total:
            yield failed("batches", "rows_lost", name="train_data", held=held, expected=total)
    else:
        (fewest_train, all_train), (fewest_test, all_test) = sizes
        repeated = _repeated(train, case) if all_train + all_test <= len(case.context.students) else 0
        if len(train.x) < LEAST_TRAIN * fewest_train or repeated > MOST_REPEATED * len(train.x):
            yield failed("batches", "rows_lost", name="train_data", held=len(train.x) - repeated, expected=all_train)
        if len(test.x) < fewest_test:
            yield failed("batches", "rows_lost", name="test_data", held=len(test.x), expected=all_test)
    twins = _share_of_twins(train, test)
    if twins > max(MOST_TWINS, _share_of_equal_rows(case) + MORE_TWINS):
        if getattr(case.verdicts.get("split"), "fault", None) == "overlap":
            yield not_judged("batches", "eerst moet `split` in orde zijn.")
        yield failed("batches", "test_rows_in_training", percent=number(100 * twins, 0))


def _share_of_twins(train: Batches, test: Batches) -> float:
    if not len(test.x) or train.x.shape[1:] != test.x.shape[1:]:
        return 0.0
    seen = set(_keys(train.x))
    return sum(key in seen for key in _keys(test.x)) / len(test.x)


def _share_of_equal_rows(case: Case) -> float:
    """How many of the students' own rows, as `prepare` makes them, are equal to another one."""
    public = case.evidence.data.public if case.evidence.data else None
    if not isinstance(public, Prepared) or not len(public.x):
        return 0.0
    there = Counter(_keys(public.x))
    return sum(count for count in there.values() if count > 1) / len(public.x)


def _part_sizes(case: Case) -> tuple[tuple[float, int], tuple[float, int]] | None:
    """Return, for train and test, the fewest rows that the part may have had and how many it has as far as known."""
    data = case.evidence.data
    if data is None:
        return None
    if data.public_sizes:
        both = np.array(data.public_sizes)
        # A part that differs from call to call is drawn row by row: leave room for another draw.
        slack = np.where(np.ptp(both, axis=0) > 0, 4 * np.sqrt(both.min(axis=0)), 0.0)
        fewest = both.min(axis=0) - slack
        return (float(fewest[0]), int(both[0, 0])), (float(fewest[1]), int(both[0, 1]))
    if isinstance(data.train, Part) and isinstance(data.test, Part) and case.context.data is not None:
        share = len(case.context.students) / len(case.context.data.rows)
        sizes = [share * len(part.rows) for part in (data.train, data.test)]
        # Duplicates, a seventh of the rows, may have gone from the real parts and not from the challenge's.
        return (0.8 * sizes[0], round(sizes[0])), (0.8 * sizes[1], round(sizes[1]))
    return None


# ---------------------------------------- shuffle


def _shuffle_rules(train: Batches, test: Batches, case: Case) -> Iterator[Verdict]:
    if _is_shuffled(test):
        yield failed_in(case.problem, "shuffle", "test_shuffled")
    if train.kind == "arrays" and case.evidence.framework == "pytorch":
        yield unsure("shuffle", "losse arrays worden pas in je trainingslus geschud.")
    shuffled = None if _cannot_tell(train) else _is_shuffled(train)
    if shuffled:
        yield passed("shuffle", "`train_data` schudt bij elke doorgang, `test_data` niet.")
    fit = case.evidence.training.fit_shuffle if case.evidence.training else None
    if fit:
        yield passed("shuffle", "`fit` schudt de trainingsrijen, `test_data` houdt haar volgorde.")
    fed = case.evidence.training.fed_shuffled if case.evidence.training and fit is None else None
    if shuffled is None and fed:
        yield passed("shuffle", "je trainingslus schudt de trainingsrijen, `test_data` houdt haar volgorde.")
    if shuffled is None and fit is None and fed is None:
        yield unsure("shuffle", _why_unknown(train))
    yield failed_in(case.problem, "shuffle", "train_not_shuffled")


def _cannot_tell(train: Batches) -> bool:
    order = np.asarray(train.second_order)
    if train.kind == "arrays" or not len(order) or _unknown(order):
        return True
    return train.kind == "indexed" and not _is_shuffled(train)


def _unknown(order: Array) -> bool:
    """Whether most rows of the second pass are new: noise was added, so their order cannot be compared."""
    return float(np.mean(order < 0)) > 0.9


def _why_unknown(train: Batches) -> str:
    if train.kind == "arrays":
        return "bij gewone arrays hangt het schudden af van `fit`, en dat was niet te volgen."
    if train.kind == "indexed":
        return "`train_data` houdt haar volgorde, maar misschien schudt `fit` of je trainingslus de batches."
    if not len(train.second_order):
        return "`train_data` is na één doorgang leeg, zodat er geen tweede volgorde is."
    return "de rijen van `train_data` zijn bij elke doorgang anders."


def _is_shuffled(batches: Batches) -> bool:
    order = np.asarray(batches.second_order)
    return bool(len(order)) and not _unknown(order) and not np.array_equal(order, np.arange(len(order)))
