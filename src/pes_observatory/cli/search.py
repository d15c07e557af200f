"""``pes search``: words in passages and published answers, each hit with its place."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer
from rich.text import Text

from pes_observatory.cli.console import console
from pes_observatory.errors import WrongUse
from pes_observatory.releases.versions import current_version, release_folder
from pes_observatory.search.hits import KINDS, Hit
from pes_observatory.search.query import search
from pes_observatory.search.words import STEMMERS, learn_stems
from pes_observatory.settings import home

AROUND = 160


def search_command(
    words: Annotated[str, typer.Argument(help="what to look for, in quotes if several words")],
    lang: Annotated[str | None, typer.Option(help=f"one of {', '.join(STEMMERS)}")] = None,
    kind: Annotated[str | None, typer.Option(help=f"one of {', '.join(KINDS)}")] = None,
    most: Annotated[int, typer.Option(min=1, max=100, help="how many to show")] = 10,
) -> int:
    """Find words in the passages and published answers of the current release."""
    if lang not in (None, *STEMMERS):
        raise WrongUse(f"There is no index in {lang!r}; languages: {', '.join(STEMMERS)}.")
    if kind not in (None, *KINDS):
        raise WrongUse(f"There is no kind {kind!r}; kinds: {', '.join(KINDS)}.")
    version = current_version(home())
    if version is None:
        raise WrongUse("There is no release to search yet; 'pes run' makes one.")
    database = release_folder(home(), version) / "warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = 'search'"
        ).fetchone():
            raise WrongUse(f"Release {version} has no search index; 'pes run' makes a new one.")
        learn_stems(connection)
        hits = search(
            connection,
            words,
            langs=(lang,) if lang else tuple(STEMMERS),
            kinds=(kind,) if kind else KINDS,
            most=most,
        )
    out = console()
    if not hits:
        out.print("Nothing found.")
    elif not hits[0].has_all_words:
        out.print("No text has all of these words; these have some of them.", style="yellow")
    for hit in hits:
        out.print(shown(hit), soft_wrap=True)
    return 0


def shown(hit: Hit) -> Text:
    """The place of a hit and the words around the first one that was found, all of them marked."""
    first = hit.marked[0][0] if hit.marked else 0
    start = hit.text.rfind(" ", 0, max(0, first - AROUND)) + 1 if first > AROUND else 0
    end = min(len(hit.text), start + 2 * AROUND)
    excerpt = Text(hit.text[start:end].replace("\n", " "))
    for word_start, word_end in hit.marked:
        if start <= word_start and word_end <= end:
            excerpt.stylize("bold yellow", word_start - start, word_end - start)
    before, after = "… " if start else "", " …" if end < len(hit.text) else ""
    place = Text.assemble((hit.citation, "bold"), f"  {hit.text_id}")
    link = f"\n  {hit.link}" if hit.link else ""
    return Text.assemble(place, "\n  ", before, excerpt, after, link, "\n")
