"""Archives (ZIP, and XLSX that is one), opened only when what they unpack to is bounded.

``zipfile`` never unpacks more of a member than the archive declares for it, so that bounding
what is declared bounds what is unpacked.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from pes_observatory.errors import LoadRejected

ZIP = b"PK\x03\x04"
MOST_BYTES = 200_000_000
MOST_MEMBERS = 5_000


def opened_archive(where: str, content: BinaryIO) -> zipfile.ZipFile:
    """The archive, nothing of it unpacked yet.

    Raises:
        LoadRejected: it is none, is cut, asks for a password, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(content)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise LoadRejected(
            f"{where}: is a cut or damaged archive ({error}); export it again."
        ) from None
    members = archive.infolist()
    declared = sum(member.file_size for member in members)
    if declared > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise LoadRejected(
            f"{where}: unpacks to {declared:,} bytes in {len(members):,} members, more than the "
            f"{MOST_BYTES:,} in {MOST_MEMBERS:,} that a file may have; export less at a time, "
            "such as fewer responses or years, or look at where the file is from."
        )
    if any(member.flag_bits & 1 for member in members):
        raise LoadRejected(f"{where}: asks for a password; save it without one.")
    return archive


def unpacked(where: str, archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of one member.

    Raises:
        LoadRejected: it is cut or damaged.
    """
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise LoadRejected(
            f"{where}: {name} in it is cut or damaged ({error}); export it again."
        ) from None
