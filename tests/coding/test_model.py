"""The statistical coder, and both coders together."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from pes_observatory.coding.codebook import load_codebook
from pes_observatory.coding.coders import load_coders
from pes_observatory.coding.combined import CombinedCoder, ModelCoder
from pes_observatory.coding.corpus import Example, written_examples
from pes_observatory.coding.lexicon import Lexicon, Term
from pes_observatory.coding.model import Model, train
from pes_observatory.coding.rules import RuleCoder
from pes_observatory.settings import Home

TRAINING = [
    *(Example(f"Former les conseillers {word}", "fr", "Q5", "OP1.1") for word in "abcdef"),
    *(Example(f"Ouvrir des agences locales {word}", "fr", "Q3", "OS6.1") for word in "abcdef"),
    *(Example(f"Bonos a la contratación {word}", "es", "Q1", "MT1.3") for word in "abcdef"),
]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(TRAINING)


@pytest.fixture(scope="module")
def model_coder(model) -> ModelCoder:
    return ModelCoder(load_codebook(), model)


def test_it_codes_unseen_words_of_a_family_it_has_seen(model_coder):
    assert model_coder.codes("Formation d'une conseillère", "fr", "Q5")[0].code == "OP1.1"
    assert model_coder.codes("contrataciones", "es", "Q1")[0].code == "MT1.3"


def test_beliefs_sum_to_one(model):
    assert model.beliefs("Former", "fr", "Q5").sum() == pytest.approx(1, abs=1e-5)


def test_the_same_examples_in_any_order_make_the_same_model(model):
    again = train(list(reversed(TRAINING)))
    assert again.codes == model.codes
    assert again.column_of == model.column_of
    assert np.array_equal(again.weights, model.weights)


def test_a_saved_model_believes_the_same(model, tmp_path):
    model.save(tmp_path / "model.npz")
    loaded = Model.load(tmp_path / "model.npz")
    text = ("Ouvrir une agence", "fr", "Q3")
    assert np.array_equal(loaded.beliefs(*text), model.beliefs(*text))


def test_a_text_of_which_the_model_knows_no_word_is_not_guessed(model_coder):
    (only,) = model_coder.codes("xyzzy", "fr", "Q5")
    assert (only.code, only.confidence) == ("ZZ2", 0.0)


@pytest.fixture(scope="module")
def combined(model_coder) -> CombinedCoder:
    lexicon = Lexicon("fr", [Term("OS6.1", "agences"), Term("MT3.1", "pénurie")])
    return CombinedCoder(RuleCoder(load_codebook(), {"fr": lexicon}), model_coder)


def test_together_they_code_what_only_one_of_them_knows(combined):
    by_rule = combined.codes("Pénurie", "fr", "Q2")[0]
    assert (by_rule.code, by_rule.terms) == ("MT3.1", ("Pénurie",))
    by_model = combined.codes("Former tout le monde", "fr", "Q5")[0]
    assert (by_model.code, by_model.terms) == ("OP1.1", ())


def test_where_both_agree_confidence_is_higher(combined):
    alone = combined.codes("Former", "fr", "Q5")[0]
    both = combined.codes("Ouvrir des agences", "fr", "Q3")[0]
    assert both.code == "OS6.1"
    assert both.confidence > alone.confidence


def test_what_nobody_knows_is_left_uncoded(combined):
    assert [each.code for each in combined.codes("xyzzy", "fr", "Q1")] == ["ZZ2"]


def test_a_trained_model_is_kept_and_used_again(tmp_path, monkeypatch):
    monkeypatch.setenv("PES_MODEL_CACHE", str(tmp_path / "models"))
    first = load_coders(Home(tmp_path / "home"))
    (kept,) = (tmp_path / "models").iterdir()
    made_at = kept.stat().st_mtime_ns
    again = load_coders(Home(tmp_path / "home"))
    assert kept.stat().st_mtime_ns == made_at
    text = ("Former les conseillers", "fr", "Q5")
    assert first.combined.codes(*text) == again.combined.codes(*text)


def test_the_written_corpus_has_every_language_and_known_codes_only():
    examples = written_examples()
    assert {example.lang for example in examples} == {"en", "es", "fr"}
    assert {example.code for example in examples} <= set(load_codebook().themes)
    assert all(example.text.strip() for example in examples)


def test_no_labelled_text_that_coders_are_measured_on_is_among_the_examples():
    folder = Path(__file__).parents[2] / "benchmarks" / "coding"
    learnt = {plain(example.text) for example in written_examples()}
    for name in ("development", "held_out"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            measured = {plain(row["text"]) for row in csv.DictReader(stream)}
        assert not {text for text in measured if len(text) > len("n a")} & learnt


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
