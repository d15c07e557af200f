"""Imprints of the passages of a document: a list of contributors may run on into the next ones.

A sentence that a page or column cuts goes on in the next paragraph; "Written by:" is followed by
one, or by the entries of a list. A name belongs to the passage that it begins in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from pes_observatory.facts.imprint import (
    Statement,
    announced_role,
    contributor,
    contributors_at,
    each_once,
    imprint_in,
    name_in,
)

_MOST_PASSAGES = 4
_MOST_ENTRIES = 60
_IS_CUT = re.compile(
    r"(?:,|\s(?:et|and|y|e|ainsi que|as well as|así como"
    r"|de|du|des|del|of|the|la|le|les|el|los|las))\s*$"
)
_HAS_ENDED = re.compile(r"[.!?:;]\s*$")
_GOES_ON = re.compile(r"\s*[a-zà-öø-ÿ]")
_END_OF_NAME = re.compile(r"[,;:.(\n]|\s[–—-]\s")


def imprints_of(passages: Sequence[dict[str, Any]]) -> list[list[Statement]]:
    """Per passage of one document, in their order, what it says of the document."""
    found: list[list[Statement]] = [[] for _ in passages]
    for number, passage in enumerate(passages):
        text, lang = passage["text"] or "", passage["lang"]
        own = imprint_in(text, lang)
        run = _run(passages, number)
        if len(run) > 1:
            found[number] += [each for each in own if each.kind != "contributor"]
            for at, each in _over(passages, run, lang):
                found[at].append(each)
        else:
            found[number] += own
        for at, each in _announced(passages, number):
            found[at].append(each)
    return [each_once(statements) for statements in found]


def _run(passages: Sequence[dict[str, Any]], number: int) -> list[int]:
    """A paragraph and those that go on with its sentence; notes at the foot of a page are none."""
    run = [number]
    for at in range(number + 1, len(passages)):
        kinds = passages[number]["passage_kind"], passages[at]["passage_kind"]
        if kinds[1] == "footnote":
            continue
        before, after = (passages[each]["text"] or "" for each in (run[-1], at))
        is_announced = announced_role(before, passages[number]["lang"]) is not None
        is_one = not _HAS_ENDED.search(before) and bool(
            _IS_CUT.search(before) or _GOES_ON.match(after)
        )
        if kinds != ("paragraph", "paragraph") or not (is_one or is_announced):
            break
        run.append(at)
        if len(run) == _MOST_PASSAGES:
            break
    return run


def _over(
    passages: Sequence[dict[str, Any]], run: Sequence[int], lang: str | None
) -> Iterator[tuple[int, Statement]]:
    """The contributors that the passages name when read as one, each in the passage of its name."""
    starts, whole = [0], passages[run[0]]["text"] or ""
    for at in run[1:]:
        starts.append(len(whole) + 1)
        whole += " " + (passages[at]["text"] or "")
    for place, each in contributors_at(whole, lang):
        yield run[bisect_right(starts, place) - 1], each


def _announced(passages: Sequence[dict[str, Any]], number: int) -> Iterator[tuple[int, Statement]]:
    """The names that begin the entries of a list, where the passage before it announces them."""
    text = passages[number]["text"] or ""
    role = announced_role(text, passages[number]["lang"])
    for at in range(number + 1, min(number + 1 + _MOST_ENTRIES, len(passages))):
        if role is None or passages[at]["passage_kind"] != "list_item":
            return
        entry = passages[at]["text"] or ""
        if name := name_in(_END_OF_NAME.split(entry)[0]):
            yield at, contributor(role, name, f"{text} {entry}")
