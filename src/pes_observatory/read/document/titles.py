"""What a found document is called: as listed, unless that says nothing and it knows better."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pes_observatory.read.document.blocks import Extract
from pes_observatory.read.text import scrubbed

_FILE = re.compile(r".+\.(?:pdf|docx?|pptx?|xlsx?|indd|html?|md|txt)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_PROGRAM = re.compile(r"^(?:microsoft \w+ - |(?:adobe )?\w+ - (?=\S+\.indd$))", re.IGNORECASE)
_PART = re.compile(
    r"\d{1,2}(?:\.\d+)*[.)]?\s|(?:chapter|chapitre|cap[ií]tulo|annexe?|anexo)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
# words of links in three languages, of languages and sizes, and of programs that had no title
_EMPTY_WORD = re.compile(
    "downloads?|pdf|docx?|word|html|file|document|view|open|read|more|click|here|see|link|full|text"
    "|version|the|this|a|to|as|in"
    "|t[eé]l[eé]charge(?:r|ment)|lire|voir|ouvrir|ici|cliquez|cliquer|consulter|fichier|texte"
    "|intégral|suite|savoir|plus|la|le|l|en|au|format"
    "|descargar?|ver|abrir|leer|más|aquí|archivo|documento|texto|completo|el"
    "|english|french|spanish|français|anglais|espagnol|español|castellano|inglés|francés|fr|es"
    "|[kmg]b|[kmg]o"
    "|untitled|title|titre|título|sans|powerpoint|pr[eé]sentati?on|presentación|diapositive|slide"
)
_FEWEST_WORDS = 2
_LONGEST = 300
_LAST_PAGE = 2


def title_of(extract: Extract, listed: str, found_at: str) -> str:
    """The title of a document that was listed as ``listed`` at the address ``found_at``."""
    if not _says_nothing(listed, found_at):
        return listed
    headings = (
        block.text
        for block in extract.blocks
        if block.kind == "heading"
        and (block.page or 0) <= _LAST_PAGE
        and not _PART.match(block.text)
    )
    for own in (_PROGRAM.sub("", extract.title or ""), *headings):
        title = " ".join(own.split())
        is_whole = len(_WORD.findall(title)) >= _FEWEST_WORDS and len(title) <= _LONGEST
        if is_whole and not _says_nothing(title, found_at):
            return scrubbed(title)
    return listed


def _says_nothing(title: str, found_at: str) -> bool:
    """Whether a title is an address, the name of a file, or only such as "Download (2 MB)"."""
    words = _WORD.findall(title.lower())
    name = PurePosixPath(unquote(urlsplit(found_at).path)).stem
    return (
        all(_EMPTY_WORD.fullmatch(word) for word in words)
        or bool(_FILE.fullmatch(title.strip()) or _ADDRESS.fullmatch(title.strip()))
        or words == _WORD.findall(name.lower())
    )
