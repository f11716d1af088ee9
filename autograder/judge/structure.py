"""Measure how a recorded network is wired, by changing its weights, inputs and inner values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.exceptions import ReplayError
from autograder.judge.replay.network import Network, Values

DRAWS = 3
"""Random weight settings on which every dependence is looked for; ReLUs may hide one at a single setting."""

MIN_ROWS = 8
"""Rows that a recording needs for anything to be said about how its outputs vary."""

HEADS = ("quality", "good")


@dataclass(frozen=True)
class Structure:
    """One measured record of a two-headed network; parameter names are the framework's own."""

    widths: tuple[int, int]
    """Numbers per row of each output."""
    constant: tuple[bool, bool]
    """Whether each output ignores the input, at the weights as recorded and at others."""
    constant_values: tuple[float, float]
    low: tuple[float, float]
    high: tuple[float, float]
    """Lowest and highest value of each output that any setting of the weights could bring about."""
    shared: tuple[str, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    """Parameters that change just this head."""
    split: tuple[str, ...]
    """Parameters that change both heads, but of which no single number serves both."""
    shared_by_gradient: tuple[str, ...]
    lost: tuple[tuple[str, ...], tuple[str, ...]]
    """Shared trainable parameters that change this head, but whose gradient from it is nil."""
    disputed: tuple[bool, bool]
    """Whether the student's own model sends a gradient to some of `lost` after all."""
    trainable: tuple[str, ...]
    affine_head: tuple[bool, bool]
    """Whether, with nothing shared, the output is an affine function of the input, squashed or not."""
    affine_trunk: bool | None
    """Whether everything that the heads take from the trunk is an affine function of the input; None without trunk."""
    trunk_share: tuple[float, float]
    """Part of each output's variation over wines that comes through the trunk, 0 to 1: the most at any weights."""
    fused: bool
    chained: tuple[bool, bool]
    """Whether this head computes on from the other head's output."""


def measure(network: Network, seed: int) -> Structure:
    """Measure a network with two outputs, quality first.  Raises ReplayError when it cannot be run."""
    return _Measurement(network, np.random.default_rng(seed)).structure()


class _Measurement:
    def __init__(self, network: Network, rng: np.random.Generator) -> None:
        self.network = network
        self.rng = rng
        self.names = [p.name for p in network.recording.parameters if _is_weight(p.kind, p.trainable, p.value)]
        self.confined = False
        self.x = self._inputs()
        self.settings = [self._setting() for _ in range(DRAWS)]
        self.plain = [self._run(setting) for setting in self.settings]

    def structure(self) -> Structure:
        self._check()
        depends = {name: self._depends(name) for name in self.names}
        masks = (self._touched(0), self._touched(1))
        both = tuple(name for name, (q, g) in depends.items() if q and g)
        split = tuple(name for name in both if _disjoint(masks[0][name], masks[1][name]))
        shared = tuple(name for name in both if name not in split)
        only = (
            tuple(name for name, (q, g) in depends.items() if q and not g),
            tuple(name for name, (q, g) in depends.items() if g and not q),
        )
        frontiers = self._frontiers(frozenset(only[0] + only[1] + split))
        values = self.network.outputs(self.network.recording.x)
        low, high = self._ranges(only)
        trainable = {p.name for p in self.network.recording.parameters if p.trainable}
        lost = self._lost(shared, trainable, masks)
        return Structure(
            widths=(values[0].shape[1], values[1].shape[1]),
            constant=(self._constant(0, values[0]), self._constant(1, values[1])),
            constant_values=(float(values[0].flat[0]), float(values[1].flat[0])),
            low=low,
            high=high,
            shared=shared,
            only=only,
            split=split,
            shared_by_gradient=tuple(name for name in self.names if (masks[0][name] & masks[1][name]).any()),
            lost=lost,
            disputed=(self._disputed(0, lost[0]), self._disputed(1, lost[1])),
            trainable=tuple(name for name in self.names if name in trainable),
            affine_head=(False, False) if shared else (self._affine_head(0), self._affine_head(1)),
            affine_trunk=self._affine_trunk(frontiers, frozenset(shared)),
            trunk_share=(self._trunk_share(0, frontiers[0], shared), self._trunk_share(1, frontiers[1], shared)),
            fused=not only[0] and not only[1] and self._fused(masks, split),
            chained=(
                bool(shared) and not only[1] and self._computes_on(0, 1),
                bool(shared) and not only[0] and self._computes_on(1, 0),
            ),
        )

    def _inputs(self) -> Values:
        """Other wines; each column's own values in another order where the network refuses new ones (codes, bins)."""
        x = np.asarray(self.network.recording.x, dtype=np.float64)
        spread = x.std(axis=0, keepdims=True) + 1e-3
        noisy = x + 0.5 * spread * self.rng.normal(size=x.shape)
        if self.network.recording.x.dtype.kind == "f":
            try:
                self.network.run(x + 5.0 * self.rng.normal(size=x.shape))
                self.network.run(noisy)
                return noisy
            except ReplayError:
                pass
        self.confined = True
        return self.rng.permuted(x, axis=0)

    def _setting(self) -> dict[str, Values]:
        """Other weights near the recorded ones; farther away where the outputs are constant there, or no numbers."""
        finite = None
        for scale in (0.3, 0.3, 1.0, 1.0, 3.0, 3.0, 3.0, 0.1, 0.03):
            setting = {name: self._shaken(self.network.weights[name], scale) for name in self.names}
            values = self._run(setting)
            if all(np.isfinite(value).all() for value in values):
                finite = finite or setting
                if not any(_is_constant(value) for value in values):
                    return setting
        if finite is None:
            raise ReplayError("the outputs are not numbers at weights near the model's own")
        return finite

    def _shaken(self, value: Values, scale: float) -> Values:
        spread = scale * (float(np.abs(value).mean()) + 0.3)
        return value + spread * self.rng.normal(size=value.shape)

    def _check(self) -> None:
        """Raise ReplayError where what follows would mean nothing."""
        recorded = [output.value for output in self.network.recording.outputs]
        if self.network.rows < MIN_ROWS or not all(np.isfinite(value).all() for value in recorded):
            raise ReplayError(f"the model's outputs are not numbers, or for fewer than {MIN_ROWS} rows")
        x = self.network.recording.x
        for value, other in zip(recorded, self.network.run(np.flip(x, axis=0)), strict=True):
            if not _is_constant(value) and not _differ(value, other):
                raise ReplayError("the input leaves the framework on its way, so its effect cannot be followed")

    def _depends(self, name: str) -> tuple[bool, bool]:
        found = [False, False]
        for setting, before in zip(self.settings, self.plain, strict=True):
            after = self._run({**setting, name: self._shaken(setting[name], 1.0)})
            for head in (0, 1):
                found[head] |= _differ(before[head], after[head])
            if all(found):
                break
        return found[0], found[1]

    def _run(self, weights: Mapping[str, Values]) -> list[Values]:
        return self.network.run(self.x, weights)

    def _constant(self, head: int, recorded: Values) -> bool:
        """Whether this output ignores the input at any weights: dead units alone may make it do so at some."""
        return _is_constant(recorded) and all(_is_constant(plain[head]) for plain in self.plain)

    def _touched(self, head: int) -> dict[str, Values]:
        """Which numbers of each parameter get a gradient from this head."""
        touched = {name: np.zeros(self.network.weights[name].shape, dtype=bool) for name in self.names}
        for setting in self.settings:
            gradients = self._gradients(head, setting)
            for name in self.names:
                gradient = gradients.get(name)
                if gradient is not None:
                    touched[name] |= gradient != 0
        return touched

    def _gradients(self, head: int, setting: Mapping[str, Values]) -> dict[str, Values | None]:
        output = self.network.recording.outputs[head]
        seed = self.rng.normal(size=output.value.shape)
        return self.network.gradients(self.x, {self.network.output_refs[head]: seed}, setting)

    @staticmethod
    def _lost(
        shared: Sequence[str], trainable: set[str], masks: Sequence[Mapping[str, Values]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        lost = [tuple(name for name in shared if name in trainable and not mask[name].any()) for mask in masks]
        return lost[0], lost[1]

    def _disputed(self, head: int, lost: Sequence[str]) -> bool:
        reached = self.network.recording.outputs[head].reached
        return reached is None or bool(set(reached) & set(lost))

    def _ranges(self, only: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[tuple[float, float], tuple[float, float]]:
        names = only[0] + only[1] if all(only) else tuple(self.names)
        runs = []
        for scale in (1.0, 10.0, 100.0, 1000.0):
            for _ in range(2):
                setting = {name: scale * self.rng.normal(size=self.network.weights[name].shape) for name in names}
                runs.append(self._run(setting))
        quality, good = (np.concatenate([values[head].ravel() for values in runs]) for head in (0, 1))
        return (_lowest(quality), _lowest(good)), (-_lowest(-quality), -_lowest(-good))

    def _frontiers(self, private: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The values that a head's own weights meet first: what the head takes from what comes before it."""
        reads = {node.ref: node.reads for node in self.network.nodes}
        made_of = self._made_of()
        found = []
        for ref in self.network.output_refs[:2]:
            inside = self.network.ancestors(ref)
            taken = {
                read
                for node in inside
                if made_of.get(node, frozenset()) & private
                for read in reads.get(node, ())
                if not made_of[read] & private and self.network.recording.input_ref in made_of[read]
            }
            found.append(frozenset(taken) if made_of[ref] & private else frozenset({ref}))
        return found[0], found[1]

    def _made_of(self) -> dict[str, frozenset[str]]:
        """For every value, the parameters and inputs in its ancestry."""
        roots = {p.name for p in self.network.recording.parameters} | {self.network.recording.input_ref}
        made_of: dict[str, frozenset[str]] = {name: frozenset({name}) for name in roots}
        for node in self.network.nodes:
            made_of[node.ref] = frozenset().union(*(made_of.get(read, frozenset()) for read in node.reads))
        return made_of

    def _affine_trunk(self, frontiers: tuple[frozenset[str], frozenset[str]], shared: frozenset[str]) -> bool | None:
        refs = self._through_trunk(frontiers[0] | frontiers[1], shared)
        return all(self._affine([ref]) for ref in refs) if refs else None

    def _through_trunk(self, refs: frozenset[str], shared: frozenset[str]) -> list[str]:
        made_of = self._made_of()
        return sorted(ref for ref in refs if made_of[ref] & shared)

    def _affine(self, refs: Sequence[str]) -> bool:
        """Whether values are affine in the input: second differences vanish against first ones, far and near."""
        for setting in self.settings:
            for reach in (1.0, 5.0):
                up, middle, down = (self._real(self.network.run(x, setting, refs)) for x in self._line(reach))
                bend = np.abs(up + down - 2 * middle).max(initial=0.0)
                slope = np.abs(up - down).max(initial=0.0) + np.abs(middle).max(initial=0.0) * 1e-3 + 1e-12
                if bend / slope > 1e-4:
                    return False
        return True

    def _line(self, reach: float) -> tuple[Values, Values, Values]:
        """Three points on a line for every row, the second one halfway."""
        if self.confined:
            other = self.x[self.rng.permutation(len(self.x))]
            return self.x, (self.x + other) / 2, other
        step = reach * self.rng.normal(size=self.x.shape)
        return self.x + step, self.x, self.x - step

    @staticmethod
    def _real(values: Sequence[Values]) -> Values:
        return np.concatenate([np.asarray(value, dtype=np.float64).ravel() for value in values])

    def _trunk_share(self, head: int, frontier: frozenset[str], shared: Sequence[str]) -> float:
        through = self._through_trunk(frontier, frozenset(shared))
        if not through:
            return 0.0
        if len(through) == len(frontier):
            return 1.0
        return max(self._share(head, through, setting) for setting in ({}, *self.settings))

    def _share(self, head: int, through: Sequence[str], setting: Mapping[str, Values]) -> float:
        x = np.asarray(self.network.recording.x, dtype=np.float64)
        other = x[self.rng.permutation(len(x))]
        ref = [self.network.output_refs[head]]
        run = self.network.run
        plain = self._real(run(x, setting, ref))
        held = dict(zip(through, run(x, setting, through), strict=True))
        moved = dict(zip(through, run(other, setting, through), strict=True))
        by_trunk = float(((self._real(run(x, setting, ref, moved)) - plain) ** 2).mean())
        beside = float(((self._real(run(other, setting, ref, held)) - plain) ** 2).mean())
        return by_trunk / (by_trunk + beside) if by_trunk + beside > 0 else 0.0

    @staticmethod
    def _fused(masks: Sequence[Mapping[str, Values]], split: Sequence[str]) -> bool:
        """Whether one matrix has a row or column for each output: a single layer with two units."""
        return any(_one_unit_each(masks[0][name], masks[1][name]) for name in split if masks[0][name].ndim == 2)

    def _computes_on(self, head: int, other: int) -> bool:
        """Whether a value that ranks wines exactly as head `other` does is among what `head` is computed from."""
        refs = self.network.output_refs
        common = self.network.ancestors(refs[head]) & self.network.ancestors(refs[other])
        return any(self._moves(head, ref) for ref in self._ranking_as(other, common))

    def _affine_head(self, head: int) -> bool:
        ref = self.network.output_refs[head]
        return any(self._affine([same]) for same in self._ranking_as(head, self.network.ancestors(ref), ties=True))

    def _ranking_as(self, head: int, among: frozenset[str], *, ties: bool = False) -> list[str]:
        """Those values that rank wines exactly as this head does, whatever the weights: it before or after squashing.

        With `ties`, they may rank wines between which the head makes no difference.
        """
        same = sorted(among & {node.ref for node in self.network.nodes})
        for setting in self.settings:
            *values, output = self.network.run(self.x, setting, [*same, self.network.output_refs[head]])
            same = [ref for ref, value in zip(same, values, strict=True) if _same_order(value, output, ties=ties)]
        return same

    def _moves(self, head: int, ref: str) -> bool:
        setting = self.settings[0]
        value = self.network.run(self.x, setting, [ref])[0]
        moved = {ref: value + self.rng.normal(size=value.shape)}
        out = [self.network.output_refs[head]]
        return _differ(
            self.network.run(self.x, setting, out)[0], self.network.run(self.x, setting, out, override=moved)[0]
        )


def _is_weight(kind: str, trainable: bool, value: Values) -> bool:
    return value.dtype.kind == "f" and (kind == "parameter" or trainable)


def _differ(before: Values, after: Values) -> bool:
    before, after = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    both = np.isfinite(before) & np.isfinite(after)
    scale = float(np.abs(before[both]).max(initial=0.0)) + 1e-6
    return bool(np.abs(after[both] - before[both]).max(initial=0.0) > 1e-6 * scale)


def _lowest(values: Values) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.min()) if finite.size else float("nan")


def _is_constant(values: Values) -> bool:
    return bool(np.ptp(values, axis=0).max(initial=0.0) <= 1e-7 * (1 + float(np.abs(values).max(initial=0.0))))


def _same_order(value: Values, output: Values, *, ties: bool) -> bool:
    if value.size != output.size or value.dtype.kind != "f":
        return False
    flat, ranks = np.asarray(value, dtype=np.float64).ravel(), np.asarray(output, dtype=np.float64).ravel()
    rising = flat[np.lexsort((flat if ties else np.arange(flat.size), ranks))]
    falling = flat[np.lexsort((-flat if ties else np.arange(flat.size), ranks))]
    return bool(np.ptp(flat) > 0) and bool((np.diff(rising) >= 0).all() or (np.diff(falling) <= 0).all())


def _disjoint(first: Values, second: Values) -> bool:
    return bool(first.any() and second.any() and not (first & second).any())


def _one_unit_each(first: Values, second: Values) -> bool:
    return any(
        _only(first, axis, unit) and _only(second, axis, 1 - unit)
        for axis in (0, 1)
        if first.shape[axis] == 2
        for unit in (0, 1)
    )


def _only(mask: Values, axis: int, unit: int) -> bool:
    units = np.moveaxis(mask, axis, 0)
    return bool(units[unit].any()) and not bool(units[1 - unit].any())
