"""Answer files: what a known answer changes in the reference solution, and what the judge must say of it."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from autograder.evidence.records import Framework
from autograder.exceptions import AnswerError

FULL_MARKS = "full marks"

_CELL = re.compile(r"^# %% (?P<name>.+)$", re.MULTILINE)
_COMMENT = re.compile(r"^# (?P<key>expect|may fail): (?P<value>.+)$")


@dataclass(frozen=True)
class Change:
    """One cell of an answer file."""

    kind: str
    """`replace` a solution cell, `after` one add a cell of the student's own, `delete` one."""
    cell: str
    source: str = ""


@dataclass(frozen=True)
class Answer:
    """One known answer."""

    name: str
    framework: Framework
    title: str
    expected: dict[str, str]
    """Fault by criterion that must fail, or `unsure`; empty for full marks."""
    may_fail: frozenset[str]
    """Criteria that may fail, pass, be unsure or not be judged: consequences of the mistake."""
    changes: tuple[Change, ...] = field(default=())


def read_answers(folder: Path, pattern: str = "*") -> list[Answer]:
    """Read every answer file `<folder>/**/<framework>/<right|wrong>/<name>.py` whose name fits `pattern`.

    Raises AnswerError when there is none or one is malformed.
    """
    if not folder.is_dir():
        raise AnswerError(f"{folder}: no such folder; answer files are in <folder>/<framework>/<right|wrong>/*.py")
    answers = [read_answer(path) for path in sorted(folder.rglob("*.py"))]
    chosen = [answer for answer in answers if _fits(answer, pattern)]
    if not chosen:
        raise AnswerError(f"{folder}: no answer file fits {pattern!r}")
    return chosen


def _fits(answer: Answer, pattern: str) -> bool:
    path = Path(answer.name)
    return path.match(pattern) or path.match(f"*{pattern}*") or Path(path.name).match(pattern)


def read_answer(path: Path) -> Answer:
    """Read one answer file.  Raises AnswerError in one line that names the file."""
    framework = path.parent.parent.name
    if framework not in ("pytorch", "keras"):
        raise AnswerError(f"{path}: the folder above {path.parent.name}/ must be named pytorch or keras")
    text = path.read_text(encoding="utf-8")
    pieces = _CELL.split(text)
    title = _title(path, pieces[0])
    expected, may_fail = _expectations(path, pieces[0])
    changes = tuple(_change(path, name, source) for name, source in zip(pieces[1::2], pieces[2::2], strict=True))
    return Answer(
        name=f"{framework}/{path.parent.name}/{path.stem}",
        framework="pytorch" if framework == "pytorch" else "keras",
        title=title,
        expected=expected,
        may_fail=may_fail,
        changes=changes,
    )


def _title(path: Path, head: str) -> str:
    try:
        title = ast.get_docstring(ast.parse(head))
    except SyntaxError as error:
        raise AnswerError(f"{path}: line {error.lineno}: {error.msg}; cells start with '# %% <grade_id>'") from None
    except ValueError as error:  # of a null byte, before Python 3.11.4
        raise AnswerError(f"{path}: {error}; an answer is a text file") from None
    if not title:
        raise AnswerError(f"{path}: must start with a docstring that says what the answer is")
    return " ".join(title.split())


def _expectations(path: Path, head: str) -> tuple[dict[str, str], frozenset[str]]:
    expected: dict[str, str] = {}
    may_fail: set[str] = set()
    said = False
    for line in head.splitlines():
        match = _COMMENT.match(line)
        if match is None:
            continue
        value = re.split(r"\s+[(#]", match["value"])[0].strip()
        if match["key"] == "may fail":
            may_fail.update(value.replace(",", " ").split())
        elif value == FULL_MARKS:
            said = True
        else:
            said = True
            words = value.split()
            if len(words) != 2:
                raise AnswerError(f"{path}: '# expect: {value}' must be '<criterion> <fault>' or '{FULL_MARKS}'")
            expected[words[0]] = words[1]
    if not said:
        raise AnswerError(f"{path}: has no line '# expect: ...'")
    return expected, frozenset(may_fail)


def _change(path: Path, name: str, source: str) -> Change:
    name = name.strip()
    if name.startswith("+after "):
        return Change("after", name.removeprefix("+after ").strip(), source.strip("\n"))
    if name.startswith("-"):
        return Change("delete", name[1:].strip())
    if not name.isidentifier():
        raise AnswerError(f"{path}: '# %% {name}' must be a grade_id, '+after <grade_id>' or '-<grade_id>'")
    return Change("replace", name, source.strip("\n"))
