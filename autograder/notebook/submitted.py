"""What a student handed in with one notebook, and a digest by which a graded notebook shows what it was made from."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from nbgrader.utils import find_all_files

from autograder.notebook.files import wanted


def small_files(folder: Path, ignore: Sequence[str]) -> dict[str, Path]:
    """Return the files of a submission, or of an assignment's source, that go with its notebooks, by their path.

    `ignore` holds the patterns of nbgrader's CourseDirectory.
    """
    found = (Path(name) for name in find_all_files(str(folder), [*ignore, "*.ipynb"]))
    return {file.relative_to(folder).as_posix(): file for file in sorted(found) if wanted(file)}


def digest_of(folder: Path, notebook: str, ignore: Sequence[str]) -> str:
    """Return the SHA-256 of a submitted notebook and of the files that go with it, nbgrader's timestamp included.

    With the timestamp, a submission that is handed in again is another one, as it is to nbgrader: it may be late now.
    """
    total = hashlib.sha256()
    for name, file in {f"{notebook}.ipynb": folder / f"{notebook}.ipynb", **small_files(folder, ignore)}.items():
        content = file.read_bytes() if file.exists() else b""
        total.update(os.fsencode(name) + f"\0{len(content)}\0".encode() + content)
    return total.hexdigest()
