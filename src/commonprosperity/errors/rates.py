"""Errors of dates and rates."""

from datetime import date
from typing import Self

import attrs

from commonprosperity.errors.amounts import AmountError
from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief, listed, one_line


@attrs.define(slots=False)
class PeriodError(CommonProsperityError, ValueError):
    """A value is no day, month, quarter, half-year, year or span, or may be several."""

    value: object
    problem: str | None = None

    def _sentence(self) -> str:
        forms = "write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31"
        return f"{brief(self.value)} is no period: {self.problem or forms}"


@attrs.define(slots=False)
class PeriodComparisonError(CommonProsperityError, TypeError):
    """A period is put in order with a text or a date, which leaves open which end is meant."""

    value: object
    way_out: str

    def _sentence(self) -> str:
        problem = "is not put in order with a period, which has two ends"
        return f"{brief(self.value)} {problem}; write {self.way_out}"


@attrs.define(slots=False)
class RateNotFoundError(CommonProsperityError, LookupError):
    """No rate is known for a pair of currencies on a date.

    ``currency`` is the side of the pair that is missing, ``known`` says what there is of it, and
    ``nearest`` holds the days nearest to the one asked for on which it was published, if any.
    """

    base: str
    quote: str
    on: str
    currency: str
    known: str
    nearest: tuple[date, ...]

    def _sentence(self) -> str:
        return (
            f"no {self.currency} rate on {self.on}; {self.known} "
            f"(asked for {self.base} to {self.quote})"
        )


@attrs.define(slots=False)
class MissingRatesError(RateNotFoundError):
    """Rates are not known that pledges need; the other facts are those of the first one.

    ``missing`` holds them all: each with the `RateNotFoundError` of its look-up and the ids of the
    pledges that need it.
    """

    missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]

    @classmethod
    def of(cls, missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]) -> Self:
        """Return the error of all rates that are missing, of which there is one at least."""
        (first, _), *_ = missing
        return cls(
            first.base, first.quote, first.on, first.currency, first.known, first.nearest, missing
        )

    @property
    def by_pair(self) -> list[tuple[RateNotFoundError, list[str], list[str]]]:
        """What is missing of each pair: its first error, all its dates, and the ids in need."""
        pairs: dict[
            tuple[str, ...], tuple[RateNotFoundError, dict[str, None], dict[str, None]]
        ] = {}
        for error, needing in self.missing:
            key = error.currency, str(error.known), error.base, error.quote
            _, dates, ids = pairs.setdefault(key, (error, {}, {}))
            dates[error.on] = None
            ids.update(dict.fromkeys(needing))
        return [(error, [*dates], [*ids]) for error, dates, ids in pairs.values()]

    def _sentence(self) -> str:
        """Write a clause for each pair, with the first dates and ids of it, and the first five."""
        pairs = self.by_pair
        clauses = [
            f"no {error.currency} rate on {listed(dates, 3)}; {error.known} "
            f"(asked for {error.base} to {error.quote} by {listed(ids, 5)})"
            for error, dates, ids in pairs[:5]
        ]
        more = [f"and {len(pairs) - 5} more"] if len(pairs) > 5 else []  # noqa: PLR2004
        return "; ".join((*clauses, *more))


@attrs.define(slots=False)
class RateContradictionError(AmountError):
    """The factor of a pair is another one by other pairs, beyond the rounding of them all.

    ``pair`` and ``factor`` are those at fault; ``others`` are the pairs by which the factor is
    ``implied``. There are none where a currency is not 1 of itself.
    """

    pair: str
    factor: str
    others: tuple[str, ...]
    implied: str
    value: str = attrs.field(init=False)
    problem: str = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @value.default
    def _value(self) -> str:
        return self.pair

    @problem.default
    def _problem(self) -> str:
        return f"it is {self.implied} by {', '.join(self.others)}"

    def _sentence(self) -> str:
        if not self.others:
            return f"{self.pair} is {self.factor}, but a currency is 1 of itself; leave it out"
        *first, last = self.others
        if not first:
            return (
                f"{self.pair} is {self.factor}, but {self.implied} by {last}: "
                f"it contradicts {last}; give one of them"
            )
        return (
            f"{self.pair} is {self.factor}, but {self.implied} through {listed(first)} and {last}; "
            "leave one of them out"
        )


@attrs.define(slots=False)
class DownloadError(CommonProsperityError, OSError):
    """A file could not be fetched, or is not the one that was asked for."""

    url: str
    problem: str

    def _sentence(self) -> str:
        return f"{one_line(self.url, 200)}: {self.problem}"
