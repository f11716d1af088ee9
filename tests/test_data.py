"""What is hidden of a table stays hidden, whatever the table; every folder gets the same data file."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from problems import MULTITASK

from autograder.course import Course
from autograder.data import SEED_FILE, SEED_VARIABLE, ensure_hidden_seed, hidden_seed, ignored, place, split_hidden
from autograder.evidence.problem import Problem
from autograder.exceptions import DataError
from autograder.notebook import files
from autograder.notebook.files import Material
from autograder.tables import passengers
from autograder.wines import DATA_FILE, GOOD_FROM, TARGET, load_wines

# No shrinking: an example is a whole file, and the first that fails says enough.
few = settings(max_examples=20, deadline=None, database=None, phases=[Phase.explicit, Phase.generate])
seeds = st.integers(min_value=0, max_value=2**128 - 1)


@pytest.fixture(scope="session")
def wines() -> pd.DataFrame:
    return load_wines()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the examples of one property may share: each overwrites the file of the one before."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SEED_VARIABLE, raising=False)


def as_text(
    wines: pd.DataFrame, separator: str = ",", spaces: bool = True, quoted: bool = False, end: str = "\n"
) -> str:
    """Write the wines as someone else would have: the defaults give Kaggle's form."""
    names = [column.replace("_", " ") if spaces else column for column in wines.columns]
    header = separator.join(f'"{name}"' if quoted else name for name in names)
    rows = [separator.join(f"{value:.15g}" for value in row) for row in wines.itertuples(index=False)]
    return end.join([header, *rows, ""])


def in_another_order(wines: pd.DataFrame, order: int) -> pd.DataFrame:
    return wines.iloc[np.random.default_rng(order).permutation(len(wines))]


def rows_of(frame: pd.DataFrame) -> set[tuple[float, ...]]:
    return set(frame.itertuples(index=False, name=None))


# ---------------------------------------- the hidden part


@few
@given(seed=seeds)
def test_no_row_is_in_both_parts_and_only_hidden_duplicates_are_dropped(
    wines: pd.DataFrame, seed: int
) -> None:
    parts = split_hidden(wines, MULTITASK, seed)
    hidden = rows_of(parts.hidden)
    assert len(hidden) == len(parts.hidden)
    assert not hidden & rows_of(parts.students)
    kept = [row for row in wines.itertuples(index=False, name=None) if row not in hidden]
    assert sorted(parts.students.itertuples(index=False, name=None)) == kept


@few
@given(seed=seeds)
def test_a_fifth_of_the_rows_is_hidden_in_the_same_proportion_of_good_wines(
    wines: pd.DataFrame, seed: int
) -> None:
    students = split_hidden(wines, MULTITASK, seed).students
    assert len(wines) - len(students) == pytest.approx(0.2 * len(wines), abs=6)
    for good in (True, False):
        of_all = ((wines[TARGET] >= GOOD_FROM) == good).sum()
        of_students = ((students[TARGET] >= GOOD_FROM) == good).sum()
        # A group has at most six identical rows, so the nearest cut is at most three rows off.
        assert of_all - of_students == pytest.approx(0.2 * of_all, abs=3)


@few
@given(seed=seeds, order=seeds)
def test_the_split_depends_on_the_seed_and_not_on_the_order_of_the_rows(
    wines: pd.DataFrame, seed: int, order: int
) -> None:
    first, second = split_hidden(wines, MULTITASK, seed), split_hidden(in_another_order(wines, order), MULTITASK, seed)
    assert_frame_equal(first.students, second.students, check_exact=True)
    assert_frame_equal(first.hidden, second.hidden, check_exact=True)


def test_other_seeds_hide_other_wines(wines: pd.DataFrame) -> None:
    hidden = {frozenset(rows_of(split_hidden(wines, MULTITASK, seed).hidden)) for seed in range(20)}
    assert len(hidden) == 20


def test_both_parts_keep_the_canonical_columns_and_have_an_index_of_their_own(wines: pd.DataFrame) -> None:
    parts = split_hidden(wines, MULTITASK, 1)
    for part in (parts.students, parts.hidden):
        assert part.dtypes.equals(wines.dtypes)
        assert part.index.equals(pd.RangeIndex(len(part)))


