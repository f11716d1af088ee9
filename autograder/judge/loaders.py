"""Topic `loaders`: batches of the right form with every row and its labels, shuffled for training only."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.data import GOOD_FROM
from autograder.dutch import number
from autograder.evidence.records import Batches, DataEvidence, Failure, LoadersEvidence, Part, Prepared
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("batches", "shuffle")

NAMES = ("train_data", "test_data")

LEAST_TRAIN = 0.7
"""Part of the training part that has to be in `train_data`; the rest may be for validation."""

LEAST_OF_ALL = 0.6
"""Part of all wines that both loaders hold together at least, when the size of the parts is not known."""

MOST_TWINS = 0.6
"""Part of the test rows that may also be in training; an honest split has a quarter, because of identical wines."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    evidence = case.evidence.loaders
    if evidence is None:
        case.add(*(not_judged(criterion, "`train_data` en `test_data` zijn niet gelezen.") for criterion in CRITERIA))
        return
    for criterion, rules in (("batches", _batch_rules), ("shuffle", _shuffle_rules)):
        unread = _unread(criterion, evidence)
        case.add(unread or next(rules(evidence.train, evidence.test, case)))  # type: ignore[arg-type]
    if case.verdicts["batches"].fault == "wrong_shape" and case.verdicts["shuffle"].status == "unsure":
        case.add(not_judged("shuffle", "eerst moet `batches` in orde zijn."))


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
    if train.x.shape[1] != test.x.shape[1]:
        yield failed("batches", "wrong_shape", name="test_data", shapes=_shapes(test))
    yield from _row_rules(train, test, case)
    if _is_odd(train, case) or _is_odd(test, case):
        yield unsure("batches", "losse arrays in plaats van een loader.")
    yield passed("batches", f"Alle {len(train.x) + len(test.x)} rijen komen in batches van de juiste vorm.")


def _is_odd(batches: Batches, case: Case) -> bool:
    return batches.kind == "arrays" and case.evidence.framework == "pytorch"


def _form_rules(name: str, batches: Batches, case: Case) -> Iterator[Verdict]:
    x, *labels = batches.shapes
    if len(x) != 2 or any(shape not in ((x[0],), (x[0], 1)) for shape in labels):
        yield failed("batches", "wrong_shape", name=name, shapes=_shapes(batches))
    if not batches.dtypes[0].startswith(("float", "bfloat")) or _refused(batches, case):
        yield failed("batches", "wrong_dtype", name=name, dtype=batches.dtypes[0])
    if batches.kind == "loader" and not len(batches.second_order):
        yield failed("batches", "empty", name=name)


def _refused(batches: Batches, case: Case) -> bool:
    """Whether the network raised on X because of its dtype, which is not the usual one."""
    model = case.evidence.architecture
    error = model.failure.detail if model and model.failure and model.failure.kind == "raised" else ""
    return batches.dtypes[0] != "float32" and any(word in error for word in ("dtype", "Double", "Half"))


def _shapes(batches: Batches) -> str:
    parts = zip(("X", "quality", "good"), batches.shapes, strict=True)
    return ", ".join(f"{name} {'(' + ', '.join(map(str, shape)) + ')'}" for name, shape in parts)


def _label_rules(name: str, batches: Batches, case: Case) -> Iterator[Verdict]:
    quality, good = (np.asarray(label, dtype=np.float64) for label in (batches.quality, batches.good))
    if _is_binary(quality) and not _is_binary(good):
        yield failed("batches", "labels_swapped", name=name)
    wrong = int((good != (quality >= GOOD_FROM)).sum())
    mixed = _misaligned(batches, case.evidence.data)
    labels = case.verdicts.get("labels")
    if (wrong or mixed) and labels is not None and labels.status == "fail":
        yield not_judged("batches", "eerst moet `labels` in orde zijn.")
    if wrong:
        yield failed("batches", "labels_wrong", name=name, wrong=wrong, total=len(good))
    if mixed:
        yield failed("batches", "misaligned", name=name, wrong=mixed, total=len(good))


