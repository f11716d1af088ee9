"""Measure how a recorded network is wired, by changing its weights, inputs and inner values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, combinations, pairwise, permutations

import numpy as np

from autograder.exceptions import ReplayError
from autograder.judge.replay.network import Network, Values

DRAWS = 3
"""Random weight settings on which every dependence is looked for; ReLUs may hide one at a single setting."""

MIN_ROWS = 8
"""Rows that a recording needs for anything to be said about how its outputs vary."""


@dataclass(frozen=True)
class Structure:
    """One measured record of a network; tuples go by head, parameter names are the framework's own."""

    widths: tuple[int, ...]
    """Numbers per row of each output."""
    constant: tuple[bool, ...]
    """Whether each output ignores the input, at the weights as recorded and at others."""
    constant_values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    """Lowest and highest value of each output that any setting of the weights could bring about."""
    shared: tuple[str, ...]
    """Parameters that change several heads."""
    of_head: tuple[tuple[str, ...], ...]
    """Those of `shared` that change this head."""
    only: tuple[tuple[str, ...], ...]
    """Parameters that change just this head."""
    split: tuple[str, ...]
    """Parameters that change several heads, but of which no single number serves two."""
    apart: tuple[tuple[int, int], ...]
    """Pairs of heads that share nothing."""
    shared_by_gradient: tuple[str, ...]
    lost: tuple[tuple[str, ...], ...]
    """Shared trainable parameters that change this head, but whose gradient from it is nil."""
    disputed: tuple[bool, ...]
    """Whether the student's own model sends a gradient to some of `lost` after all."""
    trainable: tuple[str, ...]
    affine_head: tuple[bool, ...]
    """Whether, with nothing shared, the output is an affine function of the input, squashed or not."""
    affine_trunk: bool | None
    """Whether everything that the heads take from the trunk is an affine function of the input; None without trunk."""
    trunk_share: tuple[float, ...]
    """Part of each output's variation over rows that comes through the trunk, 0 to 1: the most at any weights."""
    fused: tuple[int, int] | None
    """Two heads that are units of one layer."""
    chained: tuple[int | None, ...]
    """Another head on whose output this head computes on."""


def measure(network: Network, seed: int) -> Structure:
    """Measure a network of which every output is a head.  Raises ReplayError when it cannot be run."""
    return Measurement(network, np.random.default_rng(seed)).structure()


def passes_nothing(network: Network, structure: Structure, seed: int) -> bool:
    """Whether the trunk, at its own weights, gives every wine the same and gets no gradient, whatever the heads weigh.

    Both are asked: a trunk that starts at zero but gets a gradient (ReZero, LayerScale) will learn, and one that gets
    none because the heads start at zero will do so after a step.
    """
    rng = np.random.default_rng(seed)
    private = [*chain(*structure.only), *structure.split]
    trunk = set(structure.shared) & set(structure.trainable)
    for _ in range(DRAWS):
        heads = {name: rng.normal(size=network.weights[name].shape) for name in private}
        x = network.recording.x
        values = network.run(x, heads)
        if not all(is_constant(value) for value in values):
            return False
        for ref, value in zip(network.output_refs, values, strict=True):
            gradients = next(network.gradients(x, ref, [rng.normal(size=value.shape)], heads))
            if any(np.any(gradients.get(name)) for name in trunk if gradients.get(name) is not None):
                return False
    return True