def test_the_first_80_percent_of_the_students_part_is_like_the_rest(wines: pd.DataFrame) -> None:
    for seed in range(10):
        students = split_hidden(wines, MULTITASK, seed).students
        cut = int(0.8 * len(students))
        first, rest = students[:cut], students[cut:]
        # 0.5 sd is over six standard errors of the difference; on sorted rows it is more than two sd.
        distance = (first.mean() - rest.mean()).abs() / students.std()
        assert distance.max() < 0.5


@pytest.mark.parametrize("fraction", [0.1, 0.35, 0.9])
def test_the_hidden_fraction_can_be_chosen(wines: pd.DataFrame, fraction: float) -> None:
    students = split_hidden(wines, MULTITASK, 3, fraction).students
    assert len(wines) - len(students) == pytest.approx(fraction * len(wines), abs=6)


@pytest.mark.parametrize("fraction", [-0.1, 0.0, 1.0, float("nan")])
def test_a_fraction_that_leaves_one_part_empty_is_refused(wines: pd.DataFrame, fraction: float) -> None:
    with pytest.raises(DataError, match=r"fraction .* is not between 0 and 1"):
        split_hidden(wines, MULTITASK, 3, fraction)


def test_a_negative_seed_is_refused(wines: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="seed -1 is negative"):
        split_hidden(wines, MULTITASK, -1)


# ---------------------------------------- any other table

PEOPLE = Problem(
    table="people.csv",
    inputs=({"name": "X", "columns": ("age", "town")},),  # type: ignore[arg-type]
    heads=({"name": "well", "kind": "binary", "column": "well", "term": "well_term"},),  # type: ignore[arg-type]
    group=("family",),
    cells={},
)


def people(rows: int = 400) -> pd.DataFrame:
    """Families of four with some ages and towns missing, some without a family name, and twins that are one row."""
    rng = np.random.default_rng(3)
    table = pd.DataFrame(
        {
            "age": rng.integers(0, 5000, rows) * 1.0,
            "town": rng.choice(["Gent", "Brugge", "Aalst"], rows),
            "well": rng.integers(0, 2, rows),
            "family": [f"family {place // 4}" for place in range(rows)],
        }
    )
    table.loc[::7, "age"] = np.nan
    table.loc[::11, "town"] = None
    for one, other in ((100, 200), (101, 301), (50, 60)):
        table.loc[one, ["age", "town", "well"]] = table.loc[other, ["age", "town", "well"]]
    table.loc[:20, "family"] = None
    return table


