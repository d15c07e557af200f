"""Which units a person should code, and why.

A unit needs a person when the machine found no code (``uncoded``), is not sure
(``low_confidence``), when its rules and its model name different themes (``coders_disagree``), or
when two people do and nobody has decided (``people_disagree``). A random part of each wave comes on
top (``sample``): only that tells how good the machine is where it is sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from pes_observatory.agreement.table import PREFERENCE, at_level
from pes_observatory.agreement.units import CodedUnit
from pes_observatory.coding.codebook import UNCODABLE
from pes_observatory.files import sha256_of_text

LOW_CONFIDENCE = 0.5
REASONS = ("uncoded", "low_confidence", "coders_disagree", "people_disagree", "sample")

Key = tuple[str, int]


@dataclass(frozen=True)
class ChosenUnit:
    """A unit for a person, with what the preferred machine coder says of it."""

    machine: CodedUnit
    reasons: tuple[str, ...]


def chosen_units(
    coded: Iterable[CodedUnit],
    *,
    wave: int | None,
    sample: float,
    coder: str | None,
    is_blind: bool,
    only: str | None = None,
) -> list[ChosenUnit]:
    """The units for a person, in order of question and answer.

    ``sample`` is the part of each wave's units that is drawn, the same ones whenever it is asked.
    Units that ``coder`` has coded are left out. A blind choice does not look at what other people
    have coded, so that two people get the same units whoever is first. ``only`` names one of
    ``REASONS``; the sample alone is what agreement should be measured on.
    """
    by_unit: dict[Key, list[CodedUnit]] = defaultdict(list)
    for each in coded:
        if wave in (None, each.wave):
            by_unit[each.key].append(each)
    machines = {key: _preferred(coders) for key, coders in by_unit.items()}
    drawn = _drawn([machine for machine in machines.values() if machine], sample)
    chosen = []
    for key, coders in by_unit.items():
        machine = machines[key]
        people = [each for each in coders if each.coder_type == "human"]
        if machine is None or any(each.coder == coder for each in people):
            continue
        reasons = _reasons(coders, machine, [] if is_blind else people)
        reasons += ["sample"] if key in drawn else []
        if reasons and only in (None, *reasons):
            chosen.append(ChosenUnit(machine, tuple(reasons)))
    return sorted(chosen, key=lambda c: (c.machine.wave, c.machine.question_id, c.machine.key))


def _reasons(
    coders: Sequence[CodedUnit], machine: CodedUnit, people: Sequence[CodedUnit]
) -> list[str]:
    if people:
        is_decided = any(each.coder_role == "adjudicator" for each in people)
        is_disputed = len({each.primary for each in people}) > 1 and not is_decided
        return ["people_disagree"] if is_disputed else []
    reasons = []
    if machine.primary == UNCODABLE:
        reasons.append("uncoded")
    elif (machine.confidence or 0) < LOW_CONFIDENCE:
        reasons.append("low_confidence")
    themes = {each.coder_type: at_level(each.primary, "theme") for each in coders}
    if "rule" in themes and themes.get("model", themes["rule"]) != themes["rule"]:
        reasons.append("coders_disagree")
    return reasons


def _preferred(coders: Iterable[CodedUnit]) -> CodedUnit | None:
    machines = [each for each in coders if each.coder_type != "human"]
    return min(machines, key=lambda each: PREFERENCE.index(each.coder_type), default=None)


def _drawn(machines: Iterable[CodedUnit], sample: float) -> set[Key]:
    """Of each wave the units whose hash is lowest: a draw that needs no order and no state."""
    by_wave: dict[tuple[str, int], list[CodedUnit]] = defaultdict(list)
    for each in machines:
        by_wave[each.survey_id, each.wave].append(each)
    drawn: set[Key] = set()
    for units in by_wave.values():
        ranked = sorted(units, key=lambda each: sha256_of_text(f"{each.target_id}#{each.unit_no}"))
        drawn |= {each.key for each in ranked[: ceil(len(ranked) * sample)]}
    return drawn
