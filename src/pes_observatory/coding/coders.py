"""The machine's coders, ready to use: rules, model, and both together.

A trained model is kept under a hash of all that it is made of, so that a night trains only
when an example, a seed or the code has changed.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from pes_observatory.coding.codebook import Codebook, load_codebook
from pes_observatory.coding.combined import CombinedCoder, ModelCoder
from pes_observatory.coding.corpus import FOLDER, Example, in_newest_codes, written_examples
from pes_observatory.coding.crosswalk import load_crosswalk
from pes_observatory.coding.lexicon import lexicon_folder, load_lexicons
from pes_observatory.coding.model import Model, train
from pes_observatory.coding.rules import Code, RuleCoder
from pes_observatory.files import sha256_of_text, sha256_of_tree, written_whole
from pes_observatory.settings import Home, model_cache, project_root


class Coder(Protocol):
    """Anything that codes a unit; ``name`` is what its codings are kept under."""

    name: str

    def codes(self, text: str, lang: str | None, question_id: str | None) -> list[Code]:
        """The codes of one unit, its primary one first."""
        ...


@dataclass(frozen=True)
class Coders:
    """The three coders, by the type that their codings are landed under."""

    rule: RuleCoder
    model: ModelCoder
    combined: CombinedCoder

    def by_type(self) -> dict[str, Coder]:
        """The coders under ``rule``, ``model`` and ``combined``."""
        return {"rule": self.rule, "model": self.model, "combined": self.combined}


def load_coders(home: Home, accepted: Sequence[Example] = ()) -> Coders:
    """All coders; ``accepted`` are codings by people that the model learns from as well."""
    codebook, rules = load_codebook(), rule_coder()
    model = ModelCoder(codebook, _trained(home, codebook, accepted))
    return Coders(rules, model, CombinedCoder(rules, model))


def rule_coder() -> RuleCoder:
    """The coder by rules; made once in a process, for as long as codebook and terms stay."""
    return _rule_coder(sha256_of_tree([_codebook_file(), lexicon_folder()], suffixes=(".csv",)))


@lru_cache(maxsize=1)
def _rule_coder(_made_of: str) -> RuleCoder:
    codebook = load_codebook()
    coder = RuleCoder(codebook, load_lexicons(codebook.themes))
    gc.freeze()  # its trees stay as they are: looking through them again would cost a tenth
    return coder


def _codebook_file() -> Path:
    return project_root() / "dbt_project" / "seeds" / "codebook.csv"


def coder_hash(accepted: Sequence[Example] = ()) -> str:
    """A hash of all that decides a coding: this folder, the codebook, its terms, the examples."""
    own = sha256_of_tree(
        [Path(__file__).parent, _codebook_file(), lexicon_folder()],
        suffixes=(".py", ".csv"),
    )
    return sha256_of_text(own + repr((load_crosswalk(), sorted(map(repr, accepted)))))


def _trained(home: Home, codebook: Codebook, accepted: Sequence[Example]) -> Model:
    own = Path(__file__).parent
    code = [own / f"{name}.py" for name in ("corpus", "features", "model", "words")]
    crosswalk = load_crosswalk()
    made_of = sha256_of_text(
        sha256_of_tree([FOLDER, *own.glob("*.csv"), *code], suffixes=(".py", ".csv"))
        + repr((crosswalk, sorted(map(repr, accepted))))
    )
    path = model_cache(home) / f"model-{made_of[:16]}.npz"
    if not path.exists():
        written = in_newest_codes(written_examples(), crosswalk, codebook.themes)
        model = train([*written, *accepted])
        with written_whole(path) as part:
            model.save(part)
    return Model.load(path)
