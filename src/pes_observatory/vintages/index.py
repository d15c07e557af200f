"""The history of a source as files: immutable deltas, and the index that says which count.

``landing/vintages/<source>/`` holds ``index.json``, a delta ``<n>-<load>.parquet`` for each load
that brought a difference, and ``state-<n>.parquet``, the observations of the load compared last,
which the next is compared with. Deltas and state are written before the index names them: a kill
leaves at most a file that nothing names, and the next try writes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pes_observatory.errors import LoadRejected
from pes_observatory.files import read_json, write_json
from pes_observatory.settings import Home

NEW, REVISED, FLAG_CHANGED = "new", "revised", "flag_changed"
VANISHED, RETURNED = "vanished", "returned"
CHANGES = (NEW, REVISED, FLAG_CHANGED, VANISHED, RETURNED)


@dataclass(frozen=True)
class VintagedLoad:
    """One accepted load after its comparison with what was known before it.

    ``valid_from`` is the time of learning, ISO 8601 in UTC; ``asked_for`` hashes what the source
    asks of its provider; ``is_reread`` tells that the very bytes were compared before, so that a
    difference is one of our reading. ``changes`` counts the rows of the delta; without a
    difference there is none.
    """

    number: int
    load_id: str
    snapshot_sha256: str
    valid_from: str
    asked_for: str
    is_reread: bool
    changes: Mapping[str, int]

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def has_delta(self) -> bool:
        return self.is_first or bool(self.changes)


@dataclass(frozen=True)
class History:
    """The vintaged loads of one source, oldest first."""

    folder: Path
    loads: tuple[VintagedLoad, ...]

    @property
    def last(self) -> VintagedLoad | None:
        return self.loads[-1] if self.loads else None

    @property
    def with_delta(self) -> list[VintagedLoad]:
        return [load for load in self.loads if load.has_delta]

    def delta(self, load: VintagedLoad) -> Path:
        """Where the rows are that a load changed."""
        return self.folder / f"{load.number:05d}-{load.load_id}.parquet"

    def state(self, load: VintagedLoad) -> Path:
        """Where the observations are that stood after a load; kept for the last one alone."""
        return self.folder / f"state-{load.number:05d}.parquet"

    def commit(self, load: VintagedLoad) -> History:
        """Let the index name one more load, whose files are written.

        What a kill left is removed; a delta of an earlier load never is.
        """
        after = replace(self, loads=(*self.loads, load))
        if load.has_delta:
            self.delta(load).chmod(0o444)
        write_json(_index(self.folder), {"loads": [asdict(each) for each in after.loads]})
        named = {_index(self.folder), self.state(load), *map(self.delta, after.with_delta)}
        for path in set(self.folder.iterdir()) - named:
            number = _number_of(path)
            if number is None or number >= load.number:
                path.unlink()
        return after


def read_history(home: Home, source_id: str) -> History:
    """The history of a source as its index tells it, without loads where there is none.

    Raises:
        LoadRejected: there are deltas of a second load, and no index that names them.
    """
    folder = home.landing / "vintages" / source_id
    stored = read_json(_index(folder))
    if stored is None:
        lost = [path.name for path in folder.glob("*.parquet") if (_number_of(path) or 0) > 1]
        if lost:
            raise LoadRejected(
                f"Source {source_id}: {folder} has {lost[0]} and no index.json that names it; "
                "bring the index back from a backup, or move the folder away to begin anew."
            )
        return History(folder, ())
    return History(folder, tuple(VintagedLoad(**each) for each in stored["loads"]))


def _number_of(path: Path) -> int | None:
    """The number of the load that a delta is of; None of all other files."""
    number = path.name.partition("-")[0]
    return int(number) if path.suffix == ".parquet" and number.isdecimal() else None


def _index(folder: Path) -> Path:
    return folder / "index.json"
