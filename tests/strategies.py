"""Hypothesis strategies for the library's values, and for datasets with links of every kind."""

import decimal
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import attrs
from hypothesis import strategies as st

from commonprosperity import Company, Dataset, Figure, Initiative, Money, Period, Pledge, Source
from commonprosperity.flat import word_of_totals
from commonprosperity.records import Instrument, Stage
from commonprosperity.wording import Qualifier

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
        links: dict[str, Any] = {link: draw(st.sampled_from(free))} if link and free else {}
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


def pledge(id_: str, amount: Money | str = "100 CNY", **facts: Any) -> Pledge:
    """Return a pledge of the company acme, announced on the first working day of 2021."""
    return Pledge(**{
        "id": id_, "company": "acme", "amount": amount, "announced": "2021-01-04", **facts
    })  # fmt: skip


def dataset(*pledges: Pledge, **others: Iterable[Any]) -> Dataset:
    """Return a dataset of the two companies, some pledges, and perhaps other records."""
    return Dataset(companies=COMPANIES, pledges=pledges, **others)


@st.composite
def perhaps_corrected(draw: st.DrawFn, record: Pledge) -> Pledge:
    """Draw a pledge as it is, or below zero where it may be."""
    is_firm = record.high is None and record.qualifier in {Qualifier.EXACT, Qualifier.ABOUT}
    amounts = [money.amount for money in (record.amount, *record.equivalents)]
    if record.stage is Stage.PLEDGE or not is_firm or not all(amounts):
        return record
    if draw(st.booleans()):
        return record
    negative = [Money(money.amount.copy_negate(), money.currency) for money in record.equivalents]
    amount = Money(record.amount.amount.copy_negate(), record.amount.currency)
    return attrs.evolve(record, amount=amount, equivalents=negative)


@st.composite
def tangles(draw: st.DrawFn, *, short_of_equivalents: bool = True) -> list[Pledge]:
    """Draw up to 7 pledges with links of every kind, several each, that may contradict each other.

    Most links go from later to earlier ids, so that many tangles are free of circles. A pledge may
    lack an equivalent, and the order of the records is drawn too.
    """
    ids = draw(st.permutations("abcdefg"))[: draw(st.integers(0, 7))]
    few_days = st.sampled_from(["2021-01-04", "2021-01-05", "2021-01", "2021-02-01", "2021"])
    used = draw(st.sampled_from([("CNY",), ("CNY", "USD")]))
    kinds = draw(st.permutations(["part_of", "restates", "supersedes"] * 2))
    pledges = []
    for at, id_ in enumerate(ids):
        near = ids[:at] if draw(st.integers(0, 19)) else ids
        some = kinds[: draw(st.sampled_from([0, 1, 1, 2]))] if near else []
        links = {kind: draw(st.sampled_from(near)) for kind in some}
        kinds = kinds[1:] + kinds[:1]
        unit, *rest = draw(st.permutations(used))
        kept = [] if short_of_equivalents and not draw(st.integers(0, 9)) else rest
        low = draw(st.integers(0, 200) | st.just(0))
        range_ends = st.builds(Money, st.integers(low, 300), st.just(unit))
        record = pledge(
            id_,
            Money(low, unit),
            high=draw(st.none() | range_ends),
            equivalents=[Money(draw(st.integers(0, 200)), other) for other in kept],
            qualifier=draw(st.sampled_from(Qualifier)),
            stage=draw(st.sampled_from(Stage)),
            initiative=draw(st.sampled_from([None, "water"])),
            announced=draw(few_days),
            value_date=draw(short_periods),
            **links,
        )
        pledges.append(draw(perhaps_corrected(record)))
    return draw(st.permutations(pledges))


HOPE = Initiative(id="hope", company="acme", name="Hope")
WATER = Initiative(id="water", name="Water", pooled=True)
INITIATIVES = (HOPE, WATER)


@st.composite
def trees(draw: st.DrawFn) -> list[Pledge]:
    """Draw up to 8 pledges inside one another, of every stage, some withdrawn, none at odds."""
    used = draw(st.sampled_from([("CNY",), ("CNY",), ("CNY", "USD")]))
    few_days = st.sampled_from(["2021-01-04", "2021-01-05", "2021-01", "2021-02-01", "2021"])
    pledges: list[Pledge] = []
    for id_ in "abcdefgh"[: draw(st.integers(1, 8))]:
        unit, *rest = draw(st.permutations(used))
        low = draw(st.integers(0, 200))
        link = draw(st.sampled_from(["part_of"] * 6 + ["supersedes", ""])) if pledges else ""
        replaced = {p.supersedes for p in pledges}
        free = [p for p in pledges if not p.is_correction]
        ends = [p for p in free if link == "part_of" or p.id not in replaced]
        links = {link: draw(st.sampled_from(ends)).id} if link and ends else {}
        withdraws = "supersedes" in links and draw(st.booleans())
        ranges = st.none() | st.builds(Money, st.integers(low, 300), st.just(unit))
        facts = {"high": draw(ranges), "qualifier": draw(st.sampled_from(Qualifier))}
        record = pledge(
            id_,
            Money(0 if withdraws else low, unit),
            equivalents=[Money(draw(st.integers(0, 200)), other) for other in rest],
            stage=draw(st.sampled_from(["pledge", "pledge", "commitment", "disbursement"])),
            company=draw(st.sampled_from(["acme", "acme", "other"])),
            initiative=draw(st.sampled_from([None, "hope", "water", "water"])),
            announced=draw(few_days),
            value_date=draw(short_periods),
            **({} if withdraws else facts),
            **links,
        )
        pledges.append(draw(perhaps_corrected(record)))
    return draw(st.permutations(pledges))


