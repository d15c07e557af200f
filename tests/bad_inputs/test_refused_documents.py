"""One document that cannot be read, among others that can: they land, and it is named."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from bench import Bench, SpoilAfterGoodNight
from support.examples import Example, document, pdf
from support.nights import outcomes_of
from support.server import LOGIN_PAGE

from pes_observatory.discover.items import with_found_items
from pes_observatory.landing import last_good
from pes_observatory.warehouse.documents import edition_rows
from pes_observatory.warehouse.inputs import collect

A, B = pdf("Counsellors help young people."), pdf("Employers train them.")
BROKEN = A[:60]


def collection() -> Example:
    """A folder in which two PDFs are found."""
    source, _ = document("pdf", "*.pdf", A)
    source["document"] = {"network": "testers", "collection": {"folder": True, "lang": "en"}}
    return source, {"a.pdf": A, "b.pdf": B}


@pytest.fixture
def leaflets(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    bench = after_a_good_night(collection())
    bench.change(gate={"max_change_share": 5})
    return bench


@pytest.fixture
def declared(after_a_good_night: SpoilAfterGoodNight) -> Bench:
    """A folder with two PDFs that the source declares one by one."""
    source, _ = document("pdf", "*.pdf", A)
    source["document"]["items"] = [
        {"file": f"{name}.pdf", "document_id": f"leaflet-{name}", "title": name, "lang": "en"}
        for name in "ab"
    ]
    bench = after_a_good_night((source, {"a.pdf": A, "b.pdf": B}))
    bench.change(gate={"max_change_share": 5})
    return bench


def night(bench: Bench, step: str = "read") -> dict[str, Any]:
    """The outcome of a step of one more night, in which no source fails."""
    passed = bench.night()
    assert passed.failures == {}
    return next(r for r in outcomes_of(bench.home, passed, bench.id) if r["step"] == step)


def passages(bench: Bench) -> list[str]:
    load = last_good(bench.home, "passages", bench.id)
    assert load is not None
    return sorted(pq.read_table(load.accepted_path).column("text").to_pylist())


def refusals(bench: Bench) -> dict[str, str | None]:
    """Per address in the catalogue of the next build, why its document was refused."""
    inputs = collect(bench.home, [with_found_items(bench.home, bench.declared)])
    return {row["title"]: row["refused_because"] for row in edition_rows(bench.home, inputs)}


def test_a_refused_document_does_not_hold_up_a_new_one(leaflets: Bench) -> None:
    leaflets.put("c.pdf", BROKEN)
    leaflets.put("d.pdf", pdf("Offices open on Monday."))
    read = night(leaflets)
    assert read["outcome"] == "landed"
    assert passages(leaflets) == [
        "Counsellors help young people.", "Employers train them.", "Offices open on Monday.",
    ]  # fmt: skip


def test_it_is_named_with_its_file_and_reason(leaflets: Bench) -> None:
    leaflets.put("c.pdf", BROKEN)
    detail = night(leaflets)["detail"]
    assert detail.startswith("1 of 3 documents refused: Source leaflet, file leaflet-url-")
    assert "(file:c.pdf): is not a readable PDF" in detail
    assert detail.endswith("ask for it again without a password.")


def test_it_is_named_again_in_a_night_that_changes_nothing(leaflets: Bench) -> None:
    leaflets.put("c.pdf", BROKEN)
    first, second = night(leaflets), night(leaflets)
    assert second["outcome"] == "unchanged"
    assert second["detail"] == first["detail"]


def test_the_catalogue_says_why_and_of_it_alone(leaflets: Bench) -> None:
    leaflets.put("c.pdf", BROKEN)
    night(leaflets)
    found = refusals(leaflets)
    assert (found["a"], found["b"]) == (None, None)
    assert "is not a readable PDF" in str(found["c"])


def test_one_that_could_be_read_before_keeps_its_passages(leaflets: Bench) -> None:
    leaflets.put("b.pdf", BROKEN)
    assert night(leaflets)["detail"].startswith("1 of 2 documents refused")
    assert passages(leaflets) == ["Counsellors help young people.", "Employers train them."]
    assert "is not a readable PDF" in str(refusals(leaflets)["b"])


def test_one_that_comes_right_again_is_read_again(leaflets: Bench) -> None:
    leaflets.put("b.pdf", BROKEN)
    night(leaflets)
    leaflets.put("b.pdf", pdf("Employers train many."))
    assert night(leaflets)["detail"] == ""
    assert passages(leaflets) == ["Counsellors help young people.", "Employers train many."]
    assert refusals(leaflets) == {"a": None, "b": None}


def test_where_none_can_be_read_the_last_good_load_stays(leaflets: Bench) -> None:
    leaflets.put("a.pdf", BROKEN)
    leaflets.put("b.pdf", B[:60])
    leaflets.is_rejected("read", "is not a readable PDF", "ask for it again")


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (b"", "has no text; put the whole document there."),
        (LOGIN_PAGE, "is not a readable PDF but a web page; check its address and ask for it"),
    ],
    ids=["empty", "a web page"],
)
def test_one_of_a_declared_folder_is_refused_by_itself(
    declared: Bench, spoilt: bytes, sentence: str
) -> None:
    declared.put("a.pdf", pdf("Counsellors help all people."))
    declared.put("b.pdf", spoilt)
    said = f"1 of 2 documents refused: Source leaflet, file b.pdf: {sentence}"
    assert night(declared)["detail"].startswith(said)
    assert passages(declared) == ["Counsellors help all people.", "Employers train them."]
    assert refusals(declared)["a"] is None
    assert sentence in str(refusals(declared)["b"])


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [(b"", "came empty, expected pdf"), (LOGIN_PAGE, "is an HTML page, expected pdf")],
    ids=["empty", "a web page"],
)
def test_one_of_a_collection_that_does_not_come_holds_up_no_other(
    leaflets: Bench, spoilt: bytes, sentence: str
) -> None:
    leaflets.put("b.pdf", spoilt)
    leaflets.put("c.pdf", pdf("Offices open on Monday."))
    detail = night(leaflets, "fetch")["detail"]
    assert f"1 did not come: Source leaflet: b.pdf {sentence}" in detail
    assert passages(leaflets) == [
        "Counsellors help young people.", "Employers train them.", "Offices open on Monday.",
    ]  # fmt: skip


def test_where_all_of_a_declared_folder_are_empty_the_last_good_load_stays(declared: Bench) -> None:
    declared.put("a.pdf", b"")
    declared.put("b.pdf", b"")
    declared.is_rejected("read", "file b.pdf: has no text", "put the whole document there")
