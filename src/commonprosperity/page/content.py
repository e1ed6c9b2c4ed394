"""``Content``: the facts of a page, worked out from a dataset's total and its findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain

import attrs

from commonprosperity.checks import Findings
from commonprosperity.dataset import Dataset
from commonprosperity.errors import ConstantPriceError, RateNotFoundError
from commonprosperity.money import Money
from commonprosperity.prices import Deflator
from commonprosperity.progress import Progress
from commonprosperity.rates import Rate
from commonprosperity.records import Company, Initiative, Pledge, Source, Stage
from commonprosperity.totals import Item, Total


@attrs.frozen(eq=False)
class Share:
    """A company, what counts of its pledges, its share of all, and each of its pledges."""

    company: Company
    total: Total
    share: Fraction

    @property
    def items(self) -> Sequence[Item]:
        """The company's pledges, in their order: what of each counts, and why."""
        return self.total.items


@attrs.frozen(eq=False)
class Content:
    """The facts of a page: a total by company and stage, its rates, findings and sources.

    ``progress`` is None where a promise that counts for nothing has a date without a rate.
    """

    dataset: Dataset
    total: Total
    findings: Findings
    shares: tuple[Share, ...]
    sources: tuple[Source, ...]
    rates: tuple[tuple[Rate, int], ...]
    deflators: tuple[tuple[Deflator, int], ...]
    progress: Progress | None

    @classmethod
    def of(cls, dataset: Dataset, total: Total, findings: Findings) -> "Content":
        """Take a total apart by company, and collect the rates and sources of its pledges."""
        ids = {pledge.source for pledge in total.pledges}
        return cls(
            dataset,
            total,
            findings,
            tuple(_shares(dataset, total)),
            tuple(source for source in dataset.sources if source.id in ids),
            _uses_by_rate([item.rate for item in total.items if item.rate]),
            _uses_by_deflator([item.deflator for item in total.items if item.deflator]),
            _progress_or_none(total),
        )

    @property
    def counted(self) -> int:
        """How many of the pledges count for something."""
        return sum(bool(item.counted.amount) for item in self.total.items)

    @property
    def is_certain(self) -> bool:
        """Whether the total is the same at its low and at its high."""
        return self.total.is_firm

    @property
    def is_valued_by_promise(self) -> bool:
        """Whether the progress differs from the total, as it values payments as their promises."""
        nothing = Money.rounded(Fraction(0), self.total.currency)
        disbursed = self.total.by_stage.get(Stage.DISBURSEMENT, nothing)
        progress = self.progress
        return progress is not None and (
            (progress.pledged, progress.disbursed or nothing) != (self.total.amount, disbursed)
        )

    @property
    def has_pools(self) -> bool:
        """Whether payments are taken from commitments that no link names."""
        return bool(self.total.counting.pools)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the pledges."""
        return tuple(self.total.by_stage)

    @cached_property
    def selected(self) -> frozenset[str]:
        """The ids of the pledges, all of them on the page."""
        return frozenset(pledge.id for pledge in self.total.pledges)

    @property
    def notes(self) -> tuple[Pledge, ...]:
        """The pledges that have a note."""
        return tuple(pledge for pledge in self.total.pledges if pledge.note)

    @property
    def providers(self) -> tuple[Rate, ...]:
        """A rate of each provider."""
        legs = (leg for rate, _ in self.rates for leg in rate.published)
        return tuple({leg.provider: leg for leg in legs}.values())

    def initiative(self, pledge: Pledge) -> Initiative | None:
        """Return the initiative that a pledge is of."""
        record = self.dataset[pledge.initiative] if pledge.initiative else None
        return record if isinstance(record, Initiative) else None

    def number(self, source: str) -> int:
        """Return the number of a source in the list of them."""
        return self._numbers[source]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.sources, start=1)}

    def converted(self, item: Item) -> Money:
        """Return what counts of a pledge in the currency of the total, rounded."""
        return Money.rounded(item.converted, self.total.currency)


def _progress_or_none(total: Total) -> Progress | None:
    try:
        return Progress.of(total)
    except (RateNotFoundError, ConstantPriceError):
        return None


def _shares(dataset: Dataset, total: Total) -> Iterator[Share]:
    """Yield the companies, the largest first."""
    groups = total.split_by(lambda pledge: pledge.company)
    for id_, part in sorted(groups.items(), key=lambda pair: (-pair[1].exact, pair[0])):
        company = dataset[id_]
        if isinstance(company, Company):
            share = part.exact / total.exact if total.exact else Fraction(0)
            yield Share(company, part, share)


def _uses_by_rate(rates: Sequence[Rate]) -> tuple[tuple[Rate, int], ...]:
    """Count the pledges that each rate converts; a currency to itself needs none.

    A rate in by one year and out by another is two: dollars to yuan of 2019, and back of 2021.
    """
    parts = (rate.legs if {leg.on for leg in rate.legs} - {rate.on} else (rate,) for rate in rates)
    counts = Counter(rate for rate in chain.from_iterable(parts) if rate.base != rate.quote)
    return tuple(sorted(counts.items(), key=lambda pair: (pair[0].base, pair[0].on)))


def _uses_by_deflator(deflators: Sequence[Deflator]) -> tuple[tuple[Deflator, int], ...]:
    """Count the pledges that each deflator carries to the base year."""
    counts = Counter(deflators)
    return tuple(sorted(counts.items(), key=lambda pair: (pair[0].country, pair[0].year)))
