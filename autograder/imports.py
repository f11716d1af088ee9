"""Spare every process of the grader a second at its start: jsonschema compiles a grammar that nothing here uses."""

import importlib
import sys

_GRAMMAR = "rfc3987_syntax"
"""Of the format `iri`, which nbformat's schemas do not have; jsonschema does without where it is not installed."""


def without_grammar() -> None:
    """Import jsonschema as if the grammar were not installed; whoever wants the grammar can import it afterwards."""
    if "jsonschema" in sys.modules or _GRAMMAR in sys.modules:
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # what makes an import fail at once
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMAR]
