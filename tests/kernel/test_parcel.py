"""What goes into a parcel comes out of it: the letter, and the files with their folders."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.kernel.parcel import Letter, pack, unpack

LETTER = Letter(("--log-level=ERROR",), '{"key": "k"}', {"LANG": "nl_NL.UTF-8"}, "")
ROOM = 10_000_000
LETTERS = st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["C"])
NAMES = st.text(LETTERS, min_size=1, max_size=20)


def _round_trip(source: Path, target: Path) -> dict[str, bytes]:
    source.mkdir(exist_ok=True)
    target.mkdir()
    assert unpack(pack(LETTER, source, ROOM), target) == LETTER
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES.filter(lambda name: name not in (".", "..")), st.binary(max_size=300), max_size=5))
def test_files_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("parcel")
    inner = folder / "in" / "data"
    inner.mkdir(parents=True)
    for name, content in files.items():
        (inner / name).write_bytes(content)
    found = _round_trip(folder / "in", folder / "out")
    assert found == {f"data/{name}": content for name, content in files.items()}


def test_a_file_with_two_names_comes_out_twice(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_bytes(b"rood")
    os.link(source / "a.txt", source / "b.txt")
    assert _round_trip(source, tmp_path / "out") == {"a.txt": b"rood", "b.txt": b"rood"}


def test_a_script_can_still_be_run_and_a_locked_file_be_written(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "run.sh").write_text("echo", encoding="utf-8")
    (source / "run.sh").chmod(0o777)
    (source / "locked").write_text("", encoding="utf-8")
    (source / "locked").chmod(0o400)
    _round_trip(source, tmp_path / "out")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()}
    assert modes == {"run.sh": 0o755, "locked": 0o600}
