"""``Progress``: what was pledged, committed and disbursed, and what is outstanding."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from commonprosperity.money import Money
from commonprosperity.records import Pledge, Stage
from commonprosperity.table import Column, Kind, Shown, Table
from commonprosperity.totals import Total, Totals

Step = tuple[Stage, bool] | None


@attrs.frozen
class Progress(Shown):
    """How far promises have come, in one currency; None is not known, which is not 0.

    ``pledged`` is all that was promised, whatever its stage now; ``committed`` and ``disbursed``
    are what has come so far or farther. ``outstanding`` is what remains of the promises of which a
    disbursement is known, and ``unknown`` is what was promised where none is: it may have been
    given in full, or not at all.
    """

    pledged: Money
    committed: Money | None
    disbursed: Money | None
    outstanding: Money | None
    unknown: Money

    @classmethod
    def of(cls, total: Total) -> "Progress":
        """Take a total apart by stage, and by whether a disbursement of the promise is known."""
        counting = total.counting

        def step(pledge: Pledge) -> Step:
            known = counting.is_disbursed_in_part(pledge)
            return (pledge.stage, known) if counting.counts(pledge) else None

        exact = {key: some.exact for key, some in total.apart(step).items() if key}

        def amount(stages: set[Stage], known: set[bool]) -> Money | None:
            found = [
                part for (stage, told), part in exact.items() if stage in stages and told in known
            ]
            return Money.rounded(sum(found, Fraction(0)), total.currency) if found else None

        nothing = Money.rounded(Fraction(0), total.currency)
        disbursed = amount({Stage.DISBURSEMENT}, {True})
        undisbursed = {Stage.PLEDGE, Stage.COMMITMENT}
        return cls(
            pledged=total.amount,
            committed=amount({Stage.COMMITMENT, Stage.DISBURSEMENT}, {True, False}),
            disbursed=disbursed,
            outstanding=amount(undisbursed, {True}) or (disbursed and nothing),
            unknown=amount(undisbursed, {False}) or nothing,
        )

    def table(self) -> Table:
        """Show the amounts; what is not known is blank."""
        return Table(_columns(self.pledged.currency), [_cells(self)])


@attrs.frozen(eq=False, repr=False)
class ProgressBy(Shown, Mapping[Any, Progress]):
    """The progress of each group, the largest first, and of all together (``grand``)."""

    grand: Progress
    totals: Totals
    groups: Mapping[Any, Progress]

    @classmethod
    def of(cls, totals: Totals) -> "ProgressBy":
        """Take the total of each group apart."""
        groups = {group: Progress.of(total) for group, total in totals.items()}
        return cls(Progress.of(totals.grand), totals, groups)

    def table(self) -> Table:
        """Show the amounts of each group; what is not known is blank."""
        columns = [*map(Column, self.totals.by), *_columns(self.grand.pledged.currency)]
        rows = [[*self.totals.names_of(group), *_cells(one)] for group, one in self.items()]
        total = ["total", *[None] * (len(self.totals.by) - 1), *_cells(self.grand)]
        return Table(columns, rows, [total])

    def __getitem__(self, group: Any) -> Progress:
        return self.groups[group]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    def __repr__(self) -> str:
        return f"ProgressBy: {len(self)} by {', '.join(self.totals.by)}, {self.grand!r}"


def _columns(currency: str) -> list[Column]:
    steps = [field.name for field in attrs.fields(Progress)]
    return [
        Column(f"{step} {currency}" if step == "pledged" else step, Kind.AMOUNT) for step in steps
    ]


def _cells(progress: Progress) -> list[Decimal | None]:
    return [money.amount if money else None for money in attrs.astuple(progress, recurse=False)]
