"""Write a loss that was taken apart as a formula with the student's own numbers."""

import math
from collections.abc import Sequence

from autograder.dutch import number, plain
from autograder.evidence.problem import Head
from autograder.judge.loss_forms import Soft, Target
from autograder.judge.loss_terms import Analysis, Finding, Term, steady_signs, threshold_of

ZERO_NAMES = {"regression": "MSE", "binary": "BCE"}
"""What a term with weight nil is called: nothing shows what it really is."""


def formula(analysis: Analysis, heads: Sequence[Head]) -> str:
    """Return the loss in a form like `1,00·MSE + 0,50·BCE`; empty when no term was recognised."""
    parts = [_part(head, heads, finding, analysis) for head, finding in enumerate(analysis.findings)]
    joined, added = [], []
    for head, (part, finding) in enumerate(zip(parts, analysis.findings, strict=True)):
        varies = finding.term is not None and finding.term.scales is not None
        if analysis.link == "product" and varies:
            joined.append(_power(part, analysis.powers[head]))
        elif analysis.link in ("maximum", "minimum") and varies:
            joined.append(part)
        elif part:
            added.append(part)
    if analysis.link == "product":
        added.insert(0, " maal ".join(joined))
    elif joined:
        added.insert(0, f"{'max' if analysis.link == 'maximum' else 'min'}({'; '.join(joined)})")
    return " + ".join(added).replace("+ -", "- ")


def describe(target: Target, heads: Sequence[Head]) -> str:
    """Say in words what a squared error compares with."""
    *factors, constant = target.mixture
    if target.name == "constant":
        return f"het vaste getal {number(constant)}"
    named = zip(factors, (head.name for head in heads), strict=True)
    parts = [f"{short(factor)}·{name}" for factor, name in named if abs(factor) > 1e-3]
    if abs(constant) > 1e-3:
        parts.append(short(constant))
    return " + ".join(parts).replace("+ -", "- ")


def short(value: float) -> str:
    """Return a number with two decimals, or with as many as its first two digits need."""
    if not math.isfinite(value) or value == 0 or abs(value) >= 0.1:
        return number(value)
    return number(value, min(1 - math.floor(math.log10(abs(value))), 12))


def _part(head: int, heads: Sequence[Head], finding: Finding, analysis: Analysis) -> str:
    if finding.state == "zero":
        return f"{number(0)}·{_of(ZERO_NAMES[heads[head].kind], head, heads)}"
    if finding.state == "unknown":
        return f"(iets met `{heads[head].name}`)"
    if finding.term is None:
        return f"(iets met `{heads[head].name}`, zonder gradiënt)" if finding.state == "detached" else ""
    name = _name(head, heads, finding.term)
    if finding.state == "detached":
        name += " (zonder gradiënt)"
    if analysis.link in ("product", "varying") and finding.term.scales is not None:
        return name if analysis.link == "product" else f"w·{name}"
    return f"{short(finding.term.weight)}·{name}"


def _power(name: str, power: float) -> str:
    return name if abs(power - 1) < 0.01 else f"{name}^{short(power)}"


def _of(name: str, head: int, heads: Sequence[Head], against: str = "") -> str:
    """Say of which output a term is, where its name does not, and what it compares with if not with its own label."""
    alike = sum(one.kind == heads[head].kind for one in heads) > 1
    inside = [heads[head].name] if against or (alike and heads[head].name not in name) else []
    inside += [against] if against else []
    return f"{name}({'; '.join(inside)})" if inside else name


def _name(head: int, heads: Sequence[Head], term: Term) -> str:
    against, extra = _against(term, heads), _smoothed(term, heads[head]) if isinstance(term.form, Soft) else ""
    name = _of(term.form.measure.label, head, heads, against)
    if extra:
        name += f"({extra})"
    if term.form.pairwise:
        name += " over alle paren"
    return f"n·{name}" if term.summed else name


def _against(term: Term, heads: Sequence[Head]) -> str:
    """What the output is compared with, empty when that is its own label."""
    target = term.form.target
    if target.name in ("mixed", "constant"):
        return describe(target, heads)
    if target.name == "levels":
        level = threshold_of(term)
        return f"{target.label} >= {plain(level)}" if level is not None else target.label
    return "" if target.name in ("own", "classes") else target.label


def _smoothed(term: Term, head: Head) -> str:
    """Weights and targets of the two classes, where they are not 1, 0 and 1."""
    if term.form.target.name != "classes" or not steady_signs(term):
        return ""
    low, high = term.soft_targets()
    weights = term.strengths()
    parts = []
    if abs(low) > 1e-3 or abs(high - 1) > 1e-3:
        parts.append(f"labels {number(low)} en {number(high)}")
    if abs(weights[1] - weights[0]) > 1e-3 * abs(weights[0]):
        parts.append(f"`{head.name}` = 1 telt {number(weights[1] / weights[0])} keer")
    return ", ".join(parts)