def _is_binary(label: Array) -> bool:
    return bool(np.isin(label, (0.0, 1.0)).all())


def _misaligned(batches: Batches, data: DataEvidence | None) -> int:
    """Count the rows of X that carry another wine's score, where the same rows came out of `prepare` again."""
    public = data.public if data else None
    if not isinstance(public, Prepared) or public.x.shape[1:] != batches.x.shape[1:]:
        return 0
    scores: dict[bytes, set[float]] = {}
    for key, score in zip(_keys(public.x), public.quality, strict=False):
        scores.setdefault(key, set()).add(float(score))
    pairs = zip(_keys(batches.x), batches.quality, strict=True)
    known = [(scores[key], float(score)) for key, score in pairs if key in scores]
    if len(known) < 0.9 * len(batches.x):
        return 0
    wrong = sum(score not in truth for truth, score in known)
    return wrong if wrong > 0.02 * len(known) else 0


def _keys(x: Array) -> list[bytes]:
    # Rounding makes float32 and float64 versions of a row alike; a few rows on an edge may still differ.
    return [row.tobytes() for row in np.round(np.asarray(x, dtype=np.float64), 4) + 0.0]


def _row_rules(train: Batches, test: Batches, case: Case) -> Iterator[Verdict]:
    sizes = _part_sizes(case)
    if sizes is None:
        total = len(case.context.students.values)
        held = len(train.x) + len(test.x)
        if held < LEAST_OF_ALL * total:
            yield failed("batches", "rows_lost", name="train_data", held=held, expected=total)
    else:
        (fewest_train, all_train), (fewest_test, all_test) = sizes
        if len(train.x) < LEAST_TRAIN * fewest_train:
            yield failed("batches", "rows_lost", name="train_data", held=len(train.x), expected=all_train)
        if len(test.x) < fewest_test:
            yield failed("batches", "rows_lost", name="test_data", held=len(test.x), expected=all_test)
    twins = _share_of_twins(train, test)
    if twins > MOST_TWINS:
        if getattr(case.verdicts.get("split"), "fault", None) == "overlap":
            yield not_judged("batches", "eerst moet `split` in orde zijn.")
        yield failed("batches", "test_rows_in_training", percent=number(100 * twins, 0))


def _share_of_twins(train: Batches, test: Batches) -> float:
    if not len(test.x) or train.x.shape[1:] != test.x.shape[1:]:
        return 0.0
    seen = set(_keys(train.x))
    return sum(key in seen for key in _keys(test.x)) / len(test.x)


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
        share = len(case.context.students.values) / len(case.context.data.wines.values)
        sizes = [share * len(part.rows) for part in (data.train, data.test)]
        # Duplicates, a seventh of the rows, may have gone from the real parts and not from the challenge's.
        return (0.8 * sizes[0], round(sizes[0])), (0.8 * sizes[1], round(sizes[1]))
    return None


# ---------------------------------------- shuffle


def _shuffle_rules(train: Batches, test: Batches, case: Case) -> Iterator[Verdict]:
    if _is_shuffled(test):
        yield failed("shuffle", "test_shuffled")
    if train.kind == "arrays" and case.evidence.framework == "pytorch":
        yield unsure("shuffle", "losse arrays worden pas in je trainingslus geschud.")
    shuffled = None if _cannot_tell(train) else _is_shuffled(train)
    if shuffled:
        yield passed("shuffle", "`train_data` schudt bij elke doorgang, `test_data` niet.")
    fit = case.evidence.training.fit_shuffle if case.evidence.training else None
    if fit:
        yield passed("shuffle", "`fit` schudt de trainingsrijen, `test_data` houdt haar volgorde.")
    if shuffled is None and fit is None:
        yield unsure("shuffle", _why_unknown(train))
    yield failed("shuffle", "train_not_shuffled")


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
