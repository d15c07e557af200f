"""What an address and the words around a link tell: identifiers, language, one way of writing."""

from __future__ import annotations

import pytest

from pes_observatory.discover.feeds import documents_in
from pes_observatory.discover.found import (
    candidate,
    canonical,
    distinguished,
    identifiers_in,
    keys_of,
    language_of,
)
from pes_observatory.discover.listing import documents_on, pages_after
from pes_observatory.errors import FetchFailed

NOTICE = (
    "Print ISBN 978-92-76-40260-2 doi:10.2767/493389 KE-02-21-429-FR-C, "
    "Decision (CELEX:32014D0573)."
)
PAGE = """
<html><head><base href="https://pes.example/publications/"></head><body>
<nav><a href="/about">About</a></nav>
<ul>
 <li><a href="strategy_fr.pdf?utm_id=x#top"><b>Stratégie</b> 2021</a> 978-92-76-40261-9</li>
 <li><a href='https://pes.example/publications/report_en.pdf'>Annual report</a></li>
 <li><a href="mailto:someone@pes.example">Write</a> <a>no address</a></li>
</ul>
<a href="?page=2">next</a>
</body></html>
"""
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Toolkit</title><link>https://pes.example/toolkit_en.pdf</link>
<pubDate>Fri, 22 Mar 2024 09:00:00 +0100</pubDate><description>doi:10.2767/1234</description></item>
<item><title>Kept</title><guid>https://pes.example/kept.pdf</guid></item>
<item><title>Nowhere</title><guid isPermaLink="false">42</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>
<title>Manual</title><link rel="self" href="/self"/><link href="/manual_es.pdf"/>
<published>2022-04-05</published><updated>2024-03-22T10:00:00Z</updated></entry></feed>"""


class TestIdentifiers:
    def test_all_of_a_legal_notice_the_strongest_first(self):
        assert identifiers_in(NOTICE) == (
            "doi:10.2767/493389", "isbn:9789276402602", "catalogue_no:KE-02-21-429-FR-C",
            "celex:32014D0573",
        )  # fmt: skip

    def test_what_only_looks_like_one_is_none(self):
        assert identifiers_in("978-92-76-40260-3, tel. 32 22999696, 10.5 %, 573/2014/EU") == ()

    def test_a_celex_number_is_of_all_languages_and_so_keyed_with_one(self):
        assert keys_of(["celex:32014D0573"], "fr") == {"celex:32014D0573:fr"}
        assert keys_of(["doi:10.2767/1"], "fr") == {"doi:10.2767/1"}


class TestAddresses:
    def test_fragment_tracking_and_order_make_no_other_address(self):
        assert canonical("HTTPS://Pes.Example/main.jsp?langId=en&catId=1100&utm_medium=x#a") == (
            "https://pes.example/main.jsp?catId=1100&langId=en"
        )

    def test_an_address_without_a_path_has_the_root(self):
        assert canonical("https://pes.example") == "https://pes.example/"

    @pytest.mark.parametrize(
        ("url", "lang"),
        [
            ("http://ec.europa.example/social/main.jsp?catId=1163&langId=fr&pubId=8412", "fr"),
            ("https://empl.europa.example/strategy-2021_fr", "fr"),
            ("https://pes.example/es/publicaciones", "es"),
            ("https://pes.example/manual.en.pdf", "en"),
            ("https://pes.example/a-manual.pdf", None),
            ("https://pes.example/manual.md", None),
            ("https://pes.example/note_es.md", "es"),
        ],
    )
    def test_some_tell_their_language(self, url, lang):
        assert language_of(url) == lang

    def test_a_catalogue_number_tells_it_first(self):
        assert language_of("https://x.example/a_en.pdf", ["catalogue_no:KE-02-21-429-FR-N"]) == "fr"


class TestWhatTellsDocumentsApart:
    def test_an_identifier_that_two_links_share_tells_neither(self):
        french = candidate("https://x.example/a_fr.pdf", "A", "10.2767/1234 32014D0573")
        english = candidate("https://x.example/a_en.pdf", "A", "10.2767/1234 32014D0573")
        other = candidate("https://x.example/b_en.pdf", "B", "10.2767/9999 32014D0573")
        assert [each.identifiers for each in distinguished([french, english, other])] == [
            ("celex:32014D0573",), (), ("doi:10.2767/9999",),
        ]  # fmt: skip

    def test_a_link_that_stands_twice_is_one(self):
        twice = [candidate("https://x.example/a.pdf", "A", "10.2767/1234")] * 2
        (one,) = distinguished(twice)
        assert one.identifiers == ("doi:10.2767/1234",)


class TestListing:
    def test_links_that_match_with_the_words_of_their_entry(self):
        found = list(documents_on(PAGE, "https://pes.example/list", r"\.pdf"))
        assert [(each.url, each.title, each.lang) for each in found] == [
            ("https://pes.example/publications/strategy_fr.pdf", "Stratégie 2021", "fr"),
            ("https://pes.example/publications/report_en.pdf", "Annual report", "en"),
        ]
        assert [each.identifiers for each in found] == [("isbn:9789276402619",), ()]

    @pytest.mark.parametrize("href", ["http://[x.pdf", "https://pes.example:door/x.pdf"])
    def test_a_link_that_is_no_address_holds_up_no_other(self, href):
        page = f'<a href="{href}">X</a> <a href="/a.pdf">A</a>'
        found = documents_on(page, "https://pes.example/list", r"\.pdf")
        assert [each.title for each in found] == ["A"]

    def test_further_pages(self):
        assert pages_after(PAGE, "https://pes.example/list", r"[?&]page=\d") == [
            "https://pes.example/publications/?page=2"
        ]


class TestFeeds:
    def test_rss(self):
        toolkit, kept = documents_in("s", RSS, "https://pes.example/rss")
        assert (toolkit.url, toolkit.title) == ("https://pes.example/toolkit_en.pdf", "Toolkit")
        assert (toolkit.published_on, toolkit.identifiers) == ("2024-03-22", ("doi:10.2767/1234",))
        assert kept.url == "https://pes.example/kept.pdf"

    def test_atom(self):
        (manual,) = documents_in("s", ATOM, "https://pes.example/atom")
        assert (manual.url, manual.lang) == ("https://pes.example/manual_es.pdf", "es")
        assert (manual.published_on, manual.updated_on) == ("2022-04-05", "2024-03-22")

    @pytest.mark.parametrize(
        "feed",
        [
            b"<html><body>Sign in<br></body></html>",
            b"<html><body>Sign in</body></html>",
            b"",
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel>&a;</channel></rss>',
        ],
    )
    def test_what_is_none_is_refused(self, feed):
        with pytest.raises(FetchFailed, match=r"^Source s: https://pes\.example/rss .*feed"):
            list(documents_in("s", feed, "https://pes.example/rss"))
