"""The error of a cell, which readers of files make a fault of its row."""

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.sentence import Sentence


@attrs.define(slots=False)
class CellError(CommonProsperityError, ValueError):
    """A cell of a table, or a value in a file, cannot be read as what its field holds."""

    problem: Sentence

    def _sentence(self) -> Sentence:
        return self.problem
