"""Hypothesis strategies for the library's values, and for datasets with links of every kind."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from commonprosperity import Company, Dataset, Money, Period, Pledge
from commonprosperity.records import Qualifier, Stage

CURRENCIES = ("CNY", "USD", "EUR", "JPY", "HKD", "GBP")
"""Currencies that the ECB published throughout `days`, with two decimals and with none."""

codes = st.sampled_from(CURRENCIES)
days = st.dates(date(2006, 1, 1), date(2025, 12, 31))

amounts = st.builds(
    lambda digits, exponent: Decimal((digits < 0, tuple(map(int, str(abs(digits)))), exponent)),
    st.integers(-(10**18), 10**18),
    st.integers(-4, 9),
)
"""Amounts as reports have them, either sign, with the precision that they are written with."""

positive_amounts = amounts.map(abs)
moneys = st.builds(Money, amounts, codes)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a day, a month, a quarter, a year or a span."""
    first, second = sorted([draw(days), draw(days)])
    iso = first.isoformat()
    quarter = f"{iso[:4]}-Q{(first.month + 2) // 3}"
    return Period.parse(
        draw(st.sampled_from([iso, iso[:7], quarter, iso[:4], f"{first}/{second}"]))
    )


short_periods = st.one_of(days.map(Period.of), days.map(lambda day: Period.parse(f"{day:%Y-%m}")))


@st.composite
def linked_pledges(draw: st.DrawFn, currency: str | None = None) -> list[Pledge]:
    """Draw up to 10 pledges of two companies: parts, versions and tellings, without a circle.

    A pledge links only to those drawn before it. Each gives its amount in every currency that is
    drawn, so that it may be a part of any other.
    """
    used = [currency] if currency else draw(st.lists(codes, min_size=1, max_size=2, unique=True))
    pledges: list[Pledge] = []
    superseded: set[str] = set()
    for number in range(draw(st.integers(0, 10))):
        earlier = [pledge.id for pledge in pledges]
        link = draw(st.sampled_from(["", "part_of", "restates", "supersedes"])) if earlier else ""
        free = [id_ for id_ in earlier if link != "supersedes" or id_ not in superseded]
        links = {link: draw(st.sampled_from(free))} if link and free else {}
        superseded |= {links["supersedes"]} if "supersedes" in links else set()
        unit, *others = draw(st.permutations(used))
        amount = draw(st.integers(0, 1000))
        pledges.append(
            Pledge(
                id=f"p{number}",
                company=draw(st.sampled_from(["acme", "other"])),
                amount=Money(amount, unit),
                equivalents=[Money(draw(st.integers(0, 1000)), other) for other in others],
                qualifier=draw(st.sampled_from(Qualifier)),
                stage=draw(st.sampled_from(Stage)),
                funder=draw(st.sampled_from([None, "the public"])),
                announced=draw(short_periods),
                **links,
            )
        )
    return pledges


COMPANIES = (Company(id="acme", name="Acme"), Company(id="other", name="Other"))


def dataset_of(pledges: list[Pledge]) -> Dataset:
    """Put pledges of the two companies into a dataset."""
    return Dataset(companies=COMPANIES, pledges=pledges)
