"""SDMX-ML 2.1 and 3.0 data, generic or structure-specific, alone or in a ZIP.

The message is read by sdmx1. A structure-specific message does not say which of its attributes
are dimensions: a data structure beside it in the ZIP does, else the names below are known to be
none. Eurostat answers a large query with a footer that says where the data will be.
Format: https://github.com/sdmx-twg/sdmx-ml
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

import pyarrow as pa
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import ZIP, opened_archive, unpacked
from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.observations import LongTable
from pes_observatory.read.job import Job
from pes_observatory.sql import literal

if TYPE_CHECKING:
    from sdmx.message import DataMessage

MOST_BYTES = 100_000_000
TIME = "TIME_PERIOD"
_ATTRIBUTES = {
    *("OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "CONF_STATUS_OBS", "OBS_CONF", "OBS_PRE_BREAK"),
    *("OBS_COM", "OBS_QUAL", "OBS_TYPE", "COMMENT", "UNIT_MULT", "DECIMALS", "TIME_FORMAT"),
    *("TITLE", "TITLE_FR", "TITLE_EN", "TITLE_COMPL", "COLLECTION", "COLL_METHOD", "BASE_PER"),
    *("LAST_UPDATE", "EMBARGO_TIME", "AVAILABILITY", "SOURCE_AGENCY", "DATE_JO", "ACTION"),
}
_FLAGS = ("OBS_FLAG", "OBS_STATUS")
_CONFIDENTIALITY = ("CONF_STATUS", "CONF_STATUS_OBS", "OBS_CONF")


def read_sdmx_ml(job: Job) -> LongTable:
    """The long table of one message; ``row_no`` counts its observations from 1.

    Raises:
        LoadRejected: it is no SDMX-ML of these versions, declares entities, has no data, or is
            too large.
    """
    from sdmx.message import DataMessage, MetadataMessage  # takes half a second, rarely needed

    data, structure = _messages(job)
    message = _parsed(job.where, data, structure)
    if not isinstance(message, DataMessage) or isinstance(message, MetadataMessage):
        raise LoadRejected(f"{job.where}: is SDMX-ML without data; check fetch.url.")
    rows = list(_rows(message))
    if not rows:
        texts = [str(text) for text in message.footer.text] if message.footer else []
        said = f" ({texts[0].removeprefix('en: ')[:200].rstrip('.')})" if texts else ""
        raise LoadRejected(f"{job.where}: has no observation{said}; ask for less, or for SDMX-CSV.")
    names = list(dict.fromkeys(name for row, _ in rows for name in row if name != TIME))
    columns = {
        f"d{number}": [row.get(name) for row, _ in rows] for number, name in enumerate(names)
    }
    columns["time_period"] = [row.get(TIME) for row, _ in rows]
    for name in ("value_raw", "flag_raw", "unit_mult"):
        columns[name] = [told[name] for _, told in rows]
    typed = {name: pa.array(column, pa.string()) for name, column in columns.items()}
    view = job.view("sdmx_ml", pa.table({"row_no": range(1, len(rows) + 1), **typed}))
    said_at = message.header.extracted if message.header else None  # not prepared: our request
    return LongTable(
        f"SELECT * FROM {view}",
        {name.lower(): f"d{number}" for number, name in enumerate(names)},
        provider_updated_at=in_iso(literal(str(said_at))) if said_at else "NULL",
        unit_mult="coalesce(TRY_CAST(unit_mult AS INTEGER), 0)",
    )


def _messages(job: Job) -> tuple[bytes, bytes | None]:
    """The bytes of the data, and of the data structure where one is beside it."""
    with job.path.open("rb") as stream:
        is_zip = stream.read(len(ZIP)) == ZIP
        stream.seek(0)
        if not is_zip:
            return _bounded(job.where, stream), None
        archive = opened_archive(job.where, stream)
        names = [name for name in archive.namelist() if name.lower().endswith(".xml")]
        files = [unpacked(job.where, archive, name) for name in names]
    structures = [content for content in files if _root(job.where, content)[1] == "Structure"]
    data = [content for content in files if content not in structures]
    if len(data) != 1:
        raise LoadRejected(f"{job.where}: has {len(data)} messages of data, expected one.")
    return _bounded(job.where, io.BytesIO(data[0])), structures[0] if structures else None


def _bounded(where: str, stream: BinaryIO) -> bytes:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise LoadRejected(
            f"{where}: is more than {MOST_BYTES:,} bytes of SDMX-ML; ask for SDMX-CSV, which is "
            "read whatever its size."
        )
    return content


def _root(where: str, content: bytes) -> tuple[str, str]:
    """Namespace and name of the root; entities can be declared before it alone, and are refused."""
    try:
        _, root = next(iterparse(io.BytesIO(content), events=("start",), forbid_dtd=True))
    except DefusedXmlException:
        raise LoadRejected(
            f"{where}: declares a document type, which SDMX-ML never does; look at where the "
            "file is from."
        ) from None
    except (ParseError, StopIteration, ValueError, LookupError) as error:
        raise LoadRejected(f"{where}: is not XML ({error}); fetch it again.") from None
    namespace, _, name = str(root.tag).removeprefix("{").rpartition("}")
    return namespace, name


def _parsed(where: str, content: bytes, structure: bytes | None) -> Any:
    namespace, name = _root(where, content)
    if "v2_1" not in namespace and "v3_0" not in namespace:
        raise LoadRejected(
            f"{where}: is {name} of {namespace or 'no namespace'}, expected data in SDMX-ML 2.1 "
            "or 3.0; ask for that version, or for SDMX-CSV."
        )
    logging.getLogger("sdmx").setLevel(logging.CRITICAL)
    try:
        with redirect_stdout(io.StringIO()):  # sdmx1 prints what it gives up on
            return _message(content, structure)
    except Exception as error:  # sdmx1 lets through what its parsers raise, of any type
        raise LoadRejected(
            f"{where}: is not SDMX-ML that can be read ({type(error).__name__}); fetch it again, "
            "or ask for SDMX-CSV."
        ) from error


def _message(content: bytes, structure: bytes | None) -> Any:
    import sdmx
    from sdmx.message import StructureMessage

    given = sdmx.read_sdmx(io.BytesIO(structure)) if structure else None
    known = next(iter(given.structure.values())) if isinstance(given, StructureMessage) else None
    return sdmx.read_sdmx(io.BytesIO(content), structure=known)


def _rows(message: DataMessage) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each observation: its dimensions, and its value, flag and multiplier as printed."""
    for dataset in message.data:
        of_dataset = {name: str(each.value) for name, each in dataset.attrib.items()}
        for observation in dataset.obs:
            key = {name: str(each.value) for name, each in observation.key.values.items()}
            told = {name: str(each.value) for name, each in observation.attrib.items()}
            said = {**of_dataset, **key, **told}
            flag = next((said[name] for name in _FLAGS if name in said), "")
            secret = next((said[name] for name in _CONFIDENTIALITY if name in said), "")
            yield (
                {name: value for name, value in key.items() if name not in _ATTRIBUTES},
                {
                    "value_raw": "" if observation.value is None else str(observation.value),
                    "flag_raw": flag if secret in ("", "F") else f"{flag}|{secret}",
                    "unit_mult": said.get("UNIT_MULT", "0"),
                },
            )
