"""Measure where the inputs of a recorded network come together, by changing one of them at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from autograder.exceptions import ReplayError
from autograder.judge.replay.network import Network, Node, Values
from autograder.judge.structure import Measurement

CHANGES = 2
"""How often each modality's rows are put in another order, at every setting of the weights."""

Setting = Mapping[str, Values]


@dataclass(frozen=True)
class Joining:
    """One measured record of a network of several modalities; tuples go by modality, parameters by their own name.

    What is joined is a value that depends on one modality only and is read where another modality comes in.
    """

    used: tuple[frozenset[int], ...]
    """By head: the modalities on which its output depends."""
    own: tuple[tuple[str, ...], ...]
    """Weights that act on this modality only."""
    common: tuple[tuple[str, ...], ...]
    """Weights that act on this modality and, elsewhere, on another one; never on both together."""
    joint: tuple[str, ...]
    """Weights that act on values that depend on several modalities."""
    met: tuple[frozenset[int], ...]
    """The modalities that this one, before any weight of its own, meets on the way to their own encoder."""
    linear: tuple[bool, ...]
    """Whether everything of this modality that is joined is affine in it, or in its embedding."""
    linear_side_by_side: bool
    """Whether values stay so until numbers of several modalities are mixed: a non-linearity may lie in between."""
    scores: tuple[bool, ...]
    """Whether nothing else of this modality is joined than one number per row and head."""
    among_scores: tuple[bool, ...]
    """Whether such a number is among what is joined."""
    affine_tail: bool
    """Whether every output, squashed or not, is affine in what is joined."""
    trainable: frozenset[str]
    reached: frozenset[str]
    """Weights that get a gradient from some output."""
    disputed: frozenset[str]
    """Weights to which the student's own model sends a gradient, or may do so."""


def measure_joining(network: Network, seed: int) -> Joining:
    """Measure a network with several inputs.  Raises ReplayError when it cannot be run."""
    return _Joint(network, Measurement(network, np.random.default_rng(seed))).joining()


