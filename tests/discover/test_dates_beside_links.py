"""Dates that a listing page prints: which are of a document, and which are of something else."""

from __future__ import annotations

import pytest

from pes_observatory.discover.dates import Printed, printed_date
from pes_observatory.discover.listing import documents_on

A, B = '<a href="/a.pdf">Report A</a>', '<a href="/b.pdf">Report B</a>'


class TestADate:
    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("12 March 2024", "2024-03-12"),
            ("Mar 12, 2024", "2024-03-12"),
            ("Tuesday, 12 March 2024", "2024-03-12"),
            ("mar. 12 mars 2024", "2024-03-12"),
            ("1er août 2023", "2023-08-01"),
            ("5 févr. 2023", "2023-02-05"),
            ("12 de marzo de 2024", "2024-03-12"),
            ("12.03.2024", None),
            ("13/03/2024", "2024-03-13"),
            ("3/13/2024", "2024-03-13"),
            ("03/03/2024", "2024-03-03"),
            ("2024-03-12T09:30:00+01:00", "2024-03-12"),
            ("March 2024", "2024-03"),
            ("setiembre de 2024", None),
            ("septiembre de 2024", "2024-09"),
        ],
    )
    def test_is_as_precise_as_it_is_printed(self, words, day):
        assert printed_date(words, None) == (Printed(day, None) if day else None)

    @pytest.mark.parametrize(
        ("lang", "day"), [("fr", "2024-04-03"), ("es", "2024-04-03"), ("en", None), (None, None)]
    )
    def test_of_figures_alone_needs_a_language_that_puts_the_day_first(self, lang, day):
        assert printed_date("03/04/2024", lang) == (Printed(day, None) if day else None)

    @pytest.mark.parametrize(
        ("words", "meaning"),
        [
            ("Published on 12 March 2024", "published"),
            ("Date de publication : 12 mars 2024", "published"),
            ("Publicado el 12 de marzo de 2024", "published"),
            ("Last updated: 2024-03-12", "updated"),
            ("Mise à jour le 12 mars 2024", "updated"),
        ],
    )
    def test_has_the_meaning_of_its_label(self, words, meaning):
        assert printed_date(words, "fr") == Printed("2024-03-12", meaning)

    @pytest.mark.parametrize(
        "words",
        [
            "2024", "Report 2024", "Deadline: 12 March 2024", "Held on 12 March 2024",
            "12 March 2024, Brussels", "30-31 March 2024", "31/02/2024", "jui 2024", "may be 2024",
        ],
    )  # fmt: skip
    def test_is_nothing_else(self, words):
        assert printed_date(words, "fr") is None


def dates(body: str, lang: str = "fr") -> dict[str, tuple[str | None, str | None]]:
    page = f'<html lang="{lang}"><body>{body}</body></html>'
    found = documents_on(page, "https://pes.example/list", r"\.pdf")
    return {each.title: (each.published_on, each.updated_on) for each in found}


class TestBesideALink:
    @pytest.mark.parametrize(
        "body",
        [
            f"<ul><li><span>03/04/2024</span> {A}</li><li>{B}</li></ul>",
            f"<ul><li>{A} (PDF) – 3 avril 2024</li><li>{B}</li></ul>",
            f"<ul><li><p>3 avril 2024 | Rapport</p><h3>{A}</h3></li><li>{B}</li></ul>",
            f"<table><tr><td>3 avril 2024</td><td>{A}</td></tr><tr><td></td><td>{B}</td></table>",
            f'<article><time datetime="2024-04-03">mercredi</time><h2>{A}</h2></article>{B}',
            f'<article>Publié le <time datetime="2024-04-03T08:00Z">3/4</time><p>{A}</article>{B}',
            f'<div class="c"><p>3 avril 2024</p><p>{A}</p></div><div class="c"><p>{B}</p></div>',
            f"<ul><li>3 avril 2024<ul><li>{A}</li></ul></li><li>{B}</li></ul>",
            f"<dl></dl><p>3 avril 2024<br>{A}</p><p>{B}</p>",
            f"<li>Événement : 2 mai 2024</li><li>Publié : 3 avril 2024<br>1er mai 2024 {A}</li>{B}",
        ],
    )
    def test_it_is_of_the_document_of_its_entry_alone(self, body):
        assert dates(body) == {"Report A": ("2024-04-03", None), "Report B": (None, None)}

    def test_both_languages_of_a_text_in_one_row_have_it(self):
        assert dates(f"<tr><td>3 avril 2024</td><td>{A} {B}</td></tr>".join(("<table>", ""))) == {
            "Report A": ("2024-04-03", None), "Report B": ("2024-04-03", None),
        }  # fmt: skip

    def test_an_update_is_another_date(self):
        entry = f"<li>{A}<br>Publié le 3 avril 2024<br><b>Mis à jour :</b> <i>5 mai 2024</i></li>"
        assert dates(f"<ul>{entry}</ul>") == {"Report A": ("2024-04-03", "2024-05-05")}

    def test_the_head_of_a_column_says_of_what(self):
        rows = f"<tr><td>{A}</td><td>3 avril 2024</td><td>9 mai 2024</td></tr>"
        head = "<tr><th>Titre</th><th>Parution</th><th>Date limite</th></tr>"
        assert dates(f"<table>{head}{rows}</table>") == {"Report A": ("2024-04-03", None)}

    @pytest.mark.parametrize(
        "body",
        [
            f"<li>Réunion tenue le <b>3 avril 2024</b> à Paris {A}</li>",
            f"<li>Du 3 avril 2024 au 5 avril 2024 {A}</li>",
            f"<li><time datetime='2024-04-03'></time><time datetime='2024-04-05'></time>{A}</li>",
            "<li><a href='/a.pdf'>Report A</a><h3>3 avril 2024</h3></li>",
            f"<li><b>Date limite :</b> <span>3 avril 2024</span> {A}</li>",
            f"<li>{A}</li><li>3 avril 2024</li>",
            f"<div>3 avril 2024</div><div>{A}</div>",
            f"<article>3 avril 2024 <p>{A} <a href='/c.pdf'>C</a></p></article>",
            f"<li>3 avril 2999 {A}</li>",
        ],
    )
    def test_what_is_of_something_else_or_of_nobody_knows_what_is_not_taken(self, body):
        assert dates(body)["Report A"] == (None, None)

    def test_a_page_that_says_it_is_xml_or_nothing_is_read_too(self):
        start = '<?xml version="1.0" encoding="iso-8859-1"?>'
        assert dates(start + f"<li>3 août 2024 {A}</li>")["Report A"] == ("2024-08-03", None)
        assert list(documents_on("", "https://pes.example", "pdf")) == []
