"""Where a run reads and writes: ``PES_HOME``, ``PES_SOURCES`` and the project's own folders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The folder that holds all a run writes; every path of ours is derived from it."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def build(self) -> Path:
        return self.state / "build"


def home() -> Home:
    """The home named by ``PES_HOME``, or ``data`` in the current folder."""
    return Home(Path(os.environ.get("PES_HOME") or "data").absolute())


def project_root() -> Path:
    """The checkout that holds ``dbt_project``, ``expectations`` and ``dags``.

    ``PES_PROJECT`` names it where the package is installed away from its checkout.
    """
    named = os.environ.get("PES_PROJECT")
    return Path(named).absolute() if named else Path(__file__).resolve().parents[2]


Folders = Path | tuple[Path, ...]


def each_of(folders: Folders) -> tuple[Path, ...]:
    """One folder or several, as several."""
    return (folders,) if isinstance(folders, Path) else folders


def sources_folders() -> tuple[Path, ...]:
    """The folders of source YAMLs named by ``PES_SOURCES``, or the project's own.

    Several are separated as in ``PATH``: ``sources:sources/live``.
    """
    named = os.environ.get("PES_SOURCES", "").split(os.pathsep)
    folders = tuple(Path(each).absolute() for each in named if each)
    return folders or (project_root() / "sources",)


def sources_folder() -> Path:
    """The first of these folders: where a new source is written."""
    return sources_folders()[0]


def model_cache(home: Home) -> Path:
    """Where trained models are kept: ``PES_MODEL_CACHE``, or within the home."""
    named = os.environ.get("PES_MODEL_CACHE")
    return Path(named).absolute() if named else home.state / "models"


def releases_to_keep() -> int:
    """How many releases stay on disk (``PES_KEEP_RELEASES``, at least 2)."""
    return max(2, int(os.environ.get("PES_KEEP_RELEASES") or 10))