class _Joint:
    def __init__(self, network: Network, measurement: Measurement) -> None:
        measurement.check()
        self.network, self.measurement, self.rng = network, measurement, measurement.rng
        self.x = np.asarray(network.recording.x, dtype=np.float64)
        self.blocks = [slice(*ends) for ends in pairwise(accumulate(network.recording.widths, initial=0))]
        self.settings: list[Setting] = [{}, *measurement.settings]
        live = frozenset().union(*(network.ancestors(ref) for ref in network.output_refs))
        self.nodes = [node for node in network.nodes if node.ref in live]
        self.values: dict[str, Values] = {}
        self.changed: list[dict[str, Values]] = [{} for _ in self.blocks]
        self._change()
        self.depends = {
            node.ref: frozenset(i for i, changed in enumerate(self.changed) if changed[node.ref].any())
            for node in self.nodes
        }
        self.weights = self._weights()

    def joining(self) -> Joining:
        """Measure everything."""
        joined = self._joined()
        applied = self._applied()
        parts = range(len(self.blocks))
        floats = [[ref for ref in refs if self._is_float(ref)] for refs in joined]
        touched = [self.measurement.touched(head) for head in self.measurement.heads]
        own = [tuple(name for name, sets in applied.items() if sets == {frozenset({i})}) for i in parts]
        return Joining(
            used=tuple(self.depends.get(ref, frozenset()) for ref in self.network.output_refs),
            own=tuple(own),
            common=tuple(
                tuple(
                    name
                    for name, sets in applied.items()
                    if frozenset({i}) in sets and len(sets) > 1 and all(len(one) == 1 for one in sets)
                )
                for i in parts
            ),
            joint=tuple(name for name, sets in applied.items() if any(len(one) > 1 for one in sets)),
            met=tuple(self._met(i, own) for i in parts),
            linear=tuple(self._affine(floats[i]) for i in parts),
            linear_side_by_side=self._affine(self._side_by_side()),
            scores=tuple(all(self._is_score(ref) for ref in floats[i]) for i in parts),
            among_scores=tuple(any(self._is_score(ref) for ref in floats[i]) for i in parts),
            affine_tail=self._affine_tail([ref for refs in floats for ref in refs]),
            trainable=frozenset(p.name for p in self.network.recording.parameters if p.trainable),
            reached=frozenset(name for masks in touched for name, mask in masks.items() if mask.any()),
            disputed=self._disputed(),
        )

    def _change(self) -> None:
        """Note which numbers of every value change with each modality."""
        refs = [node.ref for node in self.nodes]
        for setting in self.settings:
            before = self.network.run(self.x, setting, refs)
            self.values = self.values or dict(zip(refs, before, strict=True))
            for i, block in enumerate(self.blocks):
                for _ in range(CHANGES):
                    other = self.x.copy()
                    other[:, block] = self.x[self.rng.permutation(len(self.x)), block]
                    after = self.network.run(other, setting, refs)
                    for ref, one, two in zip(refs, before, after, strict=True):
                        found = _changes(one, two)
                        known = self.changed[i].get(ref)
                        same = known is not None and known.shape == found.shape
                        self.changed[i][ref] = found | known if same and known is not None else found

    def _weights(self) -> dict[str, frozenset[str]]:
        """For every value that no modality changes, the weights of which it is made."""
        made: dict[str, frozenset[str]] = {name: frozenset({name}) for name in self.measurement.names}
        for node in self.nodes:
            if not self.depends[node.ref]:
                made[node.ref] = frozenset().union(*(made.get(read, frozenset()) for read in node.reads))
        return made

    def _applied(self) -> dict[str, set[frozenset[int]]]:
        """For every weight, on which modalities the values depend that are made with it first."""
        applied: dict[str, set[frozenset[int]]] = defaultdict(set)
        for node in self.nodes:
            for read in node.reads if self.depends[node.ref] else ():
                for name in self.weights.get(read, ()):
                    applied[name].add(self.depends[node.ref])
        return applied

    def _joined(self) -> list[list[str]]:
        """By modality: the values of this one only that are read where another one comes in."""
        read = {read for node in self.nodes if len(self.depends[node.ref]) > 1 for read in node.reads}
        return [[node.ref for node in self.nodes if node.ref in read and self.depends[node.ref] == {i}]
                for i in range(len(self.blocks))]  # fmt: skip

    def _met(self, i: int, own: Sequence[Sequence[str]]) -> frozenset[int]:
        """The modalities that meet this one, when it met no weight of its own yet, on the way to their own encoder."""
        made_of = self._made_of()
        beyond = {ref: made_of[ref] & set(own[j]) for j, refs in enumerate(self._joined()) for ref in refs}
        found: set[int] = set()
        for node in self.nodes:
            single = [read for read in node.reads if len(self.depends.get(read, ())) == 1]
            if len(self.depends[node.ref]) > 1 and any(
                self.depends[read] == {i} and not made_of[read] & set(own[i]) for read in single
            ):
                found |= {min(self.depends[read]) for read in single if self._goes_on(read, beyond, made_of, node)}
        return frozenset(found - {i})

    def _goes_on(
        self, ref: str, beyond: Mapping[str, frozenset[str]], made_of: Mapping[str, frozenset[str]], node: Node
    ) -> bool:
        """Whether a value of one modality meets more weights of its own, and is joined elsewhere after that."""
        return any(
            made_of[ref] & weights < weights and self.depends[later] == self.depends[ref] and later not in node.reads
            for later, weights in beyond.items()
        )

    def _made_of(self) -> dict[str, frozenset[str]]:
        made: dict[str, frozenset[str]] = {name: frozenset({name}) for name in self.measurement.names}
        for node in self.nodes:
            made[node.ref] = frozenset().union(*(made.get(read, frozenset()) for read in node.reads))
        return made

    def _side_by_side(self) -> list[str]:
        """Values of which no single number depends on several modalities, read where numbers of several are mixed."""
        mixed = {node.ref for node in self.nodes if self._mixes(node.ref)}
        read = {read for node in self.nodes if node.ref in mixed for read in node.reads}
        return [ref for ref in self.depends if ref in read - mixed and self.depends[ref] and self._is_float(ref)]

    def _mixes(self, ref: str) -> bool:
        masks = [changed[ref] for changed in self.changed]
        if len({mask.shape for mask in masks}) > 1:
            return len(self.depends[ref]) > 1
        return bool((np.sum(masks, axis=0) > 1).any())

    def _is_float(self, ref: str) -> bool:
        return self.values[ref].dtype.kind == "f"

    def _is_score(self, ref: str) -> bool:
        return self.values[ref].size <= self.network.rows * len(self.network.output_refs)

    def _carriers(self) -> tuple[list[str], list[int]]:
        """What is moved to see whether values are affine: rows of embeddings, and modalities that are numbers.

        A modality of whole numbers that are looked up is as linear as what is done with what was found.
        """
        refs: list[str] = []
        moved: list[int] = []
        for i in range(len(self.blocks)):
            from_codes = [node for node in self.nodes if self.depends[node.ref] == {i} and self._leaves_codes(node)]
            found = [node.ref for node in from_codes if any(self.weights.get(read) for read in node.reads)]
            codes = bool(found) and bool((self.x[:, self.blocks[i]] % 1 == 0).all())
            whole = codes or self.network.recording.dtypes[i].startswith(("int", "uint", "bool"))
            refs += found or ([node.ref for node in from_codes] if whole else [])
            if not whole:
                moved.append(i)
        return refs, moved

    def _leaves_codes(self, node: Node) -> bool:
        """Whether a value of numbers is made from nothing but codes (whole numbers, truths)."""
        reads = [read for read in node.reads if self.depends.get(read)]
        return self._is_float(node.ref) and bool(reads) and not any(self._is_float(read) for read in reads)

    def _affine(self, refs: Sequence[str]) -> bool:
        """Whether values are affine in their modalities: second differences vanish, far and near."""
        if not refs:
            return True
        carriers, moved = self._carriers()
        for setting in self.settings:
            for reach in (1.0, 5.0):
                ends = self._line(setting, carriers, moved, reach)
                up, middle, down = (_flat(self.network.run(x, setting, refs, given)) for x, given in ends)
                if _bends(up, middle, down):
                    return False
        return True

    def _line(
        self, setting: Setting, carriers: Sequence[str], moved: Iterable[int], reach: float
    ) -> list[tuple[Values, dict[str, Values]]]:
        """Three points on a line for every row, the second one halfway; between two rows where others are refused."""
        points = [self.x.copy() for _ in range(3)]
        for i in moved:
            block = self.blocks[i]
            own = self.x[:, block]
            step = np.zeros_like(self.x)
            step[:, block] = reach * (own.std() + 0.1) * self.rng.normal(size=own.shape)
            if self._accepts(self.x + step) and self._accepts(self.x - step):
                points = [points[0] + step, points[1], points[2] - step]
            else:
                other = own[self.rng.permutation(len(own))]
                points[0][:, block], points[1][:, block] = other, (own + other) / 2
        values = self.network.run(points[1], setting, carriers) if carriers else []
        found = dict(zip(carriers, values, strict=True))
        noise = {ref: reach * (_spread(v) + 0.1) * self.rng.normal(size=v.shape) for ref, v in found.items()}
        given = [{ref: value + sign * noise[ref] for ref, value in found.items()} for sign in (1, 0, -1)]
        return list(zip(points, given, strict=True))

    def _accepts(self, x: Values) -> bool:
        try:
            self.network.run(x)
        except ReplayError:
            return False
        return True

    def _affine_tail(self, joined: Sequence[str]) -> bool:
        """Whether something that ranks rows as each output does is affine in what is joined."""
        return bool(joined) and all(
            any(self._affine_in(joined, same) for same in self.measurement.ranking_as(head))
            for head in self.measurement.heads
        )

    def _affine_in(self, joined: Sequence[str], ref: str) -> bool:
        if len(self.depends.get(ref, ())) < 2:
            return False
        for setting in self.settings:
            held = dict(zip(joined, self.network.run(self.x, setting, joined), strict=True))
            noise = {n: 5.0 * (_spread(v) + 0.1) * self.rng.normal(size=v.shape) for n, v in held.items()}
            up, middle, down = (
                _flat(self.network.run(self.x, setting, [ref], {n: v + sign * noise[n] for n, v in held.items()}))
                for sign in (1, 0, -1)
            )
            if _bends(up, middle, down):
                return False
        return True

    def _disputed(self) -> frozenset[str]:
        outputs = self.network.recording.outputs
        if any(output.reached is None for output in outputs):
            return frozenset(self.measurement.names)
        return frozenset(name for output in outputs for name in output.reached or ())


