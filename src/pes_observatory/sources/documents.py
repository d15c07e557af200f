"""What a document source may say of its documents: a text, its editions, its lists, its place.

A work (the strategy of 2021) is written out in languages: each is a text, one item here. A text
is published in media, each a manifestation with identifiers of its own; the file that we hold is
one more copy of the same text.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from pes_observatory.sources.base import HttpAddress, Identifier, Pattern, Strict
from pes_observatory.sources.collections import Collection
from pes_observatory.sources.identifiers import (
    CatalogueNo,
    Celex,
    Doi,
    Isbn,
    Medium,
    parts_of,
)


def _is_a_day(text: str) -> str:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError("expected a date such as 2021-06-24, 2021-06 or 2021") from None
    return text


PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), AfterValidator(_is_a_day)]
DocumentId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{2,80}$")]


class DeclaredList(Strict):
    """A list in a document that is worth finding again, item by item."""

    list_id: Identifier
    heading: str = Field(description="words of the heading that the list stands under")
    expected_count: int = Field(gt=0)
    after: str | None = Field(default=None, description="words of the paragraph before the list")
    label_pattern: Pattern | None = Field(
        default=None, description="regular expression of an item's label; parts merged bullets"
    )
    children: dict[int, int] = Field(
        default={}, description="position of an item: how many of those after it are its own"
    )

    @model_validator(mode="after")
    def _children_are_in_the_list(self) -> DeclaredList:
        last = 0
        for position, count in sorted(self.children.items()):
            if position <= last or count < 1 or position + count > self.expected_count:
                raise ValueError(
                    f"expected 'children' of item {position} after item {last} and before the "
                    f"end of the list at {self.expected_count}"
                )
            last = position + count
        return self

    def nodes(self) -> list[tuple[str, str | None]]:
        """Per item in order its place in the tree, such as 1 or 1.4, and that of its parent."""
        found: list[tuple[str, str | None]] = []
        top = left = inner = 0
        for position in range(1, self.expected_count + 1):
            if left:
                left, inner = left - 1, inner + 1
                found.append((f"{top}.{inner}", str(top)))
                continue
            top, left, inner = top + 1, self.children.get(position, 0), 0
            found.append((str(top), None))
        return found


class Identifiers(Strict):
    """Identifiers of a text whatever its medium, or of an edition that is not told apart."""

    isbn: list[Isbn] = []
    doi: list[Doi] = []
    catalogue_no: list[CatalogueNo] = []
    celex: list[Celex] = []


class Manifestation(Strict):
    """A text in one medium, with the identifiers of that edition alone."""

    medium: Medium
    isbn: Isbn | None = None
    doi: Doi | None = None
    catalogue_no: CatalogueNo | None = None

    @model_validator(mode="after")
    def _number_is_of_the_medium(self) -> Manifestation:
        medium = parts_of(self.catalogue_no).medium if self.catalogue_no else None
        if medium and medium != self.medium:
            raise ValueError(
                f"expected medium {medium}, which the last letter of {self.catalogue_no} stands for"
            )
        return self


class DocumentItem(Strict):
    """One text: a work in one language, in the file that we hold and in its editions."""

    file: str
    document_id: DocumentId
    work_id: DocumentId | None = Field(
        default=None, description="what its languages share; by default the document itself"
    )
    title: str = Field(min_length=1)
    lang: str
    adopted_on: PartialDate | None = None
    completed_on: PartialDate | None = Field(default=None, description="end of the manuscript")
    published_on: PartialDate | None = None
    updated_on: PartialDate | None = None
    supersedes: list[DocumentId] = Field(default=[], description="works that this one replaces")
    url: HttpAddress | None = None
    medium: Medium | None = Field(
        default=None, description="the manifestation that the file is; by default its format's"
    )
    identifiers: Identifiers = Identifiers()
    manifestations: list[Manifestation] = []
    lists: list[DeclaredList] = []

    @model_validator(mode="after")
    def _replaces_others(self) -> DocumentItem:
        if (self.work_id or self.document_id) in self.supersedes:
            raise ValueError("expected 'supersedes' to name other works than its own")
        return self

    @model_validator(mode="after")
    def _is_one_text(self) -> DocumentItem:
        media = [edition.medium for edition in self.manifestations]
        if len(set(media)) < len(media):
            raise ValueError("expected each medium once among the manifestations")
        numbers = [edition.catalogue_no for edition in self.manifestations if edition.catalogue_no]
        for number in [*numbers, *self.identifiers.catalogue_no]:
            lang = parts_of(number).lang
            if lang != self.lang.split("-")[0]:
                raise ValueError(f"expected lang {lang}, which {number} stands for")
        return self


class Document(Strict):
    """The documents of one network that one source holds: declared, or found in a collection."""

    network: Identifier
    items: list[DocumentItem] = []
    collection: Collection | None = None

    @model_validator(mode="after")
    def _has_documents_one_way(self) -> Document:
        if bool(self.items) == (self.collection is not None):
            raise ValueError("expected either 'items' or 'collection'")
        return self
