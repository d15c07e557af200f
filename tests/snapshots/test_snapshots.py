"""The raw store: the same bytes once, under their sha256, never rewritten, checked on reading."""

from __future__ import annotations

import hashlib
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pes_observatory.errors import LoadRejected
from pes_observatory.settings import Home
from pes_observatory.snapshots import (
    Item,
    keep_bytes,
    keep_snapshot,
    load_snapshot,
    object_path,
    verified_path,
)

CHUNKS = st.lists(st.binary(max_size=40), max_size=5)


def item(home: Home, name: str, content: bytes) -> Item:
    sha256, size = keep_bytes(home, [content])
    return Item(name, sha256, size, origin=f"file:{name}")


def objects(home: Home) -> list:
    return sorted(path for path in (home.raw / "objects").rglob("*") if path.is_file())


@settings(max_examples=50, derandomize=True, deadline=None)
@given(first=CHUNKS, second=CHUNKS)
def test_equal_bytes_are_stored_once_however_they_were_cut(tmp_path_factory, first, second):
    home = Home(tmp_path_factory.mktemp("home"))
    kept = [keep_bytes(home, chunks) for chunks in (first, second, first)]
    assert kept[0] == kept[2]
    for chunks, (sha256, size) in zip((first, second), kept, strict=False):
        content = b"".join(chunks)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert size == len(content)
        assert object_path(home, sha256).read_bytes() == content
    assert len(objects(home)) == len({sha256 for sha256, _ in kept})


def test_an_object_stands_under_its_sha256_and_is_read_only(home):
    sha256, _ = keep_bytes(home, [b"abc"])
    path = object_path(home, sha256)
    assert path == home.raw / "objects" / "ba" / sha256
    assert sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_storing_the_same_bytes_again_does_not_touch_the_file(home):
    sha256, _ = keep_bytes(home, [b"abc"])
    before = object_path(home, sha256).stat()
    keep_bytes(home, [b"a", b"bc"])
    after = object_path(home, sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_stream_that_breaks_leaves_nothing(home):
    def breaking():
        yield b"some"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        keep_bytes(home, breaking())
    assert objects(home) == []


def test_a_snapshot_of_one_item_has_its_sha256(home):
    one = item(home, "a.csv", b"abc")
    assert keep_snapshot(home, "src", [one], noticed_by="sha256").sha256 == one.sha256


def test_a_snapshot_of_several_has_that_of_their_sorted_listing(home):
    first, second = item(home, "a.csv", b"1"), item(home, "b.csv", b"2")
    snapshot = keep_snapshot(home, "src", [second, first], noticed_by="sha256")
    listing = f"{first.sha256}  a.csv\n{second.sha256}  b.csv\n"
    assert snapshot.sha256 == hashlib.sha256(listing.encode()).hexdigest()
    assert snapshot.items == (first, second)
    assert snapshot.size_bytes == 2


def test_a_renamed_file_is_another_snapshot_of_the_same_bytes(home):
    files = [item(home, "a.csv", b"1"), item(home, "b.csv", b"2")]
    renamed = [item(home, "a.csv", b"1"), item(home, "c.csv", b"2")]
    shas = {keep_snapshot(home, "s", each, noticed_by="sha256").sha256 for each in (files, renamed)}
    assert len(shas) == 2
    assert len(objects(home)) == 2


def test_a_recorded_snapshot_is_never_rewritten(home):
    one = item(home, "a.csv", b"abc")
    first = keep_snapshot(home, "src", [one], noticed_by="sha256")
    again = keep_snapshot(home, "src", [one], noticed_by="etag")
    assert again == first == load_snapshot(home, "src", first.sha256)
    manifest = home.raw / "snapshots" / "src" / f"{first.sha256}.json"
    assert stat.S_IMODE(manifest.stat().st_mode) == 0o444


def test_bytes_that_were_altered_are_not_read(home):
    one = item(home, "a.csv", b"abc")
    path = object_path(home, one.sha256)
    assert verified_path(home, "src", one) == path
    path.chmod(0o644)
    path.write_bytes(b"abd")
    with pytest.raises(LoadRejected, match=r"stored bytes of a\.csv are gone or altered"):
        verified_path(home, "src", one)


def test_bytes_that_are_gone_are_named(home):
    one = item(home, "a.csv", b"abc")
    object_path(home, one.sha256).unlink()
    with pytest.raises(LoadRejected, match=r"Source src: the stored bytes of a\.csv are gone"):
        verified_path(home, "src", one)


def test_a_snapshot_that_was_never_made_is_named(home):
    with pytest.raises(LoadRejected, match="snapshot 0123456789ab is not in"):
        load_snapshot(home, "src", "0123456789abcdef")
