"""A collection night after night: new, changed, gone, moved to another site, and never lost."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from support.server import ScriptedServer, ok, redirect, status
from support.sources import SourceFolder

from pes_observatory.discover.catalog import Known, load_catalog
from pes_observatory.discover.items import with_found_items
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.landing import last_good
from pes_observatory.outcomes import StepOutcome
from pes_observatory.settings import Home
from pes_observatory.snapshots import object_path
from pes_observatory.steps import run_source_step, steps_of
from pes_observatory.warehouse.documents import edition_rows
from pes_observatory.warehouse.inputs import collect

ID = "network_publications"


def page_of(*entries: str) -> bytes:
    listed = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<html><body><ul>{listed}</ul></body></html>".encode()


def text_of(words: str) -> bytes:
    return f"# {words}\n\nThe network helps its members.\n".encode()


class Nights:
    """A collection on a scripted server, discovered and fetched night after night."""

    def __init__(self, home: Home, sources: SourceFolder, server: ScriptedServer) -> None:
        self.home, self.sources, self.server = home, sources, server
        collection = {
            "lang": "en",
            "listing": {"url": server.url("/list"), "link_pattern": r"/doc/|pubId="},
        }
        self.declare(collection, {"url": server.url("/list"), "hosts": [server.host]})

    def declare(self, collection: dict[str, Any], fetch: dict[str, Any]) -> None:
        source = {
            "id": ID, "kind": "document", "title": "Publications", "publisher": "Network",
            "licence": "CC0-1.0", "attribution": "Network", "owner": "desk", "format": "markdown",
            "fetch": fetch, "document": {"network": "network", "collection": collection},
        }  # fmt: skip
        self.sources.write(source)

    def step(self, step: str) -> StepOutcome:
        return run_source_step(self.home, "night", step, self.sources.declared(ID))

    def night(self, *entries: str) -> StepOutcome:
        self.server.answers("/list", ok(page_of(*entries)))
        outcome = self.step("discover")
        self.step("fetch")
        return outcome

    def known(self) -> dict[str, Known]:
        return {item.title: item for item in load_catalog(self.home, ID).items.values()}

    def bodies(self) -> dict[str, bytes]:
        items = latest_snapshot(self.home, ID).items
        return {item.name: object_path(self.home, item.sha256).read_bytes() for item in items}


@pytest.fixture
def nights(home, sources, server) -> Nights:
    server.answers("/doc/a", ok(text_of("A"), etag='"a"'))
    server.answers("/doc/b", ok(text_of("B")))
    return Nights(home, sources, server)


A = '<a href="/doc/a">A</a> doi:10.2767/375655'
B = '<a href="/doc/b">B</a>'


class TestFinding:
    def test_discovery_is_a_step_of_its_own_before_the_others(self, nights):
        declared = nights.sources.declared(ID)
        assert steps_of(declared) == ("discover", "fetch", "read", "gate", "code")

    def test_the_first_night_finds_all(self, nights):
        outcome = nights.night(A, B)
        assert (outcome.outcome, outcome.detail) == ("landed", "2 new")
        assert sorted(nights.bodies().values()) == [text_of("A"), text_of("B")]

    def test_an_identified_document_is_named_by_its_identifier(self, nights):
        nights.night(A, B)
        assert nights.known()["A"].item_id == "network-publications-doi-10.2767-375655"

    def test_an_unchanged_night_says_so_and_asks_conditionally(self, nights):
        nights.night(A, B)
        outcome = nights.night(A, B)
        assert (outcome.outcome, outcome.detail) == ("unchanged", "2 unchanged")
        assert nights.step("fetch").outcome == "unchanged"
        assert nights.server.asked("/doc/a")[-1].status == 304

    def test_a_new_title_is_a_change(self, nights):
        nights.night(A, B)
        assert (
            nights.night(A, B.replace(">B<", ">B, corrected<")).detail == "1 changed, 1 unchanged"
        )

    def test_other_bytes_are_a_change(self, nights):
        nights.night(A, B)
        nights.server.answers("/doc/b", ok(text_of("B, second edition")))
        nights.night(A, B)
        assert nights.known()["B"].state == "changed"
        assert text_of("B, second edition") in nights.bodies().values()

    def test_further_pages_are_followed_once(self, nights):
        nights.sources.change(
            ID,
            document={
                "network": "network",
                "collection": {
                    "lang": "en",
                    "listing": {"url": nights.server.url("/list"), "link_pattern": "/doc/",
                                "next_pattern": "page="},
                },
            },
        )  # fmt: skip
        nights.server.answers("/list?page=2", ok(page_of(B, '<a href="/list?page=2">again</a>')))
        assert nights.night(A, '<a href="/list?page=2">next</a>').detail == "2 new"
        assert len(nights.server.asked("/list?page=2")) == 1

    def test_a_feed_is_read_as_well(self, nights):
        feed = (
            f"<rss><channel><item><title>B</title><link>{nights.server.url('/doc/b')}</link>"
            "<pubDate>Mon, 23 Sep 2013 10:00:00 GMT</pubDate></item></channel></rss>"
        )
        nights.server.answers("/rss", ok(feed.encode()))
        collection = {"lang": "fr", "feed": {"url": nights.server.url("/rss")}}
        nights.declare(collection, {"url": nights.server.url("/"), "hosts": [nights.server.host]})
        assert nights.step("discover").detail == "1 new"
        assert nights.known()["B"].published_on == "2013-09-23"


class TestVanishing:
    def test_what_is_no_longer_listed_stays(self, nights):
        nights.night(A, B)
        outcome = nights.night(A)
        assert (outcome.outcome, outcome.detail) == ("landed", "1 unchanged, 1 vanished")
        assert text_of("B") in nights.bodies().values()
        assert nights.night(A).outcome == "unchanged"

    def test_the_catalogue_and_the_next_build_know_since_when(self, nights):
        nights.night(A, B)
        for step in ("read", "gate", "code"):
            nights.step(step)
        before = collect(nights.home, [nights.sources.declared(ID)])
        nights.night(A)
        after = collect(nights.home, [nights.sources.declared(ID)])
        assert after.fingerprint != before.fingerprint
        listed = {row["title"]: row["last_listed_on"] for row in edition_rows(nights.home, after)}
        assert listed == {"A": None, "B": nights.known()["B"].last_seen}

    def test_what_returns_is_the_same(self, nights):
        nights.night(A, B)
        before = nights.known()["B"].item_id
        nights.night(A)
        assert nights.night(A, B).detail == "1 returned, 1 unchanged"
        assert nights.known()["B"].item_id == before

    def test_a_listing_without_documents_lets_nothing_vanish(self, nights):
        nights.night(A, B)
        with pytest.raises(FetchFailed, match="no document is found on the pages"):
            nights.night("<a href='/login'>Sign in</a>")
        assert {item.state for item in nights.known().values()} == {"new"}

    def test_too_many_documents_are_refused(self, nights):
        nights.sources.change(ID, document={"network": "network", "collection": {
            "lang": "en", "most_items": 1,
            "listing": {"url": nights.server.url("/list"), "link_pattern": "/doc/"}}})  # fmt: skip
        with pytest.raises(FetchFailed, match="2 documents are listed, more than 1"):
            nights.night(A, B)


class TestMoving:
    OLD = '<a href="/social/main.jsp?catId=1163&langId=fr&pubId=8412">S</a> doi:10.2767/375655'
    NEW = '<a href="/policies/doc/strategy-2021_fr">S</a> https://doi.org/10.2767/375655'

    def test_another_scheme_of_addresses_is_survived_by_the_identifier(self, nights):
        old = "/social/main.jsp?catId=1163&langId=fr&pubId=8412"
        nights.server.answers(old, ok(text_of("S")))
        nights.server.answers("/policies/doc/strategy-2021_fr", ok(text_of("S")))
        nights.night(self.OLD)
        outcome = nights.night(self.NEW)
        assert outcome.detail == "1 changed"
        (item,) = nights.known().values()
        assert [seen.url for seen in item.urls] == [
            nights.server.url(old), nights.server.url("/policies/doc/strategy-2021_fr"),
        ]  # fmt: skip
        assert item.lang == "fr"
        assert len(nights.bodies()) == 1

    def test_without_an_identifier_by_its_bytes(self, nights):
        nights.server.answers("/doc/moved-b", ok(text_of("B")))
        nights.night(A, B)
        before = nights.known()["B"].item_id
        nights.night(A, '<a href="/doc/moved-b">B</a>')
        item = nights.known()["B"]
        assert (item.item_id, item.state) == (before, "changed")
        assert [seen.url.rpartition("/")[2] for seen in item.urls] == ["b", "moved-b"]
        assert len(nights.bodies()) == 2

    def test_where_a_redirect_leads_is_an_address_too(self, nights):
        nights.server.answers("/doc/b", redirect("/archive/b"))
        nights.server.answers("/archive/b", ok(text_of("B")))
        nights.night(B)
        assert [seen.url for seen in nights.known()["B"].urls] == [
            nights.server.url("/doc/b"), nights.server.url("/archive/b"),
        ]  # fmt: skip

    def test_a_host_that_is_not_listed_is_not_followed(self, nights):
        nights.server.answers("/doc/b", redirect("http://localhost:9/b"))
        nights.server.answers("/list", ok(page_of(B)))
        nights.step("discover")
        with pytest.raises(FetchFailed, match="leads to host 'localhost'"):
            nights.step("fetch")

    def test_an_address_given_to_another_document_makes_another_one(self, nights):
        nights.night(A)
        nights.night(A.replace("375655", "999999").replace(">A<", ">Z<"))
        assert {title: item.state for title, item in nights.known().items()} == {
            "A": "vanished", "Z": "new",
        }  # fmt: skip


class TestFetching:
    def test_one_that_does_not_come_keeps_its_last_bytes(self, nights):
        nights.night(A, B)
        nights.server.answers("/doc/b", status(404))
        nights.server.answers("/list", ok(page_of(A, B)))
        nights.step("discover")
        outcome = nights.step("fetch")
        assert "1 did not come: Source network_publications: " in outcome.detail
        assert text_of("B") in nights.bodies().values()

    def test_one_that_never_came_is_left_for_the_next_night(self, nights):
        nights.server.answers("/doc/b", status(404))
        nights.night(A, B)
        assert list(nights.bodies().values()) == [text_of("A")]
        declared = with_found_items(nights.home, nights.sources.declared(ID))
        assert [item.title for item in declared.source.document.items] == ["A"]

    def test_without_discovery_there_is_nothing_to_fetch(self, nights):
        with pytest.raises(FetchFailed, match="run its step 'discover' first"):
            nights.step("fetch")

    def test_a_date_beside_the_link_is_when_it_was_published_and_says_where_from(self, nights):
        nights.night(f"<span>Published: 12 March 2024</span> {A}", f"March 2023 | {B}")
        for step in ("read", "gate"):
            nights.step(step)
        declared = with_found_items(nights.home, nights.sources.declared(ID))
        rows = edition_rows(nights.home, collect(nights.home, [declared]))
        assert {(r["title"], r["published_on"], r["published_from"]) for r in rows} == {
            ("A", "2024-03-12", "listed"), ("B", "2023-03", "listed"),
        }  # fmt: skip

    def test_found_documents_are_read_with_what_was_found_of_them(self, nights):
        nights.night(A, B)
        nights.step("read")
        declared = with_found_items(nights.home, nights.sources.declared(ID))
        first = declared.source.document.items[0]
        assert (first.title, first.lang, first.identifiers.doi) == ("A", "en", ["10.2767/375655"])
        assert first.url == nights.server.url("/doc/a")


class TestFolder:
    def test_a_renamed_file_is_the_same_document(self, nights):
        nights.sources.put(f"{ID}/KE-02-21-429-FR-N.md", text_of("Stratégie"))
        nights.sources.put(f"{ID}/note_es.md", text_of("Nota"))
        nights.declare({"lang": "en", "folder": True}, {"url": f"file:{ID}/*.md"})
        assert nights.step("discover").detail == "2 new"
        nights.step("fetch")
        known = nights.known()
        assert {item.lang for item in known.values()} == {"fr", "es"}
        (nights.sources.root / ID / "note_es.md").rename(nights.sources.root / ID / "apunte_es.md")
        nights.step("discover")
        nights.step("fetch")
        assert len(nights.bodies()) == 2
        assert {item.item_id for item in nights.known().values()} == {
            item.item_id for item in known.values()
        }

    def test_a_file_name_gives_way_to_the_title_that_the_document_has(self, nights):
        nights.sources.put(f"{ID}/note_es.md", text_of("Plan de empleo rural"))
        nights.declare({"lang": "es", "folder": True}, {"url": f"file:{ID}/*.md"})
        for step in ("discover", "fetch", "read", "gate"):
            nights.step(step)
        load = last_good(nights.home, "passages", ID)
        titles = pq.read_table(load.accepted_path).column("document_title").to_pylist()
        assert set(titles) == {"Plan de empleo rural"}


class TestPublicationPages:
    """The listing leads to a page per publication, and that page to the document."""

    DATED = '<time datetime="2021-06-24">24/6/21</time> <a href="/pub/1">Strategy</a>'
    LISTED = '<a href="/pub/1"><img src="cover.png"></a> <a href="/pub/1">Strategy</a>'
    OTHER = '<a href="/pub/2">Manual</a>'
    PAGE = b"""<html><body><h1>Strategy</h1>
    <table><tr><td>DOI</td><td>10.2767/375655</td></tr></table>
    <p><a href="/doc/a">Download (2 MB)</a></p></body></html>"""

    @pytest.fixture
    def two_hops(self, nights) -> Nights:
        listing = {"url": nights.server.url("/list"), "link_pattern": "/doc/"}
        collection = {"lang": "en", "listing": {**listing, "publication_pattern": "/pub/"}}
        fetch = {"url": nights.server.url("/list"), "hosts": [nights.server.host]}
        nights.declare(collection, fetch)
        nights.server.answers("/pub/1", ok(self.PAGE))
        nights.server.answers("/pub/2", ok(page_of('<a href="/doc/b">Download</a>')))
        return nights

    def test_a_document_is_found_behind_its_page_under_the_title_of_the_listing(self, two_hops):
        assert two_hops.night(self.LISTED, self.OTHER).detail == "2 new"
        assert sorted(two_hops.known()) == ["Manual", "Strategy"]
        assert sorted(two_hops.bodies().values()) == [text_of("A"), text_of("B")]

    def test_a_date_in_the_listing_is_of_the_document_behind_the_page(self, two_hops):
        two_hops.night(self.DATED, self.OTHER)
        assert two_hops.known()["Strategy"].published_on == "2021-06-24"
        assert two_hops.known()["Manual"].published_on is None

    def test_an_identifier_on_its_page_is_its_own(self, two_hops):
        two_hops.night(self.LISTED, self.OTHER)
        assert two_hops.known()["Strategy"].identifiers == ["doi:10.2767/375655"]
        assert two_hops.known()["Manual"].identifiers == []

    def test_each_page_is_asked_for_once(self, two_hops):
        two_hops.night(self.LISTED, self.OTHER)
        assert len(two_hops.server.asked("/pub/1")) == 1

    def test_a_page_that_does_not_come_lets_nothing_vanish(self, two_hops):
        two_hops.night(self.LISTED, self.OTHER)
        two_hops.server.answers("/pub/2", status(404))
        outcome = two_hops.night(self.LISTED, self.OTHER)
        assert outcome.outcome == "unchanged"
        assert outcome.detail.startswith("2 unchanged; 1 pages of publications did not come: ")
        assert len(two_hops.bodies()) == 2

    def test_a_publication_that_is_no_longer_listed_has_vanished(self, two_hops):
        two_hops.night(self.LISTED, self.OTHER)
        assert two_hops.night(self.LISTED).detail == "1 unchanged, 1 vanished"

    def test_where_no_page_comes_the_step_fails(self, two_hops):
        two_hops.server.answers("/pub/2", status(404))
        with pytest.raises(FetchFailed, match="404"):
            two_hops.night(self.OTHER)
