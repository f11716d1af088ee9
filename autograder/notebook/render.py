"""A test cell's verdicts as the student reads them: HTML, plain text, and the points as nbgrader wants them."""

import re
from collections.abc import Mapping, Sequence

from jinja2 import Environment
from markupsafe import Markup, escape
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.dutch import number
from autograder.judge.verdicts import Status, Verdict

LABELS: Mapping[Status, str] = {
    "pass": "in orde",
    "fail": "niet in orde",
    "unsure": "wacht op je docent",
    "not_judged": "niet beoordeeld",
}


def _code(text: str) -> Markup:
    """Show what stands between backticks as code; everything else stays text."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  (escaped first)


_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_ENVIRONMENT.filters["code"] = _code

_HTML = _ENVIRONMENT.from_string(
    """\
<table cellpadding="4" style="text-align:left">
<thead><tr><th>criterium</th><th>oordeel</th><th>punten</th><th>toelichting</th></tr></thead>
<tbody>
{% for row in rows %}
<tr><td><code>{{ row.criterion }}</code></td><td>{{ row.label }}</td><td>{{ row.points }}</td>\
<td>{{ row.message|code }}{% if row.hint %}<br><em>{{ row.hint|code }}</em>{% endif %}\
{% if row.remark %}<br>Opmerking: {{ row.remark|code }}{% endif %}</td></tr>
{% endfor %}
</tbody></table>
{% for note in notes %}
<p>Je docent kijkt dit na: {{ note|code }}</p>
{% endfor %}
"""
)

_PLAIN = "{criterion}: {label} ({points}) {message} {hint}"


def points_for(verdicts: Sequence[Verdict], rubric: Mapping[str, float]) -> float:
    """Sum the points of the criteria that pass."""
    return float(sum(rubric[v.criterion] for v in verdicts if v.status == "pass"))


def outputs(verdicts: Sequence[Verdict], rubric: Mapping[str, float], notes: Sequence[str]) -> list[NotebookNode]:
    """Return all outputs of a judged cell: the rendered verdicts, then the points as a plain float."""
    rows = [_row(verdict, rubric[verdict.criterion]) for verdict in verdicts]
    plain = [_PLAIN.format(**row).rstrip() for row in rows]
    plain += [f"Je docent kijkt dit na: {note}" for note in notes]
    shown = new_output(
        "display_data",
        data={"text/html": _HTML.render(rows=rows, notes=notes), "text/plain": "\n".join(plain)},
    )
    value = points_for(verdicts, rubric)
    return [shown, new_output("execute_result", data={"text/plain": repr(value)}, execution_count=None)]


def _row(verdict: Verdict, points: float) -> dict[str, str]:
    earned = points if verdict.status == "pass" else 0.0
    return {
        "criterion": verdict.criterion,
        "label": LABELS[verdict.status],
        "points": f"{number(earned, 2 if earned % 1 else 0)} / {number(points, 2 if points % 1 else 0)}",
        "message": verdict.message,
        "hint": verdict.hint,
        "remark": verdict.remark,
    }
