"""Errors of dates and periods."""

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence


@attrs.define(slots=False)
class PeriodError(CommonProsperityError, ValueError):
    """A value is no day, month, quarter, half-year, year or span, or may be several."""

    value: object
    problem: Sentence | None = None

    def _sentence(self) -> Sentence:
        forms = Sentence("write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31")
        return Sentence(
            "{value} is no period: {problem:say}",
            value=brief(self.value), problem=self.problem or forms,
        )  # fmt: skip


@attrs.define(slots=False)
class PeriodComparisonError(CommonProsperityError, TypeError):
    """A period is put in order with a text or a date, which leaves open which end is meant."""

    value: object
    way_out: str

    def _sentence(self) -> Sentence:
        return Sentence(
            "{value} is not put in order with a period, which has two ends; write {way_out}",
            value=brief(self.value), way_out=self.way_out,
        )  # fmt: skip
