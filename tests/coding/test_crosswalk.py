"""Old codes in a newer codebook: what goes on, and what nobody can say."""

from __future__ import annotations

import pytest

from pes_observatory.coding.corpus import Example, in_newest_codes
from pes_observatory.coding.crosswalk import Crosswalk, load_crosswalk
from pes_observatory.errors import WrongUse

CROSSWALK = Crosswalk(
    ("2022.1", "2023.1", "2024.1"),
    {
        ("2022.1", "RX1"): [("merged", "RX5")],
        ("2022.1", "OS5.2"): [("split", "OS5.2"), ("split", "OS5.6")],
        ("2022.1", "PU7.4"): [("renamed", "PU10.1")],
        ("2023.1", "PU10.1"): [("renamed", "PU10.2")],
        ("2023.1", "MT1.1"): [("removed", "")],
    },
)


@pytest.mark.parametrize(
    ("code", "version", "newest"),
    [
        ("RX1", "2022.1", "RX5"),
        ("PU7.4", "2022.1", "PU10.2"),
        ("PU10.1", "2023.1", "PU10.2"),
        ("OP1.1", "2022.1", "OP1.1"),
        ("OS5.2", "2022.1", None),
        ("OS5.2", "2023.1", "OS5.2"),
        ("MT1.1", "2022.1", None),
        ("MT1.1", "2024.1", "MT1.1"),
    ],
)
def test_a_code_is_followed_to_the_newest_version(code, version, newest):
    assert CROSSWALK.newest(code, version) == newest


def test_examples_follow_and_those_of_a_split_code_are_left_out():
    examples = [Example("a", "fr", "Q9", "RX1"), Example("b", "fr", "Q3", "OS5.2")]
    assert in_newest_codes(examples, CROSSWALK, {"RX5"}) == [Example("a", "fr", "Q9", "RX5")]


def test_an_example_of_a_code_that_is_nowhere_is_named():
    with pytest.raises(WrongUse, match=r"corpus/fr\.csv: 'a text' has the code 'XX1', which the"):
        in_newest_codes([Example("a text", "fr", "Q3", "XX1")], CROSSWALK, {"RX5"})


def test_a_version_that_never_was_is_named():
    with pytest.raises(WrongUse, match=r"no version '1999.1', only 2022.1, 2023.1, 2024.1"):
        CROSSWALK.newest("RX1", "1999.1")


def test_the_seeds_end_in_the_version_of_the_codebook():
    assert load_crosswalk().versions[-1] == "2022.1"