@st.composite
def pools(draw: st.DrawFn) -> list[Pledge]:
    """Draw up to 9 records of one pooled initiative, few of them linked, some below zero.

    Some are in a second currency, with or without an equivalent in the first.
    """
    used = draw(st.sampled_from([("CNY",), ("CNY", "USD")]))
    few_days = st.sampled_from(["2021-01-04", "2021-01-05", "2021-01", "2021-02-01", "2021"])
    pledges: list[Pledge] = []
    for id_ in "abcdefghi"[: draw(st.integers(1, 9))]:
        unit, *rest = draw(st.permutations(used))
        wholes = [p for p in pledges if not p.is_correction and {*used} <= _currencies(p)]
        whole = draw(st.sampled_from(wholes)) if wholes and not draw(st.integers(0, 2)) else None
        kept = rest if whole or draw(st.integers(0, 3)) else []
        low = draw(st.integers(0, 200))
        ranges = st.builds(Money, st.integers(low, 300), st.just(unit))
        record = pledge(
            id_,
            Money(low, unit),
            high=draw(st.none() | st.none() | ranges),
            equivalents=[Money(draw(st.integers(0, 200)), other) for other in kept],
            qualifier=draw(st.sampled_from(["exact", "exact", "about", "up_to", "at_least"])),
            stage=draw(st.sampled_from(Stage)),
            company=draw(st.sampled_from(["acme", "acme", "acme", "other"])),
            initiative="water",
            announced=draw(few_days),
            value_date=draw(short_periods),
            part_of=whole and whole.id,
        )
        pledges.append(draw(perhaps_corrected(record)))
    return draw(st.permutations(pledges))


def _currencies(record: Pledge) -> set[str]:
    return {money.currency for money in (record.amount, *record.equivalents)}


texts = st.one_of(
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Zl", "Zp"],
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        min_size=1,
        max_size=20,
    ).filter(str.strip),
    st.sampled_from([
        "=1+1", "'=1+1", "''@x", "-5", "-5.5e3", "+5", "＝1", '"', '""', "a,b;c", " x ", "\xa0x",
        "#", "\\", "]", "'", "NaN", "true", "1e9", "2021-09-02", "腾讯", "\ufeffx", "e\u0301",
    ]),
)  # fmt: skip
"""Visible texts on one line, and those that a form may take for something else."""


def _has_keys_apart(tags: dict[str, str]) -> bool:
    return len({normalize("NFC", key) for key in tags}) == len(tags)


ids = st.text(
    st.characters(categories=["Ll", "Lu", "Lo", "Nd", "Mn"], include_characters="-_."),
    min_size=1,
    max_size=8,
).map(lambda text: normalize("NFC", text))


