"""No process of the grader compiles the grammar that jsonschema would use, and it stays importable."""

import subprocess
import sys

import pytest

CHECK = "import {module}, sys; {more}; print('jsonschema' in sys.modules, {name!r} in sys.modules); import {name}"


@pytest.mark.parametrize(
    ("module", "more"), [("autograder.batch.worker", ""), ("autograder.cli", "import autograder.batch.grading")]
)
def test_the_grammar_is_not_compiled(module: str, more: str) -> None:
    pytest.importorskip("rfc3987_syntax")
    code = CHECK.format(module=module, more=more or "pass", name="rfc3987_syntax")
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True False"
