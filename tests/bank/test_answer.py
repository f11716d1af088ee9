"""Reading answer files, and making submissions of them."""

import contextlib
import tempfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.answers.answer import read_answer, read_answers
from autograder.answers.submission import submission
from autograder.exceptions import AnswerError
from autograder.notebook import cells as mine

GOOD = '''"""One network."""
# expect: shared_trunk two_networks
# may fail: mae, accuracy        (consequences)
# %% model
model = 1
# %% +after model
extra = 2
# %% -loss
'''


def _write(folder: Path, text: str, name: str = "pytorch/wrong/x.py") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_what_an_answer_changes_and_expects(tmp_path: Path) -> None:
    answer = read_answer(_write(tmp_path, GOOD))
    assert (answer.name, answer.framework, answer.title) == ("pytorch/wrong/x", "pytorch", "One network.")
    assert answer.expected == {"shared_trunk": "two_networks"}
    assert answer.may_fail == {"mae", "accuracy"}
    assert [(c.kind, c.cell, c.source) for c in answer.changes] == [
        ("replace", "model", "model = 1"),
        ("after", "model", "extra = 2"),
        ("delete", "loss", ""),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# expect: full marks\n", "docstring"),
        ('"""x"""\n# %% model\n', "expect"),
        ('"""x"""\n# expect: a b c\n', "must be"),
        ('"""x"""\n# expect: full marks\n# %% not a cell\n', "grade_id"),
        ("def (", "line 1"),
    ],
)
def test_a_malformed_file_gives_one_line_that_names_it(tmp_path: Path, text: str, problem: str) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(AnswerError, match=problem) as caught:
        read_answer(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_folder_names_the_framework(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="pytorch or keras"):
        read_answer(_write(tmp_path, GOOD, "jax/wrong/x.py"))


def test_no_answers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="no such folder"):
        read_answers(tmp_path / "nowhere")
    _write(tmp_path, GOOD)
    with pytest.raises(AnswerError, match="no answer file fits"):
        read_answers(tmp_path, "y*")
    assert len(read_answers(tmp_path, "x")) == 1


@given(st.text())
def test_any_text_is_an_answer_or_an_answer_error(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _write(Path(folder), "")
        path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
        with contextlib.suppress(AnswerError):
            assert read_answer(path).title


def test_a_submission_is_the_reference_with_the_changes(tmp_path: Path, root: Path) -> None:
    answer = read_answer(_write(tmp_path, GOOD))
    name = "multitask_pytorch.ipynb"
    release = nbformat.read(root / "release" / "multitask" / name, as_version=4)
    source = nbformat.read(root / "source" / "multitask" / name, as_version=4)
    made = submission(release, source, answer)
    by_name = {mine.grade_id(cell): cell.source for cell in made.cells if mine.grade_id(cell)}
    assert by_name["model"] == "model = 1"
    assert "loss" not in by_name
    assert "StandardScaler" in by_name["prepare"]
    assert "SOLUTION" not in "".join(by_name.values())
    assert "judged" not in "".join(by_name.values())
    nbformat.validate(made)
    assert release == nbformat.read(root / "release" / "multitask" / name, as_version=4)


def test_a_change_to_a_cell_that_is_not_there_is_an_error(tmp_path: Path, root: Path) -> None:
    answer = read_answer(_write(tmp_path, '"""x"""\n# expect: full marks\n# %% nowhere\n'))
    nb = nbformat.read(root / "source" / "multitask" / "multitask_pytorch.ipynb", as_version=4)
    with pytest.raises(AnswerError, match="nowhere"):
        submission(nb, nb, answer)
