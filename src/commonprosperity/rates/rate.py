"""``Rate``: how many units of one currency one unit of another is, when, and who says so."""

from datetime import date
from fractions import Fraction
from functools import reduce

import attrs

from commonprosperity.period import Period
from commonprosperity.sentence import Sentence
from commonprosperity.text_display import TextDisplay
from commonprosperity.wording import significant


def _and(one: str, other: str) -> Sentence:
    return Sentence("{provider:say}, {other:say}", provider=one, other=other)


@attrs.frozen
class Rate(TextDisplay):
    """One unit of ``base`` is ``factor`` units of ``quote``.

    ``on`` is the period that was asked for and ``days`` are the dates whose published numbers were
    used: one for a day, all those of a longer period for its mean. ``legs`` are the rates that
    this one was worked out from, and empty when ``provider`` publishes it as it is; they may be of
    several providers.

    >>> dollar = Rate("USD", "CNY", Fraction("6.4558"), Period.parse("2021-09-02"))
    >>> dollar.inverse().factor * dollar.factor
    Fraction(1, 1)
    """

    base: str
    quote: str
    factor: Fraction
    on: Period
    days: tuple[date, ...] = attrs.field(default=(), repr=False)  # a mean of a year has 258
    provider: str = ""
    legs: "tuple[Rate, ...]" = attrs.field(default=(), repr=False)

    @property
    def is_mean(self) -> bool:
        """Whether the numbers of a longer period were averaged, not that of one day taken.

        A weekend has Friday's number, which is no mean.
        """
        return not self.on.is_day and any(day in self.on for day in self.days)

    def inverse(self) -> "Rate":
        """Return the exact rate back, with this one as its only leg."""
        factor = 1 / self.factor
        return Rate(self.quote, self.base, factor, self.on, self.days, self.provider, (self,))

    def then(self, other: "Rate") -> "Rate":
        """Return the rate through this one's quote: its factor is the product of the two.

        Where the legs are of several providers, the provider names them all.
        """
        factor = self.factor * other.factor
        days = self.days
        if days != other.days:
            days = tuple(sorted({*days, *other.days}))
        provider = self.provider
        if provider != other.provider:
            names = dict.fromkeys(leg.provider for leg in (*self.published, *other.published))
            provider = reduce(_and, names)
        legs = *_legs_of(self), *_legs_of(other)
        return Rate(self.base, other.quote, factor, self.on, days, provider, legs)

    @property
    def published(self) -> "tuple[Rate, ...]":
        """The rates that this one was worked out from, each as its provider published it."""
        return tuple(rate for leg in self.legs for rate in leg.published) or (self,)

    def _notebook_text(self) -> str:
        return f"{self}, {self.provider}" if self.provider else str(self)

    def __str__(self) -> str:
        return f"1 {self.base} = {significant(self.factor)} {self.quote} on {self.on}"


def _legs_of(rate: Rate) -> tuple[Rate, ...]:
    """Return the legs of a rate that goes through other currencies; any other rate is one leg.

    AED-USD and USD-EUR-CNY make the three legs of AED-USD-EUR-CNY.
    """
    return rate.legs if len(rate.legs) > 1 else (rate,)
