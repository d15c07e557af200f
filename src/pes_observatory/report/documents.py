"""What documents say of the themes: passages chosen and cut, beside how many PES name a theme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import duckdb

from pes_observatory.report.queries import Row, rows

PASSAGES_OF_A_THEME = 3
THEMES_OF_A_WAVE = 6
SHORTEST, LONGEST = 40, 420

DOCUMENTS = """
select
    d.*,
    c.editions
from marts.dim_document as d
left join (
    select
        document_id,
        list({
            medium: medium, isbn: isbn, doi: doi, catalogue_no: catalogue_no, celex: celex
        } order by medium) filter (
            coalesce(isbn, doi, catalogue_no, celex) is not null
        ) as editions
    from marts.document_catalog
    group by document_id
) as c using (document_id)
order by d.year desc nulls last, d.network, d.document_id
"""
# the passages that speak of a theme most clearly, of as many documents as there are; a passage of
# a few words says nothing by itself
PASSAGES = f"""
with evidence as (
    select
        e.theme_code,
        e.passage_id,
        any_value(e.document_id) as document_id,
        any_value(e.network) as network,
        any_value(e.lang) as lang,
        any_value(e.text) as text,
        any_value(e.citation) as citation,
        any_value(e.link) as link,
        min(e.terms) as terms,
        max(e.confidence) as confidence
    from marts.document_evidence as e
    inner join marts.document_passages as p using (passage_id)
    where
        substring(e.theme_code, 1, 2) not in ('RX', 'ZZ')
        and p.passage_kind in ('paragraph', 'list_item')
        and length(e.text) >= {SHORTEST}
    group by e.theme_code, e.passage_id
),
placed as (
    from evidence
    select
        *,
        row_number() over (
            partition by theme_code, document_id
            order by length(text) > {LONGEST}, confidence desc, passage_id
        ) as place
)
from placed
qualify row_number() over (
    partition by theme_code
    order by place, length(text) > {LONGEST}, confidence desc, passage_id
) <= {PASSAGES_OF_A_THEME}
order by theme_code, place, confidence desc, passage_id
"""
SPOKEN = """
select
    theme_code,
    network,
    count(distinct year) as years,
    sum(passages) as passages,
    sum(passages_in_year) as passages_in_all
from (
    select distinct network, year, theme_code, passages, passages_in_year from marts.theme_evidence
)
group by theme_code, network
having sum(passages) > 0
order by theme_code, network
"""
MEGATRENDS = "from marts.megatrend_themes order by document_id, list_position, code"
CLAIMS = """
from marts.claims
where status != 'rejected'
order by status, document_id, claim_id
"""
OF_WAVE = """
select distinct theme_code, respondents, denominator, denominator_kind, respondent_share
from marts.theme_evidence
where survey_id = $survey_id and wave = $wave
order by respondents desc, theme_code
"""


@dataclass(frozen=True)
class Theme:
    """One theme: who speaks of it how much, and the passages shown."""

    theme_code: str
    spoken: list[Row]
    passages: list[Row]


@dataclass(frozen=True)
class DocumentFacts:
    """What the pages say of documents, in no language yet."""

    documents: list[Row]
    themes: list[Theme]
    megatrends: list[tuple[Row, list[Row]]]
    claims: list[Row]

    def of_wave(self, named: list[Row]) -> list[tuple[Row, Theme]]:
        """The themes most named in a wave of which documents speak, with how many named each."""
        themes = {theme.theme_code: theme for theme in self.themes}
        both = [(row, themes[row["theme_code"]]) for row in named if row["theme_code"] in themes]
        return both[:THEMES_OF_A_WAVE]


def read_documents(connection: duckdb.DuckDBPyConnection) -> DocumentFacts:
    """Read what the release holds of documents."""
    passages = {
        code: [{**row, "shown": cut(row["text"], row["terms"])} for row in found]
        for code, found in groupby(rows(connection, PASSAGES), key=lambda row: row["theme_code"])
    }
    spoken = {
        code: list(found)
        for code, found in groupby(rows(connection, SPOKEN), key=lambda row: row["theme_code"])
    }
    trends = groupby(rows(connection, MEGATRENDS), key=lambda row: row["node_id"])
    return DocumentFacts(
        documents=rows(connection, DOCUMENTS),
        themes=[Theme(code, spoken.get(code, []), found) for code, found in passages.items()],
        megatrends=[(each[0], each) for _, found in trends for each in [list(found)]],
        claims=rows(connection, CLAIMS),
    )


def read_named(connection: duckdb.DuckDBPyConnection, wave: Row) -> list[Row]:
    """How many of a wave's respondents name each theme that documents speak of."""
    of_wave = {"survey_id": wave["survey_id"], "wave": wave["wave"]}
    return rows(connection, OF_WAVE, of_wave)


def cut(text: str, terms: str | None) -> str:
    """A passage no longer than a reader wants, around the first word that led to its theme."""
    if len(text) <= LONGEST:
        return text
    found = [text.lower().find(term.lower()) for term in (terms or "").split("|") if term]
    first = min((place for place in found if place >= 0), default=0)
    start = text.rfind(" ", 0, first - LONGEST // 3) + 1 if first > LONGEST // 2 else 0
    end = text.rfind(" ", start, start + LONGEST)
    after = " …" if end < len(text) else ""
    return f"{'… ' if start else ''}{text[start:end]}{after}"
