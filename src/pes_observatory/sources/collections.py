"""What a document source may say of where its documents are listed, if it does not name them."""

from __future__ import annotations

from pydantic import Field, model_validator

from pes_observatory.sources.base import HttpAddress, Pattern, Strict


class Listing(Strict):
    """A web page that lists documents, and the pages that it leads on to."""

    url: HttpAddress
    link_pattern: Pattern = Field(description="found in the address of a document, and no other")
    publication_pattern: Pattern | None = Field(
        default=None, description="found in the address of a publication's page that has the link"
    )
    next_pattern: Pattern | None = Field(
        default=None, description="found in the address of a further listing page"
    )
    most_pages: int = Field(default=20, gt=0)


class Feed(Strict):
    """An RSS or Atom feed of documents."""

    url: HttpAddress


class Collection(Strict):
    """Documents that are found where they are listed, instead of being declared one by one."""

    lang: str = Field(description="of a document that does not tell its own")
    listing: Listing | None = None
    feed: Feed | None = None
    folder: bool = Field(default=False, description="the files that fetch.url names")
    most_items: int = Field(default=500, gt=0)

    @model_validator(mode="after")
    def _is_somewhere(self) -> Collection:
        if self.folder == bool(self.listing or self.feed):
            raise ValueError("expected 'folder', or 'listing' or 'feed' or both of them")
        return self
