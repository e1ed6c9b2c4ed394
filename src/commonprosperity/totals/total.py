"""``Total``: what counts of some pledges, in one currency, added up exactly and rounded once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, Self

import attrs

from commonprosperity.counting import Counting, Due
from commonprosperity.errors import ConstantPriceError, MissingRatesError, RateNotFoundError
from commonprosperity.money import Money
from commonprosperity.rates import Rate
from commonprosperity.records import Instrument, Pledge, Record, Stage
from commonprosperity.records.labels import INSTRUMENT_ROWS, STAGE_COLUMNS
from commonprosperity.sentence import Bilingual, Sentence, together
from commonprosperity.table import Column, Kind, Table
from commonprosperity.totals.base import TOTAL, BaseTotal, in_currency
from commonprosperity.totals.conversion import Conversion, Sums, merged, summed
from commonprosperity.totals.items import Items
from commonprosperity.totals.providers import with_column, with_providers
from commonprosperity.wording import currency_digits

Key = Callable[[Pledge], Any]


@attrs.frozen(repr=False)
class Total(BaseTotal):
    """What counts of some pledges, in one currency.

    ``amount`` is the ``exact`` rational sum, rounded once, half to even, to the digits of the
    currency. ``pledges`` are all those that were selected, counted or not; ``records`` are those
    that they link to, by id. Over a thousand value dates
    ``exact`` may have more digits than Python prints; ``float(total.exact)`` always works.

    ``low`` and ``high`` raise `RateNotFoundError` when they need a rate that the amount does not
    need, and that is not known, and `ConstantPriceError` when that is so of prices.
    """

    pledges: tuple[Pledge, ...]
    counting: Counting = attrs.field(eq=False)
    records: Mapping[str, Record] = attrs.field(eq=False)

    @classmethod
    def of(cls, counting: Counting, conversion: Conversion, records: Mapping[str, Record]) -> Self:
        """Add up what counts of the pledges of a counting."""
        pledges = counting.selected
        exact = conversion.exact(pledges, counting.amounts(pledges)) or Fraction(0)
        amount = Money.rounded(exact, conversion.currency)
        return cls(amount, exact, conversion, pledges, counting, records)

    @classmethod
    def with_groups(
        cls, counting: Counting, conversion: Conversion, records: Mapping[str, Record], key: Key
    ) -> tuple[Self, dict[Any, Self]]:
        """Return the total and those of its groups, whose sums make up its own."""
        pledges = counting.selected
        groups = _apart(counting, conversion, pledges, key)
        sums = merged(group.sums for group in groups.values())
        exact = conversion.exact(pledges, counting.amounts(pledges), sums) or Fraction(0)
        amount = Money.rounded(exact, conversion.currency)
        grand = cls(amount, exact, conversion, pledges, counting, records)
        return grand, {name: grand._of_group(group) for name, group in groups.items()}

    @cached_property
    def low(self) -> Money:
        """The total with every amount at its low: ``up_to`` may be nothing."""
        amounts = self.counting.at_low.amounts(self.pledges)
        exact = self._conversion.exact(self.pledges, amounts) or Fraction(0)
        return min(self.amount, Money.rounded(exact, self.currency))

    @cached_property
    def high(self) -> Money | None:
        """The total with every amount at its high; None when one has no upper end."""
        amounts = self.counting.at_high.amounts(self.pledges)
        exact = self._conversion.exact(self.pledges, amounts)
        return None if exact is None else max(self.amount, Money.rounded(exact, self.currency))

    @cached_property
    def unknown_bounds(self) -> frozenset[str]:
        """Those of ``low`` and ``high`` that need a rate which is not known."""
        return frozenset(bound for bound in ("low", "high") if not self._is_known(bound))

    def _is_known(self, bound: str) -> bool:
        try:
            getattr(self, bound)
        except (RateNotFoundError, ConstantPriceError):
            return False
        return True

    @property
    def by_stage(self) -> dict[Stage, Money]:
        """What is still only pledged, what is committed, and what is disbursed."""
        stages = self.split_by(lambda pledge: pledge.stage)
        return {stage: stages[stage].amount for stage in Stage if stage in stages}

    @property
    def by_instrument(self) -> dict[Instrument | None, Money]:
        """What is given in cash, in shares, as loans and in kind; None is what does not say."""
        instruments = self.split_by(lambda pledge: pledge.instrument)
        order = (*Instrument, None)
        return {each: instruments[each].amount for each in order if each in instruments}

    @property
    def by_funder(self) -> dict[str | None, Money]:
        """What each funder pays, the largest first; None is the companies themselves."""
        funders = self.split_by(lambda pledge: pledge.funder).items()
        largest_first = sorted(funders, key=lambda pair: (-pair[1].exact, pair[0] or ""))
        return {funder: total.amount for funder, total in largest_first}

    def names(self, field: str) -> dict[str, Bilingual]:
        """Return what each funder, or recipient, is called, in Chinese as a pledge of its has it.

        ``field`` is ``"funder"`` or ``"recipient"``; of several Chinese forms the first counts.
        """
        chinese: dict[str, str | None] = {}
        for pledge in self.pledges:
            text = getattr(pledge, field)
            if text is not None and not chinese.get(text):
                chinese[text] = getattr(pledge, f"{field}_zh")
        return {text: Bilingual(text, chinese[text]) for text in chinese}

    @property
    def paid_by_others(self) -> Money | None:
        """What others than the companies pay; None where nobody else does."""
        others = self.split_by(lambda pledge: pledge.funder is not None).get(True)
        return others.amount if others else None

    def due(self, pledge: Pledge) -> Due:
        """Return what decides how an amount of a pledge is converted."""
        return self._conversion.due(pledge)

    @property
    def dues(self) -> Sequence[Due]:
        """What decides how the amount of each pledge is converted."""
        return self._conversion.dues(self.counting, self.pledges)

    def convert(self, sums: Sums) -> Fraction:
        """Convert other sums, by currency and value date, at the rates of this total."""
        return self._conversion.added(sums) or Fraction(0)

    def factor(self, due: Due) -> Fraction:
        """Return the factor that converts an amount, deflator included.

        Raises `RateNotFoundError` where a rate is missing, and `ConstantPriceError` where prices
        are.
        """
        return self._conversion.valuation(due).factor

    def missing_rates(
        self, needs: Iterable[tuple[str, Sums]]
    ) -> MissingRatesError | ConstantPriceError:
        """Return the error of what is not known, of all that the sums of ids need."""
        return self._conversion.missing(needs)

    @cached_property
    def items(self) -> Items:
        """Every selected pledge, in order: what it counted for, why, and at which rate."""
        return Items(self.pledges, self.counting, self._conversion)

    def explain(self, *, locale: str = "en") -> Table:
        """Show each pledge: what of it counts and why, its rate, and the date of the rate.

        Where not all rates are the ECB's, it shows the providers of each one's legs. In constant
        prices the deflator stands beside the rate. Readers of a Chinese locale get it in Chinese.
        """
        columns = [
            Column("pledge"), Column("counts", Kind.AMOUNT), Column("in"), Column("why"),
            Column("rate", Kind.RATE), Column("rate of"), in_currency(self.currency),
        ]  # fmt: skip
        digits = currency_digits(self.currency)
        rows, rates = [], []
        for item in self.items:  # which are made as they are asked for
            pledge, counted, reason, rate, _ = item
            factor = rate.factor if rate else None
            rows.append((
                pledge.id, counted.amount, _code(counted.currency), reason,
                factor, _date_of(rate), item.rounded(digits),
            ))  # fmt: skip
            rates.append(rate)
        total = (TOTAL, None, None, None, None, None, self.amount.amount)
        table = Table(columns, rows, [total]).in_locale(locale)
        table = with_providers(table, rates)
        return table if self._conversion.constant is None else self._with_deflators(table)

    def _with_deflators(self, table: Table) -> Table:
        """Return a table of the pledges with the deflator of each, after its rate."""
        factors = [item.deflator.factor if item.deflator else None for item in self.items]
        providers = {item.deflator.provider: None for item in self.items if item.deflator}
        notes = [table.note, *(Sentence("prices by {name}", name=name) for name in providers)]
        table = with_column(table, Column("deflator", Kind.RATE), factors)
        return attrs.evolve(table, title=self.in_prices, note=together(notes))

    def table(self, *, locale: str = "en") -> Table:
        """Show the amount, its bounds, the stages, what others than the companies pay, and in what.

        What is given in shares, as loans and so on stands apart where it is not all of one kind.
        """
        rows: list[tuple[str, Any]] = [
            (STAGE_COLUMNS[stage], money.amount) for stage, money in self.by_stage.items()
        ]
        paid = {who: money.amount for who, money in self.by_funder.items() if who is not None}
        names = self.names("funder")
        rows += [(Sentence("paid by {funder}", funder=names[who]), paid[who]) for who in paid]
        given = self.by_instrument
        if len(given) > 1:
            rows += [(INSTRUMENT_ROWS[what], money.amount) for what, money in given.items()]
        low, high = Sentence("at least"), Sentence("at most")
        rows += [self._bound("low", low), self._bound("high", high)]
        columns = [Column("what"), in_currency(self.currency)]
        table = Table(columns, rows, [(TOTAL, self.amount.amount)], title=self.in_prices)
        return table.in_locale(locale)

    def _bound(self, bound: str, name: Sentence) -> tuple[str, Decimal | None]:
        if bound in self.unknown_bounds:
            return Sentence("{bound:say}: not known", bound=name), None
        money: Money | None = getattr(self, bound)
        if money is None:
            return Sentence("{bound:say}: no upper end", bound=name), None
        return name, money.amount

    def split_by(self, key: Key) -> "dict[Any, Total]":
        """Return the total of each group of its pledges; what counts is counted once over all."""
        groups = _apart(self.counting, self._conversion, self.pledges, key)
        return {name: self._of_group(group) for name, group in groups.items()}

    def joined(self, others: Iterable[Self]) -> Self:
        """Return the total of the pledges of this one and of others, counted as they are."""
        pledges = [*self.pledges, *(pledge for other in others for pledge in other.pledges)]
        amounts = self.counting.amounts(pledges)
        return self._of_group(_Group(pledges, [*map(self.due, pledges)], [*amounts]))

    def _of_group(self, group: "_Group") -> Self:
        """Return the total of some of the pledges, or of others that are counted with them."""
        exact = self._conversion.exact(group.pledges, group.amounts, group.sums) or Fraction(0)
        amount = Money.rounded(exact, self.currency)
        return attrs.evolve(self, amount=amount, exact=exact, pledges=tuple(group.pledges))


@attrs.frozen(eq=False)
class _Group:
    """Pledges, with what decides how each amount is converted, and what of it counts."""

    pledges: list[Pledge] = attrs.field(factory=list)
    dues: list[Due] = attrs.field(factory=list)
    amounts: list[Decimal] = attrs.field(factory=list)

    @cached_property
    def sums(self) -> Sums:
        return summed(self.dues, self.amounts)


def _apart(
    counting: Counting, conversion: Conversion, pledges: Sequence[Pledge], key: Key
) -> dict[Any, _Group]:
    """Put the pledges of each group together."""
    groups: dict[Any, _Group] = defaultdict(_Group)
    dues, amounts = conversion.dues(counting, pledges), counting.amounts(pledges)
    for pledge, due, amount in zip(pledges, dues, amounts, strict=True):
        group = groups[key(pledge)]
        group.pledges.append(pledge)
        group.dues.append(due)
        group.amounts.append(amount)
    return groups


def _date_of(rate: Rate | None) -> str | None:
    """Return the days that a rate was published on, or the longer period that it is a mean of."""
    if rate is None or not rate.days:
        return None
    if not rate.is_mean:
        return ", ".join(map(str, rate.days))
    periods = ", ".join(dict.fromkeys(str(leg.on) for leg in rate.published))
    return Sentence("mean of {period}", period=periods)


@cache
def _code(currency: str) -> Sentence:
    return Sentence("{code:currency}", code=currency)