def as_texts(table: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(table.astype(str).itertuples(index=False, name=None))


def test_identical_rows_stay_together_with_text_and_missing_values() -> None:
    table, problem = people(), PEOPLE.model_copy(update={"group": ()})
    parts = split_hidden(table, problem, 1)
    assert not as_texts(parts.students) & as_texts(parts.hidden)
    assert as_texts(parts.students) | as_texts(parts.hidden) == as_texts(table)
    assert not parts.hidden.duplicated().any()


def test_whole_families_are_hidden_and_their_names_stay_with_the_grader() -> None:
    table = people().assign(number=range(400))
    parts = split_hidden(table, PEOPLE, 1)
    assert list(parts.students.columns) == list(parts.hidden.columns) == ["age", "town", "well", "number"]
    family = table.set_index("number")["family"]
    hidden = set(family[parts.hidden["number"]].dropna())
    assert len(hidden) > 10
    assert not hidden & set(family[parts.students["number"]].dropna())
    assert len(parts.hidden) == pytest.approx(80, abs=4)


def test_who_travelled_together_on_the_titanic_is_in_one_part() -> None:
    table = passengers()
    problem = PEOPLE.model_copy(
        update={
            "inputs": (PEOPLE.inputs[0].model_copy(update={"columns": ("pclass", "age", "name")}),),
            "heads": (PEOPLE.heads[0].model_copy(update={"column": "survived"}),),
            "group": ("ticket", "surname"),
        }
    )
    parts = split_hidden(table, problem, 4)
    tickets = table.set_index("name")["ticket"]
    for of in (lambda part: set(tickets[part["name"]]), lambda part: set(part["name"].str.split(",").str[0])):
        assert not of(parts.students) & of(parts.hidden)
    assert len(parts.hidden) == pytest.approx(0.2 * len(table), abs=12)
    assert parts.hidden["survived"].mean() == pytest.approx(table["survived"].mean(), abs=0.05)


def test_the_order_of_any_tables_rows_does_not_matter() -> None:
    table = people()
    first, second = split_hidden(table, PEOPLE, 5), split_hidden(in_another_order(table, 2), PEOPLE, 5)
    assert_frame_equal(first.students, second.students, check_exact=True)
    assert_frame_equal(first.hidden, second.hidden, check_exact=True)


def test_without_a_binary_label_thirds_of_the_values_are_in_proportion(wines: pd.DataFrame) -> None:
    head = MULTITASK.heads[0].model_copy(update={"column": "alcohol"})
    problem = MULTITASK.model_copy(update={"heads": (head,), "metrics": ()})
    parts = split_hidden(wines, problem, 3)
    limits = wines["alcohol"].quantile([1 / 3, 2 / 3]).to_numpy()
    shares = np.bincount(np.searchsorted(limits, parts.hidden["alcohol"], side="right")) / len(parts.hidden)
    assert shares == pytest.approx(np.full(3, 1 / 3), abs=0.05)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda table: table.drop(columns="town"), "has no column town"),
        (lambda table: table.drop(columns="family"), "has no column family"),
        (lambda table: table.assign(well="yes"), "has no numbers as well"),
        (lambda table: table.assign(well=np.where(table.index == 6, np.nan, 1.0)), "row 7 has no finite number"),
        (lambda table: table.assign(well=table["well"] + 1), "has other values than 0 and 1 as well"),
        (lambda table: table.assign(well=1), "the same label in every row"),
        (lambda table: table[:24].assign(well=[1] + [0] * 23), "has too few groups of rows of one kind"),
    ],
)
def test_a_table_that_does_not_fit_the_problem_gives_one_line(
    change: Callable[[pd.DataFrame], pd.DataFrame], problem: str
) -> None:
    with pytest.raises(DataError) as caught:
        split_hidden(change(people()), PEOPLE, 1)
    message = str(caught.value)
    assert message.startswith("people.csv: ")
    assert problem in message
    assert "course_config.py" in message
    assert len(message.splitlines()) == 1


# ---------------------------------------- the seed


def test_the_seed_comes_from_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SEED_FILE).write_text("7\n")
    monkeypatch.setenv(SEED_VARIABLE, "12")
    assert hidden_seed(tmp_path) == ensure_hidden_seed(tmp_path) == 12
    monkeypatch.setenv(SEED_VARIABLE, "")
    assert hidden_seed(tmp_path) == ensure_hidden_seed(tmp_path) == 7


@pytest.mark.usefixtures("no_variable")
def test_without_a_seed_one_line_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        hidden_seed(tmp_path)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert str(tmp_path / SEED_FILE) in message
    assert "autograder build" in message
    assert SEED_VARIABLE in message


@pytest.mark.usefixtures("no_variable")
@pytest.mark.parametrize(
    "text", ["", "seven", "1.5", "-3", "0x10", "1_000", "1 2", "\u0661", "9" * 50, "\xff"]
)
@pytest.mark.parametrize("seed_of", [hidden_seed, ensure_hidden_seed])
def test_a_seed_file_that_holds_no_whole_number_is_refused_without_repeating_it(
    tmp_path: Path, text: str, seed_of: Callable[[Path], int]
) -> None:
    (tmp_path / SEED_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        seed_of(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / SEED_FILE}: does not hold a whole number from 0 on; "
        "delete it and run `autograder build`, which writes one"
    )
    assert (tmp_path / SEED_FILE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("seed_of", [hidden_seed, ensure_hidden_seed])
def test_a_variable_that_holds_no_whole_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed_of: Callable[[Path], int]
) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "secret")
    with pytest.raises(DataError, match=rf"^environment variable {SEED_VARIABLE}: does not hold") as caught:
        seed_of(tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.usefixtures("no_variable")
def test_a_seed_that_is_made_is_kept_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    seed = ensure_hidden_seed(tmp_path)
    assert hidden_seed(tmp_path) == ensure_hidden_seed(tmp_path) == seed
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / SEED_FILE).stat().st_mode) == 0o600


