"""What a report says, in words: its contradictions as sentences, its claims beside our figures."""

from __future__ import annotations

from pes_observatory.report.formats import DASH, Formats
from pes_observatory.report.names import Names
from pes_observatory.report.queries import ReleaseFacts, Row

SHOWN_BASES = 5


class Findings:
    """Findings and claims in one language."""

    def __init__(self, release: ReleaseFacts, names: Names, formats: Formats) -> None:
        self.release, self.name, self.format = release, names, formats
        self.words = names.words

    def sentence(self, finding: Row) -> str:
        """A row of marts.report_findings as a sentence."""
        given = {name: finding[name] or "" for name in ("claimed", "base", "found")}
        given["found"] = ", ".join(given["found"].split(", ")[:SHOWN_BASES])
        percent = " / ".join(
            value + self.format.percent_sign for value in given["claimed"].split(", ")
        )
        numbers = {name: finding[name] for name in ("needed", "available")}
        shares = {
            name: self.exact_share(numbers[number], given["base"])
            for name, number in (("low", "available"), ("high", "needed"))
        }
        text = str(self.words["finding_kinds"][finding["finding_kind"]])
        lists = self.words["lists"].get(given["claimed"], given["claimed"])
        subject = self.subject(str(finding["subject"]))
        return text.format(
            subject=subject, list=lists, percent=percent, **given, **numbers, **shares
        )

    def subject(self, subject: str) -> str:
        """What a finding is about: a measure, a list, a country, a chart or a theme."""
        words = {**self.words["measures"], **self.words["lists"]}
        if subject in words:
            return str(words[subject])
        if subject in self.release.countries:
            return self.name.country(subject)
        if subject in self.name.charts:
            return f"{subject} ({self.name.chart(subject)})"
        return self.name.theme(subject)

    def document(self, document_id: str) -> str:
        """The title of a document, or its identifier where it is not loaded."""
        return str(self.release.documents.get(document_id, {}).get("title") or document_id)

    def exact_share(self, part: int, whole: str) -> str:
        """A share to one decimal, where the whole is one number."""
        if not whole.isdecimal() or not int(whole):
            return DASH
        return self.format.decimal(100 * part / int(whole)) + self.format.percent_sign

    def about(self, claim: Row) -> str:
        """What a claim is about, after its measure."""
        if claim["code"]:
            return self.name.theme(claim["code"])
        return str(self.words["lists"].get(claim["list_id"]) or claim["item"] or "")

    def claimed(self, claim: Row) -> str:
        """What the report says, with the number that a share refers to."""
        value = self.format.count(claim["claimed_value"])
        if claim["unit"] == "percent":
            value += self.format.percent_sign
        if claim["claimed_denominator"] and claim["unit"] == "percent":
            whole = self.format.count(claim["claimed_denominator"])
            value += f" {self.words['is_of'].format(n=whole)}"
        return value

    def ours(self, claim: Row) -> str:
        """The same from the answers that are loaded."""
        if claim["our_value"] is None:
            return DASH
        if claim["unit"] != "percent":
            return self.format.count(int(claim["our_value"]))
        share = self.format.decimal(claim["our_value"]) + self.format.percent_sign
        parts = (claim["our_numerator"], claim["our_denominator"])
        return f"{share} ({' / '.join(self.format.count(part) for part in parts)})"

    def difference(self, claim: Row) -> str:
        """The report's value minus ours; points for a percentage."""
        value = claim["difference"]
        if value is None or value == 0:
            return "0" if value == 0 else DASH
        if claim["unit"] == "percent":
            return self.format.points(value / 100)
        return self.format.signed(value)

    def loaded(self) -> list[str]:
        """Of each wave that the claims are about and that is loaded, what was loaded."""
        about = {(claim["survey_id"], claim["wave"]) for claim in self.release.claims}
        sources = {row["source_id"]: row for row in self.release.sources}
        waves = [wave for wave in self.release.waves if (wave["survey_id"], wave["wave"]) in about]
        return [
            self.words["loaded_from"].format(
                survey=wave["title"], attribution=source["attribution"]
            )
            for wave in waves
            if (source := sources.get(wave["source_id"])) and source["attribution"]
        ]
