"""``Progress``: what was pledged, committed and disbursed, and what is outstanding."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from commonprosperity.errors import ConstantPriceError, RateNotFoundError
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge, Stage
from commonprosperity.records.labels import STEP_NAMES
from commonprosperity.sentence import Sentence, together
from commonprosperity.table import Column, Kind, Table, TableDisplay
from commonprosperity.totals import TOTAL, Due, Grouped, Sums, Total, Totals


class _Step(NamedTuple):
    """How far what a pledge leaves over has come."""

    stage: Stage
    is_begun: bool

    @property
    def is_given(self) -> bool:
        return self.stage is Stage.DISBURSEMENT


@attrs.frozen
class Progress(TableDisplay):
    """How far promises have come, in one currency; None is not known, which is not 0.

    ``pledged`` is all that was promised, whatever its stage now; ``committed`` and ``disbursed``
    are what has come so far or farther. ``outstanding`` is what remains of the promises that a
    disbursement speaks for, and ``unknown`` is what was promised where none does: it may have been
    given in full, or not at all. A disbursement speaks for what it is inside of, up to and
    including the nearest pledge.

    A promise and all that is inside it are valued on the promise's own value date, in its currency,
    so that 100 paid of 100 is all of it in any currency. So ``pledged`` may differ from the amount
    of ``total``, the total that was taken apart, if any.
    """

    pledged: Money
    committed: Money | None
    disbursed: Money | None
    outstanding: Money | None
    unknown: Money
    total: Total | None = attrs.field(default=None, eq=False, repr=False)

    @classmethod
    def of(cls, total: Total) -> "Progress":
        """Take a total apart by stage, and by whether a disbursement speaks for the promise."""
        try:
            exact = {step: total.convert(sums) for step, sums in _sums_by_step(total).items()}
        except (RateNotFoundError, ConstantPriceError):
            needs = ((pledge.id, {due: amount}) for pledge, _, due, amount in _delivered(total))
            raise total.missing_rates(needs) from None

        def amount(*steps: _Step) -> Money | None:
            known = [exact[step] for step in steps if step in exact]
            return Money.rounded(sum(known, Fraction(0)), total.currency) if known else None

        nothing = Money.rounded(Fraction(0), total.currency)
        disbursed = amount(*(step for step in exact if step.is_given))
        promised = [step for step in exact if not step.is_given]
        begun = [step for step in promised if step.is_begun]
        return cls(
            pledged=amount(*exact) or nothing,
            committed=amount(*(step for step in exact if step.stage is not Stage.PLEDGE)),
            disbursed=disbursed,
            outstanding=amount(*begun) or (disbursed and nothing),
            unknown=amount(*(step for step in promised if not step.is_begun)) or nothing,
            total=total,
        )

    @property
    def steps(self) -> list[tuple[Sentence, Money | None]]:
        """The amounts in their order, each with its name."""
        return [(name, getattr(self, step)) for step, name in STEP_NAMES.items()]

    def table(self, *, locale: str = "en") -> Table:
        """Show the amounts; what is not known is blank."""
        columns, title = _columns(self.pledged.currency), _in_prices(self)
        return Table(columns, [_cells(self)], title=title).in_locale(locale)


def _sums_by_step(total: Total) -> dict[_Step, Sums]:
    """Add up what pledges leave over, by step, and by the currency and value date of their root."""
    sums: dict[_Step, Sums] = defaultdict(lambda: defaultdict(Decimal))
    with summing():
        for _, step, due, amount in _delivered(total):
            sums[step][due] += amount
    return sums


def _delivered(total: Total) -> Iterator[tuple[Pledge, _Step, Due, Decimal]]:
    """Yield each pledge, its step, what it is valued by, and what it leaves over."""
    for pledge in total.pledges:
        delivery = total.counting.delivery(pledge)
        if delivery:
            step = _Step(pledge.stage, delivery.is_begun)
            yield pledge, step, total.due(delivery.root), delivery.amount


@attrs.frozen(eq=False, repr=False)
class ProgressBy(Grouped[Progress], TableDisplay):
    """The progress of each group, the largest first, and of all together (``grand``)."""

    grand: Progress
    totals: Totals[Total]
    groups: Mapping[Any, Progress]

    @classmethod
    def of(cls, totals: Totals[Total]) -> "ProgressBy":
        """Take the total of each group apart."""
        groups = {group: Progress.of(total) for group, total in totals.items()}
        return cls(Progress.of(totals.grand), totals, groups)

    def key_of(self, group: Any) -> Any:
        """Return the key of a group, as the totals of the groups do."""
        return self.totals.key_of(group)

    def table(self, *, locale: str = "en") -> Table:
        """Show the amounts of each group; what is not known is blank."""
        columns = [*map(Column, self.totals.by), *_columns(self.grand.pledged.currency)]
        rows = [
            [*self.totals.bilingual_names_of(group), *_cells(one)] for group, one in self.items()
        ]
        total = [TOTAL, *[None] * (len(self.totals.by) - 1), *_cells(self.grand)]
        note = together(self.totals.notes_of_names)
        table = Table(columns, rows, [total], title=_in_prices(self.grand), note=note)
        return table.in_locale(locale)

    def __repr__(self) -> str:
        return f"ProgressBy: {len(self)} by {', '.join(self.totals.by)}, {self.grand!r}"


def _columns(currency: str) -> list[Column]:
    pledged = Sentence("pledged {code:currency}", code=currency)
    return [
        Column(pledged, Kind.AMOUNT),
        Column("committed", Kind.AMOUNT),
        Column("disbursed", Kind.AMOUNT),
        Column("outstanding", Kind.AMOUNT),
        Column("unknown", Kind.AMOUNT),
    ]


def _in_prices(progress: Progress) -> str:
    return progress.total.in_prices if progress.total else ""


def _cells(progress: Progress) -> list[Decimal | None]:
    return [money.amount if money else None for _, money in progress.steps]
