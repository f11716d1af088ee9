"""Tables about a class for the terminal."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table

from autograder.report.results import NotebookResult


def students_table(results: Sequence[NotebookResult]) -> Table:
    """One line per student: the points of each notebook, their mean, and what failed with the named fault."""
    notebooks = sorted({result.notebook for result in results})
    table = Table(title="Students", show_lines=True)
    table.add_column("student", no_wrap=True)
    for name in notebooks:
        table.add_column(_short(name, notebooks), justify="right", no_wrap=True)
    table.add_column("mean", justify="right", no_wrap=True)
    table.add_column("failed criteria (fault)", overflow="fold")
    for student in sorted({result.student for result in results}):
        own = {result.notebook: result for result in results if result.student == student}
        points = [f"{own[name].points:g}/{own[name].maximum:g}" if name in own else "-" for name in notebooks]
        mean = sum(result.points for result in own.values()) / max(len(notebooks), 1)
        failed = {_short(name, notebooks): what_failed(own[name]) for name in notebooks if name in own}
        lines = [f"{name}: {text}" for name, text in failed.items() if text]
        table.add_row(student, *points, f"{mean:.2f}".rstrip("0").rstrip("."), "\n".join(lines) or "-")
    return table


def what_failed(result: NotebookResult) -> str:
    """Name what a notebook lost points on, and why a person should look."""
    parts = [f"{v.criterion} ({v.fault})" for v in result.verdicts if v.status == "fail"]
    parts += [f"{v.criterion} (unsure)" for v in result.verdicts if v.status == "unsure"]
    waiting = sum(v.status == "not_judged" for v in result.verdicts)
    if waiting:
        parts.append(f"{waiting} not judged")
    if result.needs_person:
        parts.append(f"needs a person: {result.remarks[0]}" if result.remarks else "needs a person")
    return "; ".join(parts)


def criteria_table(results: Iterable[NotebookResult]) -> Table:
    """One line per criterion, by number of failures: where the class struggles."""
    failed: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    faults: dict[str, Counter[str]] = {}
    for result in results:
        for verdict in result.verdicts:
            judged[verdict.criterion] += 1
            if verdict.status == "fail":
                failed[verdict.criterion] += 1
                faults.setdefault(verdict.criterion, Counter())[str(verdict.fault)] += 1
    table = Table(title="Criteria by number of failures")
    table.add_column("criterion", no_wrap=True)
    table.add_column("failed", justify="right")
    table.add_column("of", justify="right")
    table.add_column("faults", overflow="fold")
    for criterion, total in sorted(judged.items(), key=lambda item: (-failed[item[0]], item[0])):
        named = ", ".join(f"{fault} {count}" for fault, count in faults.get(criterion, Counter()).most_common())
        table.add_row(criterion, str(failed[criterion]), str(total), named or "-")
    return table


def _short(name: str, names: Sequence[str]) -> str:
    return name.rsplit("_", 1)[-1] if len(names) > 1 else name