def _changes(before: Values, after: Values) -> Values:
    """Which numbers changed by more than rounding; all of them when the shape did."""
    if before.shape != after.shape:
        return np.ones(after.shape, dtype=bool)
    one, two = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    both = np.isfinite(one) & np.isfinite(two)
    one, two = np.where(both, one, 0.0), np.where(both, two, 0.0)
    found: Values = np.abs(two - one) > 1e-6 * (float(np.abs(one).max(initial=0.0)) + 1e-6)
    return found


def _bends(up: Values, middle: Values, down: Values) -> bool:
    finite = np.isfinite(up) & np.isfinite(middle) & np.isfinite(down)
    up, middle, down = up[finite], middle[finite], down[finite]
    bend = np.abs(up + down - 2 * middle).max(initial=0.0)
    slope = np.abs(up - down).max(initial=0.0) + np.abs(middle).max(initial=0.0) * 1e-3 + 1e-12
    return bool(bend / slope > 1e-4)


def _spread(values: Values) -> float:
    finite = np.asarray(values, dtype=np.float64)[np.isfinite(values)]
    return float(finite.std()) if finite.size else 0.0


def _flat(values: Sequence[Values]) -> Values:
    return np.concatenate([np.asarray(value, dtype=np.float64).ravel() for value in values])
