"""The names of questions and choices in EUSurvey's XML: its ``Elements``, once per language.

A question or choice has the same id in each language; its first name is kept. Titles are HTML
and are named here by their text.
"""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

_QUESTIONS = {"Question", "MatrixQuestion", "RatingQuestion", "Cell"}
_CHOICES = {"Answer", "MatrixAnswer", "TableAnswer"}
_NEVER_ANSWERED = {"Line", "File Download", "Rating"}

Name = tuple[str, str]


class Names:
    """Names by id: a question's are its title and its short name, or else its id."""

    def __init__(self) -> None:
        self.of_question: dict[str, Name] = {}
        self._of_table_row: dict[str, Name] = {}
        self._of_choice: dict[str, Name] = {}

    def take(self, elements: Element) -> None:
        """Take in the names of one language."""
        above = ""
        for element in elements:
            if element.tag.endswith("Title"):
                above = _text(element)
            elif element.tag == "TableQuestion":
                self._of_table_row.setdefault(*_named(element, above))
            elif element.tag in _CHOICES:
                self._of_choice.setdefault(*_named(element))
            elif element.tag in _QUESTIONS and element.get("type") not in _NEVER_ANSWERED:
                matrix = above if element.tag == "MatrixQuestion" else ""
                self.of_question.setdefault(*_named(element, matrix))
                for choice in element.iter("Answer"):
                    self._of_choice.setdefault(*_named(choice))

    def column(self, question: str, choice: str) -> str:
        """The id of the column that an answer is in: its question's, or a cell of a table's."""
        if question not in self._of_table_row:
            return question
        column = f"{question} {choice}"
        title, short = self._of_table_row[question]
        cell, cell_short = self._of_choice.get(choice, (choice, choice))
        self.of_question.setdefault(column, (f"{title}: {cell}", f"{short} {cell_short}"))
        return column

    def beside(self, question: str, tag: str) -> str:
        """The id of a column beside a question's: what is explained or discussed there."""
        title, short = self.of_question.get(question, (question, question))
        self.of_question.setdefault(f"{question} {tag}", (f"{title}: {tag}", f"{short} {tag}"))
        return f"{question} {tag}"

    def labels(self, choices: str) -> list[str]:
        """The labels of choices, by their ids with ``;`` between; an unknown id is its own."""
        return [self._of_choice.get(own, (own, ""))[0] for own in choices.split(";") if own]


def _named(element: Element, above: str = "") -> tuple[str, Name]:
    own_id = element.get("id", "")
    title = ": ".join(filter(None, (above, _text(element))))
    return own_id, (title, element.get("bid") or own_id)


def _text(element: Element) -> str:
    parser = _Text()
    parser.feed(element.findtext("ResultText") or element.text or "")
    parser.close()
    return " ".join("".join(parser.parts).split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(" " if tag in ("br", "p", "div", "li") else "")
