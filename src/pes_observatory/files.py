"""Writing that survives a kill: whole files or none, and pointers switched in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pes_observatory.errors import AlreadyRunning

CHUNK_BYTES = 1 << 20


@contextmanager
def written_whole(path: Path, *, mode: int = 0o644) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on success it becomes ``path``, synced to disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(mode)
        sync(part)
        part.replace(path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def link_whole(source: Path, path: Path) -> None:
    """Let ``path`` be the very bytes of ``source``: a hard link, a copy where none can be made.

    Only for files that are never written to again, but replaced.
    """
    with written_whole(path) as part:
        part.unlink()
        try:
            os.link(source, part)
        except OSError:
            shutil.copyfile(source, part)


def write_json(path: Path, value: Any, *, mode: int = 0o644) -> None:
    """Write ``value`` as readable JSON, whole or not at all."""
    with written_whole(path, mode=mode) as part:
        part.write_text(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


def read_json(path: Path) -> Any:
    """The JSON value stored at ``path``, or None where there is none."""
    return json.loads(path.read_text()) if path.exists() else None


def switch(pointer: Path, target: str) -> None:
    """Let the symbolic link ``pointer`` name its sibling ``target``, in one step."""
    spare = pointer.with_name(f".{pointer.name}.{os.getpid()}")
    spare.unlink(missing_ok=True)
    spare.symlink_to(target)
    spare.replace(pointer)
    sync(pointer.parent)


def sync(path: Path) -> None:
    """Flush a file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_text(text: str) -> str:
    """The sha256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of_tree(paths: Iterable[Path], *, suffixes: tuple[str, ...]) -> str:
    """One sha256 over the names and bytes of all files with these suffixes below ``paths``."""
    digest = hashlib.sha256()
    for root in paths:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for file in files:
            if file.suffix in suffixes and file.is_file():
                digest.update(f"{file.relative_to(root.parent)}\0".encode())
                digest.update(sha256_of_file(file).encode())
    return digest.hexdigest()


@contextmanager
def only_one(lock_path: Path, sentence: str) -> Iterator[None]:
    """Hold ``lock_path`` while the body runs, or raise AlreadyRunning with ``sentence``.

    The operating system frees the lock when its process ends, however it ends.
    """
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock_path, timeout=0):
            yield
    except Timeout:
        raise AlreadyRunning(sentence) from None