@st.composite
def full_datasets(draw: st.DrawFn) -> Dataset:
    """Draw a dataset with up to three records of each kind, with any of their fields."""

    def some(**fields: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {name: draw(field) for name, field in fields.items() if draw(st.booleans())}

    def one_of(ends: list[str]) -> st.SearchStrategy[Any]:
        return st.sampled_from(ends) if ends else st.none()

    names = draw(st.lists(ids, min_size=15, max_size=15, unique=True))
    sources, companies, *others = (
        names[at : at + draw(st.integers(0, 3))] for at in range(0, 15, 3)
    )
    initiatives, pledges, figures = others if companies else ([], [], [])
    digits = st.builds(
        lambda digits, last: Decimal(f"{digits}E{last}"),
        st.integers(0, 10**18),
        st.integers(-60, 60),
    )
    facts = {"source": one_of(sources), "locator": texts, "note": texts}
    return Dataset(
        sources=[
            Source(
                id=id_,
                title=draw(texts),
                **some(
                    publisher=texts,
                    published=periods(),
                    url=st.just("https://x.org/a,b"),
                    note=texts,
                ),
            )
            for id_ in sources
        ],
        companies=[
            Company(
                id=id_,
                name=draw(texts),
                **some(
                    name_zh=texts,
                    aliases=st.lists(texts, max_size=3),
                    country=st.sampled_from(["CN", "XK"]),
                    note=texts,
                ),
            )
            for id_ in companies
        ],
        initiatives=[
            Initiative(
                id=id_,
                name=draw(texts),
                **some(
                    company=one_of(companies),
                    name_zh=texts,
                    started=periods(),
                    ends=periods(),
                    themes=st.lists(texts, max_size=3),
                    lead=texts,
                    pooled=st.booleans(),
                    **facts,
                ),
            )
            for id_ in initiatives
        ],
        pledges=[
            draw(
                perhaps_corrected(
                    Pledge(
                        id=id_,
                        company=draw(one_of(companies)),
                        amount=Money(draw(digits), "CNY"),
                        announced=draw(periods()),
                        **some(
                            initiative=one_of(initiatives),
                            high=st.just(Money(f"9{'0' * 38}E+60", "CNY")),
                            qualifier=st.sampled_from(Qualifier),
                            stage=st.sampled_from(Stage),
                            instrument=st.sampled_from(Instrument),
                            value_date=periods(),
                            spend=periods(),
                            funder=texts,
                            recipient=texts,
                            equivalents=st.just(["1.50 billion USD", "3 EUR"]),
                            tags=st.dictionaries(texts, texts, max_size=3).filter(_has_keys_apart),
                            **facts,
                        ),
                    )
                )
            )
            for id_ in pledges
        ],
        figures=[
            Figure(
                id=id_,
                about=draw(one_of([*companies, *initiatives])),
                value=draw(digits),
                **some(
                    measure=texts,
                    unit=texts,
                    qualifier=st.sampled_from(Qualifier),
                    period=periods(),
                    **facts,
                ),
            )
            for id_ in figures
        ],
    )


def _is_no_word_of_totals(text: str) -> bool:
    return word_of_totals({"recipient": text}) is None


@st.composite
def flat_datasets(draw: st.DrawFn) -> Dataset:
    """Draw a dataset that a flat table holds: pledges, and owners that are nothing but names."""
    names = draw(st.lists(st.sampled_from(["Acme", "腾讯", "99 Giving Day", "a-b"]), unique=True))
    made = {name: name.lower().replace(" ", "-") for name in names}
    pledges: list[Pledge] = []
    for at, name in enumerate(names):
        facts: dict[str, st.SearchStrategy[Any]] = {
            "qualifier": st.sampled_from(Qualifier),
            "stage": st.sampled_from(Stage),
            "value_date": periods(),
            "spend": periods(),
            "funder": texts,
            "recipient": texts.filter(_is_no_word_of_totals),
            "tags": st.dictionaries(texts.map(str.strip), texts.map(str.strip), max_size=2).filter(
                _has_keys_apart
            ),
            "note": texts,
            "locator": texts,
            "equivalents": st.just(["1.50 billion USD", "3 EUR"]),
            "part_of": st.sampled_from(
                [None, *(pledge.id for pledge in pledges if not pledge.is_correction)]
            ),
        }
        record = Pledge(
            id=f"{draw(ids.filter(str.strip))}-{at}",
            company=made[name],
            amount=Money(f"{draw(st.integers(0, 10**18))}E{draw(st.integers(-9, 12))}", "CNY"),
            announced=draw(periods()),
            **{k: draw(value) for k, value in facts.items() if draw(st.booleans())},
        )
        pledges.append(draw(perhaps_corrected(record)))
    return Dataset(
        companies=[Company(id=id_, name=name) for name, id_ in made.items()], pledges=pledges
    )


any_days = st.dates()
"""Every day that a date can be, from the year 1 to 9999."""

wide_amounts = st.one_of(
    amounts,
    st.builds(
        lambda digits, exponent: Decimal(f"{digits}E{exponent}"),
        st.integers(-(10**60) + 1, 10**60 - 1),
        st.integers(-60, 60),
    ),
)
"""Every amount that the library holds: up to 60 digits, an exponent of up to 60 either way."""

ROUNDINGS = (
    decimal.ROUND_CEILING, decimal.ROUND_DOWN, decimal.ROUND_FLOOR, decimal.ROUND_HALF_DOWN,
    decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_UP, decimal.ROUND_05UP,
)  # fmt: skip
SIGNALS = [
    decimal.Clamped, decimal.DivisionByZero, decimal.FloatOperation, decimal.Inexact,
    decimal.InvalidOperation, decimal.Overflow, decimal.Rounded, decimal.Subnormal,
    decimal.Underflow,
]  # fmt: skip
CONTEXTS = tuple(
    decimal.Context(prec, rounding, Emin=-prec, Emax=prec, traps=traps)
    for prec in (3, 6, 28)
    for rounding in ROUNDINGS
    for traps in ([], SIGNALS)
)
"""Decimal contexts that a caller may have set, none of them fit for exact amounts."""

contexts = st.sampled_from(CONTEXTS)
