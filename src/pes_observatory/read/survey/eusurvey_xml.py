"""EUSurvey's results as XML, alone or in a ZIP with uploads.

Format: EUSurvey, ``XmlExportCreator``. A header is a question's title, its sub-header the short
name (``bid``) or else the id, which stays when a title is edited. An ``AnswerSet`` has an
``Answer`` per question that was answered, by text or by the ids of choices; its attributes
(``id``, ``create``, ``last``, ``list``, ``lang``, ...) are columns too. Where contributions are
anonymous their ``id`` is the number in ``list``.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pes_observatory.errors import LoadRejected
from pes_observatory.read.archive import MOST_BYTES, ZIP, opened_archive, unpacked
from pes_observatory.read.job import Job
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.eusurvey_elements import Names
from pes_observatory.read.survey.eusurvey_xls import ANONYMOUS

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)")

AnswerSet = tuple[dict[str, str], dict[str, list[str]]]


def read_eusurvey_xml(job: Job) -> Cells:
    """The cells of one export: attributes of the answer sets, then a column per question.

    Raises:
        LoadRejected: it is no EUSurvey XML, is cut, declares entities, or is too large.
    """
    names, answer_sets = Names(), list[AnswerSet]()
    is_results = False
    try:
        for _, element in iterparse(_xml(job), forbid_dtd=True):
            is_results = element.tag == "Results"
            if element.tag == "Elements":
                names.take(element)
            elif element.tag == "AnswerSet":
                answer_sets.append((_said_of_itself(element), _answers(element, names)))
            else:
                continue
            element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise LoadRejected(
            f"{job.where}: is no well-formed XML without a DTD and entities "
            f"({' '.join(str(error).split())[:120]}); export it again."
        ) from None
    if not is_results or not names.of_question:
        raise LoadRejected(
            f"{job.where}: is no XML of EUSurvey's results; set format to what the file is, "
            "or export it again."
        )
    return _cells(names, answer_sets)


def _cells(names: Names, answer_sets: list[AnswerSet]) -> Cells:
    attributes = list(dict.fromkeys(name for own, _ in answer_sets for name in own))
    columns = dict(names.of_question)
    for column in (column for _, answers in answer_sets for column in answers):
        columns.setdefault(column, (column, column))
    rows: list[list[str | None]] = [
        [
            *(own.get(name, "") for name in attributes),
            *("; ".join(answers.get(column, [])) for column in columns),
        ]
        for own, answers in answer_sets
    ]
    return Cells(
        headers=[*attributes, *(title for title, _ in columns.values())],
        sub_headers=[*("" for _ in attributes), *(short for _, short in columns.values())],
        rows=rows,
    )


def _said_of_itself(answer_set: Element) -> dict[str, str]:
    own = {name: _TIME.sub(r"\1 \2:\3:\4", value) for name, value in answer_set.items()}
    if own.get("id", ANONYMOUS) == ANONYMOUS:
        own["id"] = own.get("list", "")
    return own


def _answers(answer_set: Element, names: Names) -> dict[str, list[str]]:
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for element in answer_set:
        question, choices = element.get("qid"), element.get("aid", "")
        if question is None:
            continue
        text = "\n".join(part for part in element.itertext() if part.strip())
        if element.tag != "Answer":
            answers[names.beside(question, element.tag)].append(text)
        elif (column := names.column(question, choices)) != question:
            answers[column].append(text)
        else:
            answers[column] += [text] if text else names.labels(choices)
    return answers


def _xml(job: Job) -> BinaryIO:
    content = job.path.read_bytes()
    if content.startswith(ZIP):
        with opened_archive(job.where, io.BytesIO(content)) as archive:
            found = [n for n in archive.namelist() if n.lower().endswith(".xml") and "/" not in n]
            if len(found) != 1:
                raise LoadRejected(
                    f"{job.where}: is an archive with {len(found)} XML files at its top, "
                    "expected one; put there the ZIP as EUSurvey made it."
                )
            content = unpacked(job.where, archive, found[0])
    if len(content) > MOST_BYTES:
        raise LoadRejected(f"{job.where}: is larger than {MOST_BYTES:,} bytes; export less of it.")
    return io.BytesIO(content)
