"""The calibration's page, its plot and its table on the screen, from nothing but the summary."""

import io
import re
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from rich.table import Table

from autograder.calibrate.chances import at_most, interval
from autograder.calibrate.summary import REFERENCE_FAILS, WARNED_PASS, WRONG_PASSES, Row, Summary

NUMBERS: Final = "calibration.json"
PAGE: Final = "calibration.md"
PLOT: Final = "figures/calibration.svg"

COLOURS: Final = {"reference": "#1b6ca8", "reasonable": "#2a9d5c", "weak": "#d98c1f", "wrong": "#b3362b"}
VIEW: Final = {"mae": (0.40, 0.86), "accuracy": (0.36, 0.86)}
"""What the plot shows; what lies outside is an arrow at its edge."""

TEMPLATE: Final = """\
<!-- Made by `autograder calibrate` from the numbers in calibration.json; do not edit. -->
# Calibration of the thresholds

On the hidden wines the MAE must be below **{{ "%.2f"|format(s.thresholds.mae) }}** and the accuracy above \
**{{ "%.2f"|format(s.thresholds.accuracy) }}**.
Students are told to aim, on their own test part, at an MAE below **{{ "%.2f"|format(s.targets.targets.mae) }}** and \
an accuracy above **{{ "%.2f"|format(s.targets.targets.accuracy) }}**. Why these:

| aim | found | met |
|---|---|---|
{% for aim, found, met in aims %}
| {{ aim }} | {{ found }} | {{ "yes" if met else "**no**" }} |
{% endfor %}

Made by `{{ s.command }}`.
Every run has a hidden part, a student's split and a start of its own; it trains with plain framework code and is
scored as the judge scores. What is kept of it is `calibration.json`.

![MAE and accuracy of every recipe, with the thresholds](figures/calibration.svg)

## What recipes reach on the hidden wines

Mean ± standard deviation, then the worst run. *Fails*: one of the thresholds is missed, or both; with the exact
(Clopper-Pearson) 95 % interval. *Weak* is right work that trains too short, too long, too fast or too small. From
*plain Adam* on, a recipe differs from that one in what it is called, and in nothing else.

| recipe | kind | framework | runs | MAE | worst | accuracy | worst | fails | 95 % interval |
|---|---|---|---|---|---|---|---|---|---|
{% for row in s.rows %}
| {{ row.made_of.says }} | {{ row.made_of.kind }} | {{ framework(row) }} | {{ row.runs }} | {{ spread(row.mae) }} | \
{{ "%.3f"|format(row.mae.quantiles[-1]) }} | {{ spread(row.accuracy) }} | \
{{ "%.3f"|format(row.accuracy.quantiles[0]) }} | {{ percent(row.failed / row.runs) }} | {{ between(row) }} |
{% endfor %}

`not normalised` may pass: the criterion `normalisation` tells it, from the data. A wrong network that reaches the
thresholds is told by its structure, its loss or its training; the thresholds are the last of the nets, not the first.

{% if s.tails %}
## How far out the thresholds lie

Of the reference recipe in PyTorch, {{ s.reference("pytorch").runs }} runs.
The distance from the mean is in standard deviations, with its 95 %
bootstrap interval. The chance beyond is extrapolated twice: by a normal distribution, and by a generalised Pareto
distribution of the worst tenth of the runs, which does not suppose that scores are normal; the last column is the upper
end of its 95 % interval.

| score | distance | 95 % interval | normal | Pareto | Pareto at most |
|---|---|---|---|---|---|
{% for name, tail in s.tails.items() %}
| {{ name }} | {{ "%.2f"|format(tail.distance) }} | {{ "%.2f"|format(tail.low) }} to {{ "%.2f"|format(tail.high) }} | \
{{ tiny(tail.normal) }} | {{ tiny(tail.pareto) }} | {{ tiny(tail.pareto_high) }} |
{% endfor %}
{% endif %}

{% if s.agreement %}
## Both frameworks

Keras' runs of the reference recipe against PyTorch's, by Kolmogorov and Smirnov's test:
{% for name, one in s.agreement.items() %}{{ name }} differs by at most {{ "%.3f"|format(one.distance) }} \
(p = {{ "%.2f"|format(one.p) }}){{ ", " if not loop.last }}{% endfor %}.
{% if agree %}Nothing says that they differ; what many runs in PyTorch show holds for Keras too.\
{% else %}They differ: judge Keras by its own runs.{% endif %}


{% endif %}
## What a student's own figures promise

All reasonable and weak recipes of both frameworks, each run counted once, the reference solution left out. *Reach*:
figures on the student's own test part that are better than the thresholds by the margin; a visible check knows no more.
*Fail*: of those, what misses a threshold on the hidden wines. The own test part holds duplicates of training wines and
is easier, and both parts are small: without a margin a narrow pass is no promise.

| margin | MAE below | accuracy above | reach | of them fail | pass at least (95 %) | worst recipe |
|---|---|---|---|---|---|---|
{% for one in s.margins %}
| {{ "%.2f"|format(s.thresholds.mae - one.targets.mae) }} | {{ "%.2f"|format(one.targets.mae) }} | \
{{ "%.2f"|format(one.targets.accuracy) }} | {{ one.reached }} of {{ one.runs }} | {{ one.failed }} | \
{{ percent(one.passes_at_least) }} | {{ one.worst }} |
{% endfor %}
| **as told** | **{{ "%.2f"|format(s.targets.targets.mae) }}** | **{{ "%.2f"|format(s.targets.targets.accuracy) }}** | \
{{ s.targets.reached }} of {{ s.targets.runs }} | {{ s.targets.failed }} | \
{{ percent(s.targets.passes_at_least) }} | {{ s.targets.worst }} |

A recipe that overfits (200 epochs, batch normalisation) looks better on the own test part than it is, because of the
duplicates; one that is trained too little gets over the threshold by luck. No margin helps against both, so that the
threshold itself lies where the first still pass.

## Another threshold

Of the MAE, with everything else as above: how many of the {{ reference }} runs of the reference recipe would fail, how
many of the right runs that reach the figures told, and on how many hidden splits always saying the mean would pass.

| MAE below | reference fails | told, but fails | passes at least (95 %) | the mean passes |
|---|---|---|---|---|
{% for one in s.choices %}
| {{ "%.2f"|format(one.mae) }}{{ " (in use)" if one.mae == s.thresholds.mae }} | {{ one.reference_failed }} | \
{{ one.told.failed }} of {{ one.told.reached }} | {{ percent(one.told.passes_at_least) }} | \
{{ percent(one.constant_passes) }} |
{% endfor %}

The numbers in use were chosen from these runs: the tightest threshold and the mildest figures to aim at that meet the
aims. Other runs will show a little less.

`thresholds` and `targets` stand in `course_config.py`; the task text and the visible checks name the same numbers.
`autograder calibrate` keeps finished runs in `calibration.jsonl` and goes on from there, so that it trains nothing when
all are done: change a number, run it again, and it says which aims are missed (exit status 1).
"""