@pytest.mark.usefixtures("no_variable")
def test_two_courses_get_two_seeds(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert ensure_hidden_seed(tmp_path / "one") != ensure_hidden_seed(tmp_path / "two")


@pytest.mark.usefixtures("no_variable")
def test_a_seed_that_another_build_wrote_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_build(bits: int) -> int:
        (tmp_path / SEED_FILE).write_text("41\n")
        return 42

    monkeypatch.setattr("autograder.data.secrets.randbits", other_build)
    assert ensure_hidden_seed(tmp_path) == 41


@pytest.mark.usefixtures("no_variable")
def test_a_seed_that_cannot_be_read_or_written_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        ensure_hidden_seed(tmp_path / "nowhere")
    (tmp_path / SEED_FILE).mkdir()
    with pytest.raises(DataError, match="cannot be read"):
        hidden_seed(tmp_path)


# ---------------------------------------- the data of a course's assignments


def course(**settings: object) -> Course:
    return Course.model_validate(
        {
            "assignments": {
                "exercise": {"notebooks": {"n": "pytorch"}, "problem": MULTITASK.model_dump()},
                "lesson": {"notebooks": {"l": "pytorch"}, "data": ("adult.csv",)},
                "second": {"notebooks": {"m": "pytorch"}, "data": ("red_wines.csv",)},
            },
            **settings,
        }
    )


def both(material: Material) -> tuple[pd.DataFrame, pd.DataFrame]:
    parts = material.parts(MULTITASK)
    assert parts is not None
    return parts.students, parts.hidden


def test_a_course_has_the_split_of_its_own_seed(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in (5, 6):
        monkeypatch.setenv(SEED_VARIABLE, str(seed))
        students, hidden = both(files.material(tmp_path, course(), "exercise"))
        expected = split_hidden(wines, MULTITASK, seed)
        assert_frame_equal(students, expected.students, check_exact=True)
        assert_frame_equal(hidden, expected.hidden, check_exact=True)


def test_a_course_loads_its_table_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "8")
    files.material(tmp_path, course(), "exercise")

    def again(source: str) -> pd.DataFrame:
        raise AssertionError("loaded a second time")

    monkeypatch.setattr("autograder.wines.load_wines", again)
    files.material(tmp_path, course(), "exercise")


def test_what_a_caller_does_to_its_rows_changes_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "9")
    students, hidden = both(files.material(tmp_path, course(), "exercise"))
    students[TARGET] = 0
    hidden.loc[0, "alcohol"] = -1.0
    students, hidden = both(files.material(tmp_path, course(), "exercise"))
    assert students[TARGET].min() == 3
    assert hidden["alcohol"].min() > 0


def test_a_relative_source_starts_at_the_course_root(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "10")
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "red.csv").write_text(as_text(wines))
    _, hidden = both(files.material(tmp_path, course(data_source="downloads/red.csv"), "exercise"))
    assert_frame_equal(hidden, split_hidden(wines, MULTITASK, 10).hidden, check_exact=True)


@pytest.mark.usefixtures("no_variable")
def test_an_assignment_without_a_problem_needs_no_seed(tmp_path: Path) -> None:
    material = files.material(tmp_path, course(), "lesson")
    assert list(material.tables) == ["adult.csv"]
    assert material.parts(None) is None
    with pytest.raises(DataError, match="no seed"):
        files.material(tmp_path, course(), "exercise")


def test_another_assignment_hands_out_nothing_that_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "11")
    students, _ = both(files.material(tmp_path, course(), "exercise"))
    second = files.material(tmp_path, course(), "second")
    assert second.hidden is None
    assert_frame_equal(second.tables[DATA_FILE], students, check_exact=True)


