"""Let nbgrader do once what it would do again for every cell and for every look at its gradebook."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from nbgrader import api
from nbgrader.nbgraderformat import common


@contextmanager
def thrifty() -> Iterator[None]:
    """While this lasts: one engine for each gradebook, its tables made once, and the schemas of cells checked once."""
    before = api.create_engine, api.Base.metadata.create_all, common.jsonschema
    api.create_engine = _engine
    api.Base.metadata.create_all = _once_each(before[1])
    common.jsonschema = SimpleNamespace(validate=_validate)
    try:
        yield
    finally:
        api.create_engine, api.Base.metadata.create_all, common.jsonschema = before


_engine = lru_cache(maxsize=4)(api.create_engine)
"""nbgrader makes an engine for every look at its gradebook, some twenty a submission; each would compile all queries.

Closing a gradebook closes the engine's connections: nothing else outlives it.
"""


def _once_each(make_tables: Callable[..., None]) -> Callable[..., None]:
    made: set[Any] = set()

    def once(bind: Any) -> None:
        if bind not in made:
            make_tables(bind=bind)
            made.add(bind)

    return once


def _validate(instance: Any, schema: dict[str, Any]) -> None:
    """As `jsonschema.validate`, which checks the schema itself each time."""
    error = jsonschema.exceptions.best_match(_validator(json.dumps(schema)).iter_errors(instance))
    if error is not None:
        raise error


@lru_cache(maxsize=16)
def _validator(schema: str) -> Any:
    made = json.loads(schema)
    kind = jsonschema.validators.validator_for(made)
    kind.check_schema(made)
    return kind(made)
