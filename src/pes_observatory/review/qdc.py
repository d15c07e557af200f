"""The codebook as REFI-QDA Codebook (``.qdc``), for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.

REFI-QDA 1.5, schema ``urn:QDA-XML:codebook:1.0``: CodeBook (origin) holds Codes, Codes holds
Code elements, and a Code (guid, name, isCodable, color) holds its Description, then the Codes
below it. https://www.qdasoftware.org
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pes_observatory import __version__
from pes_observatory.review.codebook import CodebookRow

NAMESPACE = "urn:QDA-XML:codebook:1.0"
COLOURS = ("#1B6CA8", "#2E8B57", "#C0622D", "#7A4FA3", "#A8326E", "#6B6B6B")
_OURS = uuid5(NAMESPACE_URL, "urn:pes-observatory:codebook")


def guid(version: str, code: str) -> UUID:
    """The guid of a code in a version of the codebook: the same in every export."""
    return uuid5(_OURS, f"{version}/{code}")


def qdc(codebook: Sequence[CodebookRow], lang: str) -> bytes:
    """The codebook in one language as XML; families are there to hold their themes alone."""
    root = Element("CodeBook", {"xmlns": NAMESPACE, "origin": f"PES Observatory {__version__}"})
    element_of: dict[str, Element] = {"": SubElement(root, "Codes")}
    colour_of: dict[str, str] = {}
    for row in codebook:
        is_family = row.level == "family"
        colour = COLOURS[len(colour_of) % len(COLOURS)] if is_family else colour_of[row.parent]
        colour_of[row.code] = colour
        element = SubElement(
            element_of[row.parent],
            "Code",
            guid=str(guid(row.version, row.code)),
            name=row.choice(lang),
            isCodable=str(not is_family).lower(),
            color=colour,
        )
        SubElement(element, "Description").text = _description(row)
        element_of[row.code] = element
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _description(row: CodebookRow) -> str:
    parts = [row.definition, f"Questions: {row.questions}" if row.questions else ""]
    return ". ".join([*filter(None, parts), f"Codebook {row.version}"]) + "."
