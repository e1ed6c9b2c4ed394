"""Many pledges: 5 currencies, 500 value dates, 100 companies, some of them linked."""

from datetime import date, timedelta
from random import Random
from typing import Any

import attrs

from commonprosperity import Company, Dataset, Initiative, Money, Pledge, Stage

CURRENCIES = ("CNY", "EUR", "HKD", "JPY", "USD")
_COMPANIES = [f"company-{number}" for number in range(100)]
_STAGES = [*Stage]
_DAYS = [date(2021, 1, 4) + timedelta(days=number) for number in range(500)]

# The links of the first ten of every hundred, by their places.
_LINKS = {
    1: ("part_of", 0), 2: ("part_of", 0), 3: ("part_of", 2), 5: ("restates", 4),
    7: ("supersedes", 6), 8: ("part_of", 7), 9: ("restates", 8),
}  # fmt: skip


def unlinked(size: int) -> list[Pledge]:
    """Return so many pledges, each with periods of its own."""
    random = Random(2021)  # noqa: S311 (the same pledges each time)
    pledges = []
    for number in range(size):
        ten = number // 10  # the members of a ten have all in common but their amounts and dates
        company, stage = _COMPANIES[ten % 100], _STAGES[ten % 3]
        pledge = Pledge(
            id=f"pledge-{number}",
            company=company,
            initiative=f"{company}-{stage}",
            amount=Money(random.randrange(10**9), CURRENCIES[ten % 5]),
            stage=stage,
            announced=random.choice(_DAYS),
        )
        pledges.append(pledge)
    return pledges


def linked(pledges: list[Pledge]) -> list[Pledge]:
    """Return the pledges with a tenth of them linked: parts, restatements and versions."""
    return [_linked(number, pledge) for number, pledge in enumerate(pledges)]


def _linked(number: int, pledge: Pledge) -> Pledge:
    place = number % 100
    if place not in _LINKS:
        return pledge
    link, other = _LINKS[place]
    changes: dict[str, Any] = {link: f"pledge-{number - place + other}"}
    return attrs.evolve(pledge, **changes)


def dataset(pledges: list[Pledge]) -> Dataset:
    """Return a dataset of the pledges and their companies."""
    companies = [Company(id=id_, name=id_.title()) for id_ in _COMPANIES]
    initiatives = [
        Initiative(id=f"{company.id}-{stage}", company=company.id, name=stage.title())
        for company in companies
        for stage in _STAGES
    ]
    return Dataset(companies=companies, initiatives=initiatives, pledges=pledges)
