"""Errors of rates, and of fetching them."""

from collections.abc import Sequence
from datetime import date
from typing import Self

import attrs

from commonprosperity.errors.amounts import AmountError
from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import listed, one_line
from commonprosperity.sentence import Sentence, together


@attrs.define(slots=False)
class RateNotFoundError(CommonProsperityError, LookupError):
    """No rate is known for a pair of currencies on a date.

    ``currency`` is the side of the pair that is missing, and ``known`` says when its rates were
    published. ``nearest`` holds the days nearest to the one asked for that have a rate, if any.
    ``way_out`` says which other source has it, where one is known.
    """

    base: str
    quote: str
    on: str
    currency: str
    known: Sentence
    nearest: tuple[date, ...]
    way_out: Sentence | None = None

    @property
    def advice(self) -> Sentence:
        """What is known, and the way out if there is one."""
        return self.known if self.way_out is None else together([self.known, self.way_out])

    def _sentence(self) -> Sentence:
        return Sentence(
            "no {currency:currency} rate on {on:date}; {known:say} "
            "(asked for {base:currency} to {quote:currency})",
            currency=self.currency, on=self.on, known=self.advice,
            base=self.base, quote=self.quote,
        )  # fmt: skip


@attrs.define(slots=False)
class MissingRatesError(RateNotFoundError):
    """Rates are not known that pledges need; the other facts are those of the first one.

    ``missing`` holds them all: each with the `RateNotFoundError` of its look-up and the ids of the
    pledges that need it.
    """

    missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, missing: tuple[tuple[RateNotFoundError, tuple[str, ...]], ...]) -> Self:
        """Return the error of all rates that are missing; there is at least one."""
        (first, _), *_ = missing
        return cls(
            first.base, first.quote, first.on, first.currency, first.known, first.nearest,
            first.way_out, missing,
        )  # fmt: skip

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

    def _sentence(self) -> Sentence:
        """Write a clause for each pair, with the first dates and ids of it, and the first five."""
        pairs = self.by_pair
        clauses = [
            Sentence(
                "no {currency:currency} rate on {on:say}; {known:say} "
                "(asked for {base:currency} to {quote:currency} by {ids:say})",
                currency=error.currency, on=_days(dates), known=error.advice,
                base=error.base, quote=error.quote, ids=listed(ids, 5),
            )
            for error, dates, ids in pairs[:5]
        ]  # fmt: skip
        more = len(pairs) - 5
        return together(
            [*clauses, *([Sentence("and {count} more", count=more)] if more > 0 else [])]
        )


def _days(dates: Sequence[str]) -> Sentence:
    return listed([Sentence("{day:date}", day=day) for day in dates], 3)


@attrs.define(slots=False)
class RateContradictionError(AmountError):
    """Other pairs imply another factor for a pair, beyond the rounding of them all.

    ``pair`` and ``factor`` are those at fault; ``others`` are the pairs by which the factor is
    ``implied``. There are none where a currency is not 1 of itself.
    """

    pair: str
    factor: str
    others: tuple[str, ...]
    implied: str
    value: str = attrs.field(init=False)
    problem: Sentence = attrs.field(init=False)
    at: None = attrs.field(init=False, default=None)

    @value.default
    def _value(self) -> str:
        return self.pair

    @problem.default
    def _problem(self) -> Sentence:
        return Sentence("it is {factor} by {others:list}", factor=self.implied, others=self.others)

    def _sentence(self) -> Sentence:
        if not self.others:
            return Sentence(
                "{pair} is {factor}, but a currency is 1 of itself; leave it out",
                pair=self.pair, factor=self.factor,
            )  # fmt: skip
        *first, last = self.others
        if not first:
            return Sentence(
                "{pair} is {factor}, but {implied} by {last}: it contradicts {last}; "
                "give one of them",
                pair=self.pair, factor=self.factor, implied=self.implied, last=last,
            )  # fmt: skip
        return Sentence(
            "{pair} is {factor}, but {implied} through {first:say} and {last}; "
            "leave one of them out",
            pair=self.pair, factor=self.factor, implied=self.implied, first=listed(first),
            last=last,
        )  # fmt: skip


@attrs.define(slots=False)
class DownloadError(CommonProsperityError, OSError):
    """A file could not be fetched, or is not the one that was asked for."""

    url: str
    problem: Sentence

    def _sentence(self) -> Sentence:
        return Sentence("{url}: {problem:say}", url=one_line(self.url, 200), problem=self.problem)