class Measurement:
    """A network at several settings of its weights, and what is measured there."""

    def __init__(self, network: Network, rng: np.random.Generator) -> None:
        self.network = network
        self.heads = range(len(network.output_refs))
        self.rng = rng
        self.names = [p.name for p in network.recording.parameters if _is_weight(p.kind, p.trainable, p.value)]
        self.confined = False
        self.x = self._inputs()
        self.settings = [self._setting() for _ in range(DRAWS)]
        self.plain = [self._run(setting) for setting in self.settings]

    def structure(self) -> Structure:
        """Measure everything.  Raises ReplayError where it would mean nothing."""
        self.check()
        heads = self.heads
        depends = {name: self._depends(name) for name in self.names}
        masks = [self.touched(head) for head in heads]
        several = tuple(name for name, found in depends.items() if len(found) > 1)
        split = tuple(name for name in several if _disjoint([masks[head][name] for head in sorted(depends[name])]))
        shared = tuple(name for name in several if name not in split)
        of_head = tuple(tuple(name for name in shared if head in depends[name]) for head in heads)
        only = tuple(tuple(name for name, found in depends.items() if found == {head}) for head in heads)
        frontiers = self._frontiers(frozenset(chain(*only, split)))
        values = self.network.outputs(self.network.recording.x)
        low, high = self._ranges(only)
        trainable = {p.name for p in self.network.recording.parameters if p.trainable}
        lost = tuple(
            tuple(name for name in of_head[head] if name in trainable and not masks[head][name].any()) for head in heads
        )
        apart = tuple(pair for pair in combinations(heads, 2) if not set(of_head[pair[0]]) & set(of_head[pair[1]]))
        loose = frozenset(chain(*apart))
        return Structure(
            widths=tuple(value.shape[1] for value in values),
            constant=tuple(self._constant(head, values[head]) for head in heads),
            constant_values=tuple(float(value.flat[0]) for value in values),
            low=low,
            high=high,
            shared=shared,
            of_head=of_head,
            only=only,
            split=split,
            apart=apart,
            shared_by_gradient=tuple(name for name in self.names if _meet([mask[name] for mask in masks])),
            lost=lost,
            disputed=tuple(self.disputed(head, lost[head]) for head in heads),
            trainable=tuple(name for name in self.names if name in trainable),
            affine_head=tuple(head in loose and self._affine_head(head) for head in heads),
            affine_trunk=self._affine_trunk(frontiers, frozenset(shared)),
            trunk_share=tuple(self._trunk_share(head, frontiers[head], of_head[head]) for head in heads),
            fused=next((pair for pair in combinations(heads, 2) if self._fused(pair, only, masks, split)), None),
            chained=tuple(self._chained(head, of_head, only) for head in heads),
        )

    def _inputs(self) -> Values:
        """Other rows; each column's own values in another order where the network refuses new ones (codes, tokens)."""
        x = np.asarray(self.network.recording.x, dtype=np.float64)
        if self.network.recording.x.dtype.kind != "f":
            self.confined = True
            return self.rng.permuted(x, axis=0)
        spread = x.std(axis=0, keepdims=True) + 1e-3
        noisy = x + 0.5 * spread * self.rng.normal(size=x.shape)
        if self._accepts(x + 5.0 * self.rng.normal(size=x.shape)) and self._accepts(noisy):
            return noisy
        self.confined = True
        permuted = self.rng.permuted(x, axis=0)
        for start, end in pairwise(accumulate(self.network.recording.widths, initial=0)):
            other = permuted.copy()
            other[:, start:end] = noisy[:, start:end]
            if self._accepts(other):
                permuted = other
        return permuted

    def _accepts(self, x: Values) -> bool:
        try:
            self.network.run(x)
        except ReplayError:
            return False
        return True

    def _setting(self) -> dict[str, Values]:
        """Other weights near the recorded ones; farther away where the outputs are constant there, or no numbers."""
        finite = None
        for scale in (0.3, 0.3, 1.0, 1.0, 3.0, 3.0, 3.0, 0.1, 0.03):
            setting = {name: self._shaken(self.network.weights[name], scale) for name in self.names}
            values = self._run(setting)
            if all(np.isfinite(value).all() for value in values):
                finite = finite or setting
                if not any(is_constant(value) for value in values):
                    return setting
        if finite is None:
            raise ReplayError("the outputs are not numbers at weights near the model's own")
        return finite

    def _shaken(self, value: Values, scale: float) -> Values:
        spread = scale * (float(np.abs(value).mean()) + 0.3)
        return value + spread * self.rng.normal(size=value.shape)

    def check(self) -> None:
        """Raise ReplayError where what follows would mean nothing."""
        recorded = [output.value for output in self.network.recording.outputs]
        if self.network.rows < MIN_ROWS or not all(np.isfinite(value).all() for value in recorded):
            raise ReplayError(f"the model's outputs are not numbers, or for fewer than {MIN_ROWS} rows")
        x = self.network.recording.x
        for value, other in zip(recorded, self.network.run(np.flip(x, axis=0)), strict=True):
            if not is_constant(value) and not differ(value, other):
                raise ReplayError("the input leaves the framework on its way, so its effect cannot be followed")

    def _depends(self, name: str) -> frozenset[int]:
        """The heads that a parameter changes."""
        found: set[int] = set()
        for setting, before in zip(self.settings, self.plain, strict=True):
            after = self._run({**setting, name: self._shaken(setting[name], 1.0)})
            found |= {head for head in self.heads if differ(before[head], after[head])}
            if len(found) == len(self.heads):
                break
        return frozenset(found)

    def _run(self, weights: Mapping[str, Values]) -> list[Values]:
        return self.network.run(self.x, weights)

    def _constant(self, head: int, recorded: Values) -> bool:
        """Whether this output ignores the input at any weights: dead units alone may make it do so at some."""
        return is_constant(recorded) and all(is_constant(plain[head]) for plain in self.plain)

    def touched(self, head: int) -> dict[str, Values]:
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
        return next(self.network.gradients(self.x, self.network.output_refs[head], [seed], setting))

    def disputed(self, head: int, lost: Sequence[str]) -> bool:
        """Whether the student's own model, unlike the replay, sends a gradient from this head to some of `lost`."""
        reached = self.network.recording.outputs[head].reached
        return reached is None or bool(set(reached) & set(lost))

    def _ranges(self, only: tuple[tuple[str, ...], ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
        names = [*chain(*only)] if all(only) else self.names
        runs = []
        for scale in (1.0, 10.0, 100.0, 1000.0):
            for _ in range(2):
                setting = {name: scale * self.rng.normal(size=self.network.weights[name].shape) for name in names}
                runs.append(self._run(setting))
        found = [np.concatenate([values[head].ravel() for values in runs]) for head in self.heads]
        return tuple(_lowest(values) for values in found), tuple(-_lowest(-values) for values in found)

    def _frontiers(self, private: frozenset[str]) -> list[frozenset[str]]:
        """The values that a head's own weights meet first: what the head takes from what comes before it."""
        reads = {node.ref: node.reads for node in self.network.nodes}
        made_of = self._made_of()
        found = []
        for ref in self.network.output_refs:
            inside = self.network.ancestors(ref)
            taken = {
                read
                for node in inside
                if made_of.get(node, frozenset()) & private
                for read in reads.get(node, ())
                if not made_of[read] & private and self.network.recording.input_ref in made_of[read]
            }
            found.append(frozenset(taken) if made_of[ref] & private else frozenset({ref}))
        return found

    def _made_of(self) -> dict[str, frozenset[str]]:
        """For every value, the parameters and inputs in its ancestry."""
        roots = {p.name for p in self.network.recording.parameters} | {self.network.recording.input_ref}
        made_of: dict[str, frozenset[str]] = {name: frozenset({name}) for name in roots}
        for node in self.network.nodes:
            made_of[node.ref] = frozenset().union(*(made_of.get(read, frozenset()) for read in node.reads))
        return made_of

    def _affine_trunk(self, frontiers: Sequence[frozenset[str]], shared: frozenset[str]) -> bool | None:
        refs = self._through_trunk(frozenset(chain(*frontiers)), shared)
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
    def _fused(
        pair: tuple[int, int],
        only: Sequence[Sequence[str]],
        masks: Sequence[Mapping[str, Values]],
        split: Sequence[str],
    ) -> bool:
        """Whether two heads without weights of their own have a row or column each of one matrix: one layer's units."""
        if only[pair[0]] or only[pair[1]]:
            return False
        found = [[mask[name] for mask in masks] for name in split if masks[0][name].ndim == 2]
        return any(_one_unit_each(by_head, *pair) for by_head in found)

    def _chained(self, head: int, of_head: Sequence[Sequence[str]], only: Sequence[Sequence[str]]) -> int | None:
        others = [other for other in self.heads if other != head and of_head[head] and not only[other]]
        return next((other for other in others if self._computes_on(head, other)), None)

    def _computes_on(self, head: int, other: int) -> bool:
        """Whether a value that ranks rows exactly as head `other` does is among what `head` is computed from."""
        refs = self.network.output_refs
        common = self.network.ancestors(refs[head]) & self.network.ancestors(refs[other])
        return any(self._moves(head, ref) for ref in self._ranking_as(other, common))

    def _affine_head(self, head: int) -> bool:
        return any(self._affine([same]) for same in self.ranking_as(head))

    def ranking_as(self, head: int) -> list[str]:
        """Return what a head is computed from and ranks rows as it does: the head before squashing, and itself."""
        return self._ranking_as(head, self.network.ancestors(self.network.output_refs[head]), ties=True)

    def _ranking_as(self, head: int, among: frozenset[str], *, ties: bool = False) -> list[str]:
        """Those values that rank rows exactly as this head does, whatever the weights: it before or after squashing.

        With `ties`, they may rank rows between which the head makes no difference.
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
        return differ(
            self.network.run(self.x, setting, out)[0], self.network.run(self.x, setting, out, override=moved)[0]
        )


def _is_weight(kind: str, trainable: bool, value: Values) -> bool:
    return value.dtype.kind == "f" and (kind == "parameter" or trainable)


def differ(before: Values, after: Values) -> bool:
    """Whether two values of one shape differ by more than rounding."""
    before, after = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    both = np.isfinite(before) & np.isfinite(after)
    scale = float(np.abs(before[both]).max(initial=0.0)) + 1e-6
    return bool(np.abs(after[both] - before[both]).max(initial=0.0) > 1e-6 * scale)


def _lowest(values: Values) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.min()) if finite.size else float("nan")


def is_constant(values: Values) -> bool:
    """Whether every row is the same."""
    return bool(np.ptp(values, axis=0).max(initial=0.0) <= 1e-7 * (1 + float(np.abs(values).max(initial=0.0))))


def _same_order(value: Values, output: Values, *, ties: bool) -> bool:
    if value.size != output.size or value.dtype.kind != "f":
        return False
    flat, ranks = np.asarray(value, dtype=np.float64).ravel(), np.asarray(output, dtype=np.float64).ravel()
    rising = flat[np.lexsort((flat if ties else np.arange(flat.size), ranks))]
    falling = flat[np.lexsort((-flat if ties else np.arange(flat.size), ranks))]
    return bool(np.ptp(flat) > 0) and bool((np.diff(rising) >= 0).all() or (np.diff(falling) <= 0).all())


def _meet(masks: Sequence[Values]) -> bool:
    return any(bool((first & second).any()) for first, second in combinations(masks, 2))


def _disjoint(masks: Sequence[Values]) -> bool:
    return all(mask.any() for mask in masks) and not _meet(masks)


def _one_unit_each(masks: Sequence[Values], first: int, second: int) -> bool:
    units = sum(bool(mask.any()) for mask in masks)
    return any(
        _only(masks[first], axis, unit) and _only(masks[second], axis, other)
        for axis in (0, 1)
        if masks[first].shape[axis] == units
        for unit, other in permutations(range(units), 2)
    )


def _only(mask: Values, axis: int, unit: int) -> bool:
    """Whether this unit alone is touched."""
    units = np.moveaxis(mask, axis, 0)
    return bool(units[unit].any()) and not np.delete(units, unit, axis=0).any()
