"""Which releases there are, which is current, and switching between them.

A release is whole once its folder has its final name; ``index.json`` inside says what it
holds. ``current`` is a link, moved in one step. ``versions.json`` is the list for people and
tools; it is written after the switch, and a release that a kill left between the two is taken
over by the next night.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from pes_observatory.errors import WrongUse
from pes_observatory.files import read_json, switch, write_json
from pes_observatory.settings import Home, releases_to_keep


def releases(home: Home) -> list[dict[str, Any]]:
    """The index of every whole release, oldest first."""
    indexes = sorted(home.releases.glob("[0-9]*/index.json"))
    return [read_json(path) for path in indexes]


def last_release(home: Home) -> dict[str, Any] | None:
    """The index of the newest whole release, current or not; None before the first."""
    found = releases(home)
    return found[-1] if found else None


def current_version(home: Home) -> str | None:
    """The version that readers see, None before the first."""
    pointer = home.releases / "current"
    return pointer.readlink().name if pointer.is_symlink() else None


def get_release(home: Home, version: str) -> dict[str, Any]:
    """The index of one release; ``current`` names the one that readers see.

    Raises:
        WrongUse: there is no such release.
    """
    wanted = current_version(home) if version == "current" else version
    for index in releases(home):
        if index["version"] == wanted:
            return index
    known = ", ".join(index["version"] for index in releases(home)) or "none"
    raise WrongUse(f"There is no release {version!r}; releases: {known}.")


def release_folder(home: Home, version: str) -> Path:
    """Where a release stands."""
    return home.releases / version


def make_current(home: Home, version: str) -> None:
    """Let readers see ``version`` from now on, and write the list."""
    switch(home.releases / "current", version)
    write_list(home)


def rollback(home: Home, version: str | None = None) -> str:
    """Make an older release current: ``version``, or the one before the current one.

    Raises:
        WrongUse: there is no such release, or none before.
    """
    if version is None:
        older = [
            i["version"] for i in releases(home) if i["version"] < (current_version(home) or "")
        ]
        if not older:
            raise WrongUse("There is no release before the current one to roll back to.")
        version = older[-1]
    target: str = get_release(home, version)["version"]
    make_current(home, target)
    return target


def take_over(home: Home) -> None:
    """Finish what a killed night left: a whole release not listed yet, folders half written."""
    listed = read_json(home.releases / "versions.json") or {"versions": []}
    known = {entry["version"] for entry in listed["versions"]}
    last = last_release(home)
    if last and last["version"] not in known:
        make_current(home, last["version"])
    for leftover in home.releases.glob(".[a-z]*-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def forget_oldest(home: Home) -> None:
    """Keep the newest releases and the current one, and remove the others."""
    current = current_version(home)
    for index in releases(home)[: -releases_to_keep()]:
        if index["version"] != current:
            folder = release_folder(home, index["version"])
            removing = folder.with_name(f".removing-{folder.name}")
            folder.rename(removing)
            shutil.rmtree(removing)
    write_list(home)


def write_list(home: Home) -> None:
    """Write ``versions.json`` from the releases that stand there."""
    found = releases(home)
    entries = [
        {key: index[key] for key in ("version", "created_at", "fingerprint")} for index in found
    ]
    listing = {
        "last_successful": found[-1]["version"] if found else None,
        "current": current_version(home),
        "versions": entries,
    }
    write_json(home.releases / "versions.json", listing)