# ---------------------------------------- the data file in a folder


def test_a_placed_file_reads_back_as_the_very_same_frame(wines: pd.DataFrame, tmp_path: Path) -> None:
    students = split_hidden(wines, MULTITASK, 1).students
    path = place(students, tmp_path, DATA_FILE)
    assert path == tmp_path / DATA_FILE
    assert_frame_equal(pd.read_csv(path), students, check_exact=True)
    assert [file.name for file in tmp_path.iterdir()] == [DATA_FILE]


def test_a_placed_file_is_the_same_bytes_each_time_and_readable_by_others(
    wines: pd.DataFrame, tmp_path: Path
) -> None:
    first = place(wines, tmp_path, DATA_FILE).read_bytes()
    assert place(wines, tmp_path, DATA_FILE).read_bytes() == first
    assert b"\r" not in first
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / DATA_FILE).stat().st_mode) == 0o644


def test_a_read_only_file_is_replaced(wines: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / DATA_FILE).write_text("the student's own")
    (tmp_path / DATA_FILE).chmod(0o444)
    assert_frame_equal(pd.read_csv(place(wines, tmp_path, DATA_FILE)), wines, check_exact=True)


@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_a_symbolic_link_is_replaced_and_what_it_points_to_is_left_alone(
    wines: pd.DataFrame, tmp_path: Path, target: str
) -> None:
    (tmp_path / "file").write_text("precious")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").write_text("precious")
    work = tmp_path / "work"
    work.mkdir()
    (work / DATA_FILE).symlink_to(tmp_path / target)
    path = place(wines, work, DATA_FILE)
    assert not path.is_symlink()
    assert_frame_equal(pd.read_csv(path), wines, check_exact=True)
    assert (tmp_path / "file").read_text() == (tmp_path / "folder" / "inside").read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_hard_link_to_the_data_keeps_its_content(wines: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    (tmp_path / DATA_FILE).hardlink_to(tmp_path / "file")
    place(wines, tmp_path, DATA_FILE)
    assert (tmp_path / "file").read_text() == "precious"


def test_a_folder_of_that_name_is_replaced_and_its_links_are_not_followed(
    wines: pd.DataFrame, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    outside.chmod(0o755)
    (outside / "file").write_text("precious")
    work = tmp_path / "work"
    inner = work / DATA_FILE / "inner"
    inner.mkdir(parents=True)
    (inner / "file").write_text("x")
    (work / DATA_FILE / "link").symlink_to(outside)
    inner.chmod(0o500)
    inner.parent.chmod(0o500)
    assert_frame_equal(pd.read_csv(place(wines, work, DATA_FILE)), wines, check_exact=True)
    assert (outside / "file").read_text() == "precious"
    assert stat.S_IMODE(outside.stat().st_mode) == 0o755


def test_a_folder_that_is_not_there_gives_one_line(wines: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        place(wines, tmp_path / "nowhere", DATA_FILE)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'nowhere' / DATA_FILE}: cannot be written (")
    assert len(message.splitlines()) == 1


def test_nothing_is_left_behind_when_placing_fails(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DATA_FILE).write_text("old")

    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.data.os.replace", full)
    with pytest.raises(DataError, match="No space left on device"):
        place(wines, tmp_path, DATA_FILE)
    assert [file.name for file in tmp_path.iterdir()] == [DATA_FILE]
    assert (tmp_path / DATA_FILE).read_text() == "old"


def test_stock_nbgrader_copies_neither_the_data_file_nor_what_an_interrupted_placing_leaves(
    wines: pd.DataFrame, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    place(wines, tmp_path, DATA_FILE)
    place(wines, tmp_path / "inner", DATA_FILE)
    (tmp_path / f".{DATA_FILE}.abc123").write_text("half")
    (tmp_path / "notes.md").write_text("copied as ever")
    # What nbgrader's converters use for every file that is not a notebook.
    find_all_files = importlib.import_module("nbgrader.utils").find_all_files
    copied = [Path(file).name for file in find_all_files(str(tmp_path), ignored([DATA_FILE]))]
    assert copied == ["notes.md"]


