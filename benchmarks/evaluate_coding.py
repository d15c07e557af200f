"""How well the machine codes: against labelled texts that its authors have not seen.

``make evaluate-coding`` prints, per coder, level and language: Cohen's kappa against the
reference, precision, recall and F1 (weighted by support), the share left uncoded, and the
confusions seen most. See ``coding/README.md`` for how the texts were labelled.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from pes_observatory.coding.codebook import UNCODABLE
from pes_observatory.coding.coders import Coder, load_coders
from pes_observatory.settings import home

FOLDER = Path(__file__).parent / "coding"
LANGUAGES = ("en", "es", "fr")
CODERS = ("combined", "rule", "model")
CONFUSIONS = 12
TARGETS = {"theme": 0.80, "subtheme": 0.70}
MOST_UNCODED = 0.08


def main() -> int:
    """Print the tables; 1 when the combined coder misses a target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=("held_out", "development"), default="held_out")
    parser.add_argument("--coder", choices=CODERS, action="append")
    wanted = parser.parse_args()
    with (FOLDER / f"{wanted.set}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    out = Console(width=None if sys.stdout.isatty() else 120)
    coders = load_coders(home()).by_type()
    misses = []
    _two_labellers(out, rows)
    for name in wanted.coder or CODERS:
        guessed = [coders[name].codes(r["text"], r["lang"], r["question_id"])[0].code for r in rows]
        missed = _one_coder(out, f"{coders[name].name} on {wanted.set}", rows, guessed)
        if name == "combined":
            misses = missed
            _secondary(out, rows, coders[name])
            _confusions(out, rows, guessed)
    for miss in misses:
        out.print(f"target missed: {miss}", style="red")
    return 1 if misses else 0


def _one_coder(
    out: Console, title: str, rows: list[dict[str, str]], guessed: list[str]
) -> list[str]:
    table = Table(
        "level", "language", "units", "kappa", "precision", "recall", "F1", "uncoded", title=title
    )
    misses = []
    for level in ("theme", "subtheme"):
        for lang in (*LANGUAGES, "all"):
            chosen = [i for i, row in enumerate(rows) if lang in (row["lang"], "all")]
            truth = [_at(level, rows[i]["code"]) for i in chosen]
            found = [_at(level, guessed[i]) for i in chosen]
            kappa = cohen_kappa_score(truth, found)
            scores = precision_recall_fscore_support(
                truth, found, average="weighted", zero_division=0
            )
            uncoded = found.count(UNCODABLE) / len(found)
            cells = (kappa, *scores[:3], uncoded)
            table.add_row(level, lang, str(len(chosen)), *(f"{cell:.3f}" for cell in cells))
            if kappa < TARGETS[level]:
                misses.append(
                    f"kappa of {level}s in {lang} is {kappa:.3f}, wanted {TARGETS[level]}"
                )
            if level == "theme" and uncoded > MOST_UNCODED:
                misses.append(f"{uncoded:.1%} of {lang} uncoded, wanted at most {MOST_UNCODED:.0%}")
    out.print(table)
    return misses


def _secondary(out: Console, rows: list[dict[str, str]], coder: Coder) -> None:
    """Themes named beside the primary one: labellers name few, so that precision reads low."""
    named = right = wanted = 0
    for row in rows:
        codes = coder.codes(row["text"], row["lang"], row["question_id"])
        found = {_at("theme", each.code) for each in codes[1:]}
        labelled = {_at("theme", code) for code in (row["code"], *row["secondary_a"].split("|"))}
        named, right = named + len(found), right + len(found & labelled)
        wanted += len(labelled - {"", _at("theme", codes[0].code)})
    out.print(
        f"secondary themes: {named} named, {right} of them labelled, {wanted} labelled in all"
    )


def _confusions(out: Console, rows: list[dict[str, str]], guessed: list[str]) -> None:
    wrong = Counter(
        (row["code"], code) for row, code in zip(rows, guessed, strict=True) if row["code"] != code
    )
    table = Table("reference", "coded as", "times", title="confusions seen most")
    for (right, code), times in wrong.most_common(CONFUSIONS):
        table.add_row(right, code, str(times))
    out.print(table)


def _two_labellers(out: Console, rows: list[dict[str, str]]) -> None:
    table = Table("level", "language", "units", "kappa", title="two labellers, blind to each other")
    for level in ("theme", "subtheme"):
        for lang in (*LANGUAGES, "all"):
            pairs = [
                (_at(level, row["code_a"]), _at(level, row["code_b"]))
                for row in rows
                if lang in (row["lang"], "all") and row["code_a"] and row["code_b"]
            ]
            kappa = cohen_kappa_score(*zip(*pairs, strict=True))
            table.add_row(level, lang, str(len(pairs)), f"{kappa:.3f}")
    out.print(table)


def _at(level: str, code: str) -> str:
    return code.partition(".")[0] if level == "theme" else code


if __name__ == "__main__":
    sys.exit(main())
