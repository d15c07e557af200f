"""Where a collection is listed on the web: listing pages, the pages of publications, a feed.

A publication may have a page of its own between the listing and its document. When such a page
does not come, the others still do; then the listing is not whole, and nothing may be taken for
vanished.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pes_observatory.discover.feeds import documents_in
from pes_observatory.discover.found import Candidate, canonical, identifiers_in
from pes_observatory.discover.listing import documents_on, pages_after, words_of
from pes_observatory.errors import FetchFailed
from pes_observatory.fetch.client import Client
from pes_observatory.sources.collections import Collection, Listing

MOST_PAGE_BYTES = 20_000_000


@dataclass
class Listed:
    """The documents of a collection, and the pages of publications that did not come."""

    client: Client
    collection: Collection
    missing: list[FetchFailed] = field(default_factory=list)

    def documents(self) -> Iterator[Candidate]:
        """Every document that listing and feed name.

        Raises:
            FetchFailed: the listing, one of its pages or the feed did not come.
        """
        if self.collection.listing:
            yield from self._listed(self.collection.listing)
        if self.collection.feed:
            address = self.collection.feed.url
            feed = self.client.read(address, max_bytes=MOST_PAGE_BYTES)
            yield from documents_in(self.client.source_id, feed, address)

    def _listed(self, listing: Listing) -> Iterator[Candidate]:
        """The documents of the first page and of those that it leads on to, each page once."""
        waiting, asked = [listing.url], set[str]()
        publications: dict[str, Candidate] = {}
        while waiting and len(asked) < listing.most_pages:
            address = waiting.pop(0)
            if canonical(address) in asked:
                continue
            asked.add(canonical(address))
            page = self._page(address)
            yield from documents_on(page, address, listing.link_pattern)
            if listing.publication_pattern:
                for each in documents_on(page, address, listing.publication_pattern):
                    known = publications.setdefault(each.url, each)
                    if known.title == known.url:  # of a picture that leads there, too
                        publications[each.url] = each
            if listing.next_pattern:
                waiting += pages_after(page, address, listing.next_pattern)
        # one too many is asked for, so that what is beyond most_items is refused and not dropped
        for publication in list(publications.values())[: self.collection.most_items + 1]:
            yield from self._on_its_page(publication, listing.link_pattern)

    def _on_its_page(self, publication: Candidate, link_pattern: str) -> Iterator[Candidate]:
        """The documents that the page of a publication leads to, as the listing has its title.

        What else the page says is of the document where it leads to one alone.
        """
        try:
            page = self._page(publication.url)
        except FetchFailed as failure:
            self.missing.append(failure)
            return
        found = {each.url: each for each in documents_on(page, publication.url, link_pattern)}
        about = [*publication.identifiers, *identifiers_in(words_of(page))]
        for each in found.values():
            more = about if len(found) == 1 else []
            yield replace(
                each,
                title=publication.title,
                identifiers=tuple(dict.fromkeys([*each.identifiers, *more])),
                lang=each.lang or publication.lang,
                published_on=publication.published_on or each.published_on,
                updated_on=publication.updated_on or each.updated_on,
            )

    def _page(self, address: str) -> str:
        return self.client.read(address, max_bytes=MOST_PAGE_BYTES).decode("utf-8", "replace")
