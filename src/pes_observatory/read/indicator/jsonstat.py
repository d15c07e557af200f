"""JSON-stat 2.0, and the older 1.x with its bundles of data sets.

``value`` and ``status`` go by position, the last dimension running fastest: an array of every
cell, or an object of those that there are (``{"17": 4.2}``). Eurostat writes confidentiality
behind a bar (``"p|C"``). In 1.x ``id``, ``size`` and ``role`` stand inside ``dimension``, and
data sets inside an object by name; of several, ``read.sheet`` names the one that is meant.
Format: https://json-stat.org/full/
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa

from pes_observatory.errors import LoadRejected
from pes_observatory.read.indicator.dates import in_iso
from pes_observatory.read.indicator.json_text import parsed_json
from pes_observatory.read.indicator.observations import AREA_DIMENSIONS, LongTable
from pes_observatory.read.indicator.wide import TIME_NAMES
from pes_observatory.read.job import Job
from pes_observatory.sql import literal

MOST_CELLS = 5_000_000  # what Eurostat answers at most; each is a Python text for a while


def read_jsonstat(job: Job) -> LongTable:
    """The long table of one data set; ``row_no`` is the position of the cell, from 1.

    Raises:
        LoadRejected: it is no JSON-stat, an error of the provider, or its parts do not fit.
    """
    where = job.where
    dataset = _dataset(where, parsed_json(where, job.text()), job.dialect.sheet)
    try:
        codes, time, area = _structure(dataset)
        return _long_table(job, dataset, codes, time, area)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise LoadRejected(
            f"{where}: is not laid out as JSON-stat ({type(error).__name__}: {error}); "
            "fetch it again or ask the provider."
        ) from None


def _dataset(where: str, content: Any, wanted: str | None) -> dict[str, Any]:
    """The data set that a message is, or has."""
    if not isinstance(content, dict):
        raise LoadRejected(f"{where}: is no JSON object, expected JSON-stat; check fetch.url.")
    for said in ("error", "warning"):
        if said in content:
            first = content[said][0] if isinstance(content[said], list) else content[said]
            raise LoadRejected(
                f"{where}: the provider answers an {said} in place of the table "
                f"({str(first)[:200].rstrip('.')}); ask for less, or check fetch."
            )
    if "value" in content:
        return content
    found = {
        name: each for name, each in content.items() if isinstance(each, dict) and "value" in each
    }
    if wanted is None and len(found) == 1:
        return next(iter(found.values()))
    if wanted not in found:
        raise LoadRejected(
            f"{where}: has {len(found)} data sets of JSON-stat ({', '.join(found) or 'none'}), "
            f"not the one that is meant; name it in read.sheet."
        )
    return found[wanted]


def _structure(dataset: dict[str, Any]) -> tuple[dict[str, list[str]], str, str | None]:
    """The codes of each dimension in order, and which dimensions are time and area."""
    dimensions = dataset["dimension"]
    told = dataset if "id" in dataset else dimensions
    names, sizes = told["id"], [int(size) for size in told["size"]]
    role = told.get("role") or dimensions.get("role") or {}
    codes = {name: _codes(dimensions[name]["category"]) for name in names}
    if [len(of) for of in codes.values()] != sizes:
        raise ValueError(f"size is {sizes}, the dimensions have {[*map(len, codes.values())]}")
    by_name = {name.lower(): name for name in names}
    times = role.get("time") or [by_name[name] for name in TIME_NAMES if name in by_name]
    areas = role.get("geo") or []
    named = next((by_name[name] for name in AREA_DIMENSIONS if name in by_name), None)
    return codes, times[0], named or (areas[0] if areas else None)


def _codes(category: dict[str, Any]) -> list[str]:
    index = category.get("index") or list(category["label"])
    if isinstance(index, dict):
        return sorted(index, key=lambda code: int(index[code]))
    return [str(code) for code in index]


def _long_table(
    job: Job, dataset: dict[str, Any], codes: dict[str, list[str]], time: str, area: str | None
) -> LongTable:
    cells = math.prod(len(of) for of in codes.values())
    if cells > MOST_CELLS:
        raise LoadRejected(
            f"{job.where}: has {cells:,} cells, more than the {MOST_CELLS:,} that are read of "
            "JSON-stat; ask for SDMX-CSV, or for less."
        )
    values, flags = _by_position(dataset["value"], cells), _status(dataset.get("status"), cells)
    is_listed = isinstance(dataset["value"], list)
    positions = np.arange(cells) if is_listed else np.array(sorted({*values, *flags}), np.int64)
    columns: dict[str, Any] = {"row_no": positions + 1}
    stride = cells
    for number, (name, of) in enumerate(codes.items()):
        stride //= len(of)
        index = pa.array((positions // stride) % len(of), pa.int32())
        column = "time_period" if name == time else f"d{number}"
        columns[column] = pa.DictionaryArray.from_arrays(index, of)
    columns["unit_mult"] = pa.array(_multipliers(dataset, codes, positions), pa.int32())
    columns["value_raw"] = pa.array([values.get(p, "") for p in positions.tolist()], pa.string())
    columns["flag_raw"] = pa.array([flags.get(p, "") for p in positions.tolist()], pa.string())
    view = job.view("jsonstat", pa.table(columns))
    texts = ", ".join(
        column if column in ("row_no", "unit_mult") else f"CAST({column} AS VARCHAR) AS {column}"
        for column in columns
    )
    updated_at = dataset.get("updated")
    return LongTable(
        f"SELECT {texts} FROM {view}",
        {name.lower(): f"d{no}" for no, name in enumerate(codes) if name != time},
        area=area.lower() if area else None,
        provider_updated_at=in_iso(literal(str(updated_at))) if updated_at else "NULL",
        unit_mult="unit_mult",
    )


def _multipliers(
    dataset: dict[str, Any], codes: dict[str, list[str]], positions: np.ndarray
) -> np.ndarray:
    """The power of ten of each cell: the metric's codes say it, mostly none does."""
    found, stride = np.zeros(len(positions), np.int32), math.prod(len(of) for of in codes.values())
    for name, of in codes.items():
        stride //= len(of)
        units = dataset["dimension"][name]["category"].get("unit") or {}
        powers = [int(units.get(code, {}).get("multiplier") or 0) for code in of]
        if any(powers):
            found += np.array(powers, np.int32)[(positions // stride) % len(of)]
    return found


def _by_position(found: Any, cells: int) -> dict[int, str]:
    """What is printed at each position; null is nothing."""
    if isinstance(found, list):
        if len(found) != cells:
            raise ValueError(f"{len(found)} values for {cells} cells")
        found = dict(enumerate(found))
    known = {int(position): str(text) for position, text in found.items() if text is not None}
    if known and not 0 <= min(known) <= max(known) < cells:
        raise ValueError(f"a position beyond the {cells} cells")
    return known


def _status(found: Any, cells: int) -> dict[int, str]:
    """The flag at each position; one alone, not in an object, is of every cell."""
    if found is None:
        return {}
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, str):
        return dict.fromkeys(range(cells), found)
    return _by_position(found, cells)
