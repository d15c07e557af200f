"""What the models of source YAMLs share: strictness, regular expressions, variables."""

from __future__ import annotations

import os
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# unknown keys are mistakes, and what was read stays as it is
STRICT = ConfigDict(extra="forbid", frozen=True)
VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


def filled_in(text: str) -> str:
    """The text with the environment's value for each ``${NAME}``; one not set stays as written."""
    return VARIABLE.sub(lambda match: os.environ.get(match[1], match[0]), text)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"expected a regular expression ({error})") from None
    return pattern


def _has_one_group(pattern: str) -> str:
    if re.compile(pattern).groups != 1:
        raise ValueError("expected a regular expression with exactly one group")
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
OneGroupPattern = Annotated[Pattern, AfterValidator(_has_one_group)]
HttpAddress = Annotated[str, Field(pattern=r"^https?://\S+$")]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,62}$")]


class Strict(BaseModel):
    """A part of a YAML in which an unknown key is a mistake."""

    model_config = STRICT
