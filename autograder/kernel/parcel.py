"""What a kernel is given when it starts, in a file without a name that only the fork itself opens.

The zygote hands the descriptor on and never reads it: a secret in its memory would be in the memory of every kernel.
"""

import io
import json
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

_LETTER = "letter"
_FILES = "files"


@dataclass(frozen=True)
class Letter:
    """How a kernel is started."""

    arguments: tuple[str, ...]
    """Of ipykernel, without the connection file."""
    connection: str
    """The connection file's content."""
    environment: dict[str, str]
    folder: str
    """The working folder; in the sandbox a private copy takes its place."""


_READABLE_BY_ALL = 0o755
_PAGE = 4096
_MOST_FILES = 5000


def pack(letter: Letter, files: Path | None, limit: int) -> int:
    """Return a descriptor of a parcel: the letter, and what `files` holds as far as it fits in half of `limit` bytes.

    The other half is the notebook's own to write in; a file takes whole pages, and one for itself.
    """
    descriptor = os.memfd_create("parcel")
    with os.fdopen(os.dup(descriptor), "wb") as target, tarfile.open(fileobj=target, mode="w") as archive:
        text = json.dumps(asdict(letter)).encode()
        header = tarfile.TarInfo(_LETTER)
        header.size = len(text)
        archive.addfile(header, io.BytesIO(text))
        left = limit // 2
        for path in islice(_plain_files(files), _MOST_FILES) if files is not None else ():
            left -= _PAGE * (2 + path.stat().st_size // _PAGE)
            if left < 0:
                break
            archive.add(path, f"{_FILES}/{path.relative_to(files or path)}", recursive=False)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _plain_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not path.is_symlink() and path.is_file())


def unpack(descriptor: int, folder: Path | None) -> Letter:
    """Read the letter and copy the files into `folder`; closes the descriptor."""
    with os.fdopen(descriptor, "rb") as source, tarfile.open(fileobj=source, mode="r") as archive:
        found = archive.extractfile(_LETTER)
        if found is None:
            raise ValueError("a parcel without a letter")
        content = json.loads(found.read())
        for member in archive.getmembers():
            if folder is not None and member.name.startswith(f"{_FILES}/"):
                _copy(archive, member, folder / member.name.removeprefix(f"{_FILES}/"))
    return Letter(**{**content, "arguments": tuple(content["arguments"])})


def _copy(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file of an archive, for its owner to read and write: tarfile's own way needs Python 3.11.4."""
    content = archive.extractfile(member)
    if content is None:
        raise ValueError(f"a parcel with something else than a file: {member.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as copied:
        shutil.copyfileobj(content, copied)
    target.chmod(member.mode & _READABLE_BY_ALL | stat.S_IRUSR | stat.S_IWUSR)
