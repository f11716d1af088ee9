"""Write a loss that was taken apart as a formula with the student's own numbers."""

import math

from autograder.dutch import number
from autograder.judge.loss_forms import Soft, Target
from autograder.judge.loss_terms import Analysis, Finding, Term, steady_signs, threshold_of

OUTPUTS = ("quality", "good")

ZERO_NAMES = ("MSE", "BCE")
"""What a term with weight nil is called: nothing shows what it really is."""


def formula(analysis: Analysis) -> str:
    """Return the loss in a form like `1,00·MSE + 0,50·BCE`; empty when no term was recognised."""
    findings = (analysis.quality, analysis.good)
    parts = [part for head, finding in enumerate(findings) for part in _part(head, finding, analysis.link)]
    if analysis.link == "product":
        return " maal ".join(parts)
    if analysis.link in ("maximum", "minimum"):
        return f"{'max' if analysis.link == 'maximum' else 'min'}({'; '.join(parts)})"
    return " + ".join(parts).replace("+ -", "- ")


def describe(target: Target) -> str:
    """Say in words what a squared error compares with."""
    quality, good, constant = target.mixture
    if target.name == "constant":
        return f"het vaste getal {number(constant)}"
    parts = [f"{short(factor)}·{name}" for factor, name in ((quality, "quality"), (good, "good")) if abs(factor) > 1e-3]
    if abs(constant) > 1e-3:
        parts.append(short(constant))
    return " + ".join(parts).replace("+ -", "- ")


def short(value: float) -> str:
    """Return a number with two decimals, or with as many as its first two digits need."""
    if not math.isfinite(value) or value == 0 or abs(value) >= 0.1:
        return number(value)
    return number(value, min(1 - math.floor(math.log10(abs(value))), 12))


def _part(head: int, finding: Finding, link: str) -> list[str]:
    if finding.state == "zero":
        return [f"{number(0)}·{ZERO_NAMES[head]}"]
    if finding.state == "unknown":
        return [f"(iets met `{OUTPUTS[head]}`)"]
    if finding.term is None:
        return []
    name = _name(head, finding.term)
    if finding.state == "detached":
        name += " (zonder gradiënt)"
    if link in ("product", "varying") and finding.term.scales is not None:
        return [name if link == "product" else f"w·{name}"]
    return [f"{short(finding.term.weight)}·{name}"]


def _name(head: int, term: Term) -> str:
    name = term.form.measure.label
    against, extra = _against(term), _smoothed(term) if isinstance(term.form, Soft) else ""
    if against:
        name += f"({OUTPUTS[head]}; {against})"
    if extra:
        name += f"({extra})"
    if term.form.pairwise:
        name += " over alle paren"
    return f"n·{name}" if term.summed else name


def _against(term: Term) -> str:
    """What the output is compared with, empty when that is its own label."""
    target = term.form.target
    if target.name in ("mixed", "constant"):
        return describe(target)
    if target.name == "levels":
        level = threshold_of(term)
        return f"quality >= {level}" if level is not None else target.label
    return "" if target.name in ("own", "classes") else target.label


def _smoothed(term: Term) -> str:
    """Weights and targets of the two classes, where they are not 1, 0 and 1."""
    if term.form.target.name != "classes" or not steady_signs(term):
        return ""
    bad, good = term.soft_targets()
    weights = term.strengths()
    parts = []
    if abs(bad) > 1e-3 or abs(good - 1) > 1e-3:
        parts.append(f"labels {number(bad)} en {number(good)}")
    if abs(weights[1] - weights[0]) > 1e-3 * abs(weights[0]):
        parts.append(f"goede wijnen {number(weights[1] / weights[0])} keer")
    return ", ".join(parts)


