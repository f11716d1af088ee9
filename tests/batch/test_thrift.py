"""nbgrader finds the same with less work, and is afterwards as it was."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from nbgrader import api
from nbgrader.nbgraderformat import common, v3

from autograder.batch.thrift import thrifty

SCHEMA = v3.MetadataValidatorV3().schema
GRADED = {
    "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False,
    "grade_id": "cell-1", "points": 1, "cell_type": "code", "checksum": 32 * "0",
}


def said(metadata: Any, schema: Any = SCHEMA) -> str:
    try:
        common.jsonschema.validate(metadata, schema)
    except (jsonschema.ValidationError, jsonschema.SchemaError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize(
    "changes",
    [{}, {"grade_id": "not allowed!"}, {"points": -1}, {"grade": "yes", "points": None}, {"more": 1}],
    ids=str,
)
def test_metadata_of_cells_are_judged_alike(changes: dict[str, Any]) -> None:
    expected = said({**GRADED, **changes})
    with thrifty():
        for _ in range(2):
            assert said({**GRADED, **changes}) == expected
    assert bool(expected) == bool(changes)


def test_a_schema_that_is_none_is_still_refused() -> None:
    wrong = {"type": "no such type"}
    expected = said({}, wrong)
    assert expected.startswith("SchemaError")
    with thrifty():
        assert said({}, wrong) == expected


def test_every_gradebook_gets_its_tables_and_what_was_written_is_read_elsewhere(tmp_path: Path) -> None:
    for name in ("one", "other"):
        address = f"sqlite:///{tmp_path / name}.db"
        with thrifty():
            for student in ("ann", "bob"):
                with api.Gradebook(address) as gradebook:
                    gradebook.add_student(student)
        with api.Gradebook(address) as gradebook:
            assert sorted(student.id for student in gradebook.students) == ["ann", "bob"]


def test_a_gradebook_that_was_removed_is_made_again(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'grades.db'}"
    for _ in range(2):
        with thrifty(), api.Gradebook(address) as gradebook:
            assert gradebook.students == []
        (tmp_path / "grades.db").unlink()


def test_nbgrader_is_afterwards_as_it_was() -> None:
    def parts() -> tuple[Any, ...]:
        return api.create_engine, api.Base.metadata.create_all, common.jsonschema

    before = parts()
    with thrifty():
        outer = parts()
        with pytest.raises(KeyError), thrifty():
            raise KeyError
        assert parts() == outer
    assert parts() == before
