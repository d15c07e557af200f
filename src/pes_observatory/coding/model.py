"""The statistical coder: a linear model over words, trained on examples; same examples, same model.

Features are weighed by term frequency and rarity (tf-idf), and one linear support vector
machine per code tells it from all others (scikit-learn's ``LinearSVC``; R.-E. Fan et al.,
LIBLINEAR, JMLR 9, 2008). Margins become shares of belief by a softmax.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pes_observatory.coding.corpus import Example
from pes_observatory.coding.features import features_of

SHARPNESS = 6.0
MARGIN_COST = 0.5
FEWEST_TEXTS_OF_FEATURE = 2

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """What training leaves: per feature its rarity, per feature and code a weight."""

    codes: tuple[str, ...]
    column_of: dict[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats

    def beliefs(self, text: str, lang: str | None, question_id: str | None) -> Floats | None:
        """Per code how much the model believes in it; sums to 1. Shape: (codes,).

        None of a text of which no word occurs in what the model learnt from.
        """
        question, *of_words = features_of(text, lang, question_id)
        if not any(name in self.column_of for name in of_words):
            return None
        columns, values = _weighed(self, [question, *of_words])
        margins = self.bias + values @ self.weights[columns]
        raised = np.exp(SHARPNESS * (margins - margins.max()))
        shares: Floats = raised / raised.sum()
        return shares

    def save(self, path: Path) -> None:
        """Write the model as a NumPy archive, without pickled objects."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                codes=np.array(self.codes),
                features=np.array(list(self.column_of)),
                rarity=self.rarity,
                weights=self.weights,
                bias=self.bias,
            )

    @classmethod
    def load(cls, path: Path) -> Model:
        """The model written by ``save``."""
        with np.load(path, allow_pickle=False) as parts:
            column_of = {str(name): column for column, name in enumerate(parts["features"])}
            codes = tuple(map(str, parts["codes"]))
            return cls(codes, column_of, parts["rarity"], parts["weights"], parts["bias"])


def train(examples: Sequence[Example]) -> Model:
    """The model of these examples. The order of the examples does not matter."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    examples = sorted(set(examples), key=lambda e: (e.text, e.lang, e.code, e.question_id or ""))
    texts = [Counter(features_of(e.text, e.lang, e.question_id)) for e in examples]
    in_texts = Counter(feature for text in texts for feature in text)
    features = sorted(f for f, times in in_texts.items() if times >= FEWEST_TEXTS_OF_FEATURE)
    column_of = {feature: column for column, feature in enumerate(features)}
    rarity = np.array(
        [np.log((1 + len(texts)) / (1 + in_texts[feature])) + 1 for feature in features], np.float32
    )
    blank = Model((), column_of, rarity, np.empty((0, 0), np.float32), np.empty(0, np.float32))
    rows = [_weighed(blank, list(text.elements())) for text in texts]
    matrix = csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([columns for columns, _ in rows]),
            np.cumsum([0, *(len(columns) for columns, _ in rows)]),
        ),
        shape=(len(texts), len(features)),
    )
    machine = LinearSVC(C=MARGIN_COST, random_state=0)
    machine.fit(matrix, [example.code for example in examples])
    return Model(
        tuple(map(str, machine.classes_)),
        column_of,
        rarity,
        np.ascontiguousarray(machine.coef_.T, np.float32),
        machine.intercept_.astype(np.float32),
    )


def _weighed(model: Model, features: list[str]) -> tuple[npt.NDArray[np.int64], Floats]:
    """The columns of a unit's known features, and their tf-idf values of length 1 together."""
    counts = Counter(
        column for feature in features if (column := model.column_of.get(feature)) is not None
    )
    columns = np.fromiter(counts, np.int64, len(counts))
    times = np.fromiter(counts.values(), np.float32, len(counts))
    values = (1 + np.log(times)) * model.rarity[columns]
    length = float(np.sqrt(values @ values))
    return columns, (values / length if length else values).astype(np.float32)
