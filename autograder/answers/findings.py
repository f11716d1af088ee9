"""What a verification found: the figures that rule, every answer behind them, a table, a page to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from rich.table import Table

from autograder.answers.verify import Checked


@dataclass(frozen=True)
class Findings:
    """All answers of a verification, over all its hidden parts."""

    checked: Sequence[Checked]
    statistical: frozenset[str] = frozenset()
    """Criteria on which right work has a small chance to fail: the metrics on hidden rows."""

    @property
    def fair(self) -> bool:
        """Whether no right answer lost a point and no wrong one kept it."""
        return not any(one.false_rejections or one.false_acceptances for one in self.checked)

    @cached_property
    def right(self) -> list[Checked]:
        """Answers that deserve every point."""
        return [one for one in self.checked if not one.answer.expected]

    @property
    def exact(self) -> tuple[int, int]:
        """How many faults got their own name, and how many there were."""
        faults = [(one.got.get(c), fault) for one in self.checked for c, fault in one.answer.expected.items()]
        return sum(got == fault for got, fault in faults), len(faults)

    @property
    def doubted(self) -> int:
        """How many right answers wait for a person."""
        return sum(bool(one.unsure) for one in self.right)

    @property
    def refused(self) -> list[str]:
        """What visible checks said against answers that deserve every point."""
        return [
            f"{one.answer.name} (hidden part {one.seed}): {text}"
            for one in self.right
            for text in one.result.visible_errors
        ]

    @property
    def reached(self) -> tuple[int, int]:
        """How many right answers reached every threshold, and how many should have."""
        due = [one for one in self.right if not one.answer.may_fail & self.statistical]
        return sum(not self.statistical & set(one.got) for one in due), len(due)

    def figures(self) -> list[str]:
        """The figures, a line each."""
        seeds = len({one.seed for one in self.checked})
        answers = len({one.answer.name for one in self.checked})
        lines = [f"answers: {answers}, hidden parts: {seeds}, graded notebooks: {len(self.checked)}"]
        lines += [f"{title}: {len(self._texts(texts))}" for title, texts in _DEVIATIONS]
        lines += [
            _share("faults that got their own name", *self.exact),
            _share("right answers that wait for a person", self.doubted, len(self.right)),
            _share("right answers that reach every threshold", *self.reached),
            f"visible checks that right answers fail: {len(self.refused)}",
        ]
        return lines

    def deviations(self) -> list[str]:
        """Every answer that was not judged as expected, with what the judge said."""
        return [
            f"{title}: {one.answer.name} (hidden part {one.seed}): {text}{_why(one, text)}"
            for title, texts in _DEVIATIONS
            for one, text in self._texts(texts)
        ] + [f"visible check: {text}" for text in self.refused]

    def _texts(self, texts: Callable[[Checked], list[str]]) -> list[tuple[Checked, str]]:
        return [(one, text) for one in self.checked for text in texts(one)]

    def rows(self) -> list[tuple[bool, tuple[str, str, str, str]]]:
        """One line for each answer: whether it was judged as expected; answer, expected, got, points.

        Where hidden parts differ, all that was got is there.
        """
        ordered = sorted(self.checked, key=lambda one: (one.answer.name, one.seed))
        return [_row(list(group)) for _, group in groupby(ordered, key=lambda one: one.answer.name)]

    def table(self) -> Table:
        """The rows on a terminal."""
        table = Table(title="Known answers")
        for name in ("answer", "expected", "got"):
            table.add_column(name, overflow="fold")
        table.add_column("points", justify="right", no_wrap=True)
        for as_expected, row in self.rows():
            table.add_row(*row, style=None if as_expected else "bold red")
        return table

    def page(self, assignment: str) -> str:
        """All of it as Markdown."""
        parts = [f"# The judge of `{assignment}` against known answers", _bullets(self.figures())]
        parts += ["## Not as expected", _bullets(self.deviations()) or "Nothing."]
        lines = ["| answer | expected | got | points |", "|---|---|---|---:|"]
        lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for _, row in self.rows()]
        return "\n\n".join([*parts, "## Every answer", "\n".join(lines)]) + "\n"


_DEVIATIONS: tuple[tuple[str, Callable[[Checked], list[str]]], ...] = (
    ("false rejections", lambda one: one.false_rejections),
    ("false acceptances", lambda one: one.false_acceptances),
    ("misnamed faults", lambda one: one.misnamed),
    ("unsure", lambda one: one.unsure),
)


def _row(of_answer: Sequence[Checked]) -> tuple[bool, tuple[str, str, str, str]]:
    answer, maximum = of_answer[0].answer, of_answer[0].result.maximum
    expected = ", ".join(f"{c} {f}" for c, f in answer.expected.items()) or "full marks"
    got = dict.fromkeys(", ".join(f"{c} {f}" for c, f in one.got.items()) or "full marks" for one in of_answer)
    points = sorted({one.result.points for one in of_answer})
    span = f"{points[0]:g}" if len(points) == 1 else f"{points[0]:g}-{points[-1]:g}"
    as_expected = not any(texts(one) for _, texts in _DEVIATIONS for one in of_answer)
    return as_expected, (answer.name, expected, " / ".join(got), f"{span}/{maximum:g}")


def _share(title: str, part: int, whole: int) -> str:
    return f"{title}: {part} of {whole} ({100 * part / whole:.1f} %)" if whole else f"{title}: none to judge"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _why(one: Checked, text: str) -> str:
    criterion = text.split(maxsplit=1)[0]
    said = [verdict.message for verdict in one.result.verdicts if verdict.criterion == criterion] or one.flags
    return f": {'; '.join(said)}" if said else ""