def write(summary: Summary, folder: Path) -> None:
    """Write page, plot and numbers to `folder`."""
    (folder / PLOT).parent.mkdir(parents=True, exist_ok=True)
    (folder / NUMBERS).write_text(f"{summary.model_dump_json(indent=1)}\n", encoding="utf-8")
    (folder / PAGE).write_text(page(summary), encoding="utf-8")
    (folder / PLOT).write_text(plot(summary), encoding="utf-8")


def read(folder: Path) -> Summary:
    """Return what `write` wrote."""
    return Summary.model_validate_json((folder / NUMBERS).read_text(encoding="utf-8"))


def page(summary: Summary) -> str:
    """Return docs/calibration.md."""
    environment = Environment(autoescape=False, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701  (Markdown, of our own numbers)
    text = environment.from_string(TEMPLATE).render(
        s=summary,
        aims=_aims(summary),
        reference=row.runs if (row := summary.reference("pytorch")) else 0,
        agree=all(one.p > 0.05 for one in summary.agreement.values()),
        framework=_framework,
        spread=lambda one: f"{one.mean:.3f} ± {one.deviation:.3f}",
        percent=_percent,
        tiny=lambda chance: f"{chance:.1g}",
        between=_between,
    )
    return re.sub(r"\n{3,}", "\n\n", text)


def _aims(summary: Summary) -> list[tuple[str, str, bool]]:
    missed = summary.missed()
    row, found = summary.reference("pytorch"), summary.targets
    most = 100 * at_most(row.failed, row.runs) if row else 100.0
    failing = f"{row.failed} of {row.runs} fail: at most {most:.4f} %" if row else "not run"
    passing = f"{found.failed} of {found.reached} fail: at least {_percent(found.passes_at_least)} pass"
    wrong = [one for one in missed if "wrong recipe" in one]
    return [
        (
            f"the reference recipe fails in less than {_percent(REFERENCE_FAILS)} of runs (95 % confidence)",
            failing,
            not any("reference recipe" in one for one in missed),
        ),
        (
            f"right work that reaches these figures passes in at least {_percent(WARNED_PASS)} (95 % confidence)",
            passing,
            not any("targets" in one for one in missed),
        ),
        (
            f"no wrong recipe passes in more than {_percent(WRONG_PASSES)} of runs, but for `not normalised`",
            "; ".join(wrong) or "none does",
            not wrong,
        ),
    ]


def _framework(row: Row) -> str:
    return {"pytorch": "PyTorch", "keras": "Keras", "none": ""}[row.framework]


def _percent(part: float) -> str:
    return f"{100 * part:.2f} %"


def _between(row: Row) -> str:
    low, high = interval(row.failed, row.runs)
    return f"{_percent(low)} to {_percent(high)}"


def table(summary: Summary) -> Table:
    """Return the page's main table for a screen."""
    shown = Table(title="Hidden wines: what recipes reach")
    for heading in ("recipe", "kind", "framework", "runs", "MAE", "accuracy", "fails", "95 % interval"):
        shown.add_column(heading)
    for row in summary.rows:
        scores = [f"{one.mean:.3f} ± {one.deviation:.3f}" for one in (row.mae, row.accuracy)]
        cells = (row.recipe, row.made_of.kind, _framework(row), str(row.runs), *scores)
        shown.add_row(*cells, _percent(row.failed / row.runs), _between(row))
    return shown


# ---------------------------------------- plot


def plot(summary: Summary) -> str:
    """Return docs/figures/calibration.svg: a line for each recipe, from its worst to its best run."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "calibration", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(11, 0.6 + 0.22 * len(summary.rows) + 0.8), layout="constrained")
        panels = figure.subplots(1, 2, sharey=True)
        for axes, name, title in zip(panels, VIEW, ("MAE (points), lower is better", "accuracy"), strict=True):
            _panel(axes, summary, name)
            axes.set(title=title, xlim=VIEW[name])
        labels = [f"{row.made_of.says}  {_framework(row)}".strip() for row in summary.rows]
        panels[0].set_yticks(range(len(labels)), labels)
        panels[0].invert_yaxis()
        figure.supxlabel(
            "hidden wines: median (dot), quartiles (bar), 5 to 95 % (line), extremes (ticks); "
            "red: threshold; dashed: what students aim at on their own test part",
            fontsize=8,
        )
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _panel(axes: Any, summary: Summary, name: str) -> None:
    left, right = VIEW[name]
    for place, row in enumerate(summary.rows):
        lowest, low, quarter, median, three, high, highest = getattr(row, name).quantiles
        colour = COLOURS[row.made_of.kind]
        if median < left or median > right:
            edge, mark = (left, "<") if median < left else (right, ">")
            axes.plot(edge, place, mark, color=colour, clip_on=False)
            axes.annotate(f"{median:.1f} ", (edge, place), xytext=(-8, 0), textcoords="offset points", **_BESIDE)
            continue
        axes.hlines(place, low, high, color=colour, linewidth=1)
        axes.hlines(place, quarter, three, color=colour, linewidth=4)
        axes.plot([lowest, highest], [place, place], "|", color=colour, markersize=5)
        axes.plot(median, place, "o", color="white", markeredgecolor=colour, markersize=4)
    axes.axvline(summary.thresholds[name], color="#b3362b", linewidth=1)
    axes.axvline(summary.targets.targets[name], color="#555555", linewidth=1, linestyle="--")
    axes.grid(axis="x", alpha=0.3)


_BESIDE: Final[dict[str, Any]] = {"ha": "right", "va": "center", "fontsize": 8}
