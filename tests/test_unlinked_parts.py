"""Sums and parts that no link tells of: what is found, and what chance would bring about, too."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp

USD = cp.rates.fixed({"USD/CNY": "6.5"})
BASE = cp.Dataset(
    sources=[cp.Source(id="paper", title="Paper")],
    companies=[cp.Company(id="acme", name="Acme"), cp.Company(id="other", name="Other")],
    initiatives=[
        cp.Initiative(id=id_, company="acme", name=id_, source="paper") for id_ in ("aid", "tea")
    ],
)

Told = tuple[str, str]


def pledge(id_: str, amount: str, announced: str = "2021-09-02", **facts: Any) -> cp.Pledge:
    return cp.Pledge(**{
        "id": id_, "company": "acme", "amount": amount, "announced": announced, "source": "paper",
        **facts,
    })  # fmt: skip


def found(*pledges: cp.Pledge, code: str = "sums-up") -> list[str]:
    findings = BASE.extend(*pledges).check(USD)
    return [f"{f.severity} {' '.join(f.ids)}" for f in findings if f.code == code]


def dated(*told: Told) -> list[cp.Pledge]:
    """Return pledges a, b, c, ..., given the amount and the date of each."""
    return [pledge(id_, *each) for id_, each in zip("abcdefghij", told, strict=False)]


# The double counts that happened


def test_reported_sum_beside_the_two_programmes_that_it_is_of_is_found() -> None:
    told = dated(
        ("100 billion CNY", "2021-09-01"), ("50 billion CNY", "2021-04"), ("50 billion CNY", "2021-08-18"),
    )  # fmt: skip
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    assert finding.ids == ("a", "b", "c")
    assert finding.severity is cp.Severity.WARNING
    assert finding.figures == (told[0].amount, told[1].amount, told[2].amount)
    assert finding.message == (
        "b and c come to 100 billion CNY, and a is 100 billion CNY; if they are its parts, link "
        "them to it with part_of"
    )


@pytest.mark.parametrize(
    ("recipients", "is_found"),
    [
        ([None, "School", "Clinic"], True),
        (["School", "School", "the school"], False),
        (["School", "School", None], True),
        (["School", "School", "Clinic"], False),
        (["School", "Clinic", None], False),
    ],
)
def test_what_another_gets_is_no_part_of_a_gift(
    recipients: list[str | None], *, is_found: bool
) -> None:
    amounts = ["100 billion CNY", "60 billion CNY", "40 billion CNY"]
    told = [
        pledge(id_, amount, recipient=recipient)
        for id_, amount, recipient in zip("abc", amounts, recipients, strict=True)
    ]
    assert bool(found(*told)) is is_found
    larger, smaller, _ = told
    inside = found(larger, smaller, code="perhaps-a-part")
    assert bool(inside) is (recipients[0] is None or recipients[0] == recipients[1])


def test_the_way_out_of_a_sum_works() -> None:
    whole, *parts = dated(
        ("100 billion CNY", "2021-09-01"), ("50 billion CNY", "2021-04"), ("50 billion CNY", "2021-08-18"),
    )  # fmt: skip
    linked = [attrs.evolve(part, part_of="a") for part in parts]
    assert BASE.extend(whole, *parts).total("CNY").amount == cp.Money("200e9", "CNY")
    assert BASE.extend(whole, *linked).total("CNY").amount == cp.Money("100e9", "CNY")
    assert found(whole, *linked) == []


def test_article_without_its_links_is_found_out_and_with_them_is_not() -> None:
    article = cp.load()
    unlinked = article.replace(*(attrs.evolve(one, part_of=None) for one in article))
    sums = [f for f in unlinked.check() if f.code == "sums-up"]
    assert [(f.ids[0], {*f.ids[1:]}) for f in sums] == [
        ("giving-day-2021", {"giving-day-2021-match", "giving-day-2021-public"}),
        ("tencent-100-billion", {"tencent-common-wealth", "tencent-sustainable-social-value"}),
    ]
    assert not [f for f in article.check() if f.code in {"sums-up", "perhaps-a-part"}]


@pytest.mark.parametrize(
    "told",
    [
        [("4.169 billion CNY", "2021-09-10"), ("3.569 billion CNY", "2020-01-05"), ("0.6 billion CNY", "2021-09-10")],
        [("4.2 billion CNY", "2021-09-10"), ("3.569 billion CNY", "2021-09-10"), ("0.6 billion CNY", "2021-09-10")],
        [("100 CNY", "2021-02-01"), ("60 CNY", "2021-09-01"), ("40 CNY", "2021-12-31")],  # before its parts
        [("1011 CNY", "2021-09-01"), ("200 CNY", "2021-03-01"), ("350 CNY", "2021-04-01"), ("461 CNY", "2021-05-01")],
        [("100 CNY", "2021"), ("50.2 CNY", "2021"), ("49.9 CNY", "2021")],  # rounded to 100
        [("100 CNY", "2021"), ("50.0 CNY", "2021"), ("49.5 CNY", "2021")],
        [("2 CNY", "2021"), ("1.0 CNY", "2021"), ("0.6 CNY", "2021")],  # off by a quarter of 1.6
        [("950 CNY", "2021"), ("855 CNY", "2021"), ("95 CNY", "2021")],  # a tenth of it
        [("100 CNY", "2021"), ("50.0 CNY", "2021"), ("25.0 CNY", "2021"), ("24.5 CNY", "2021")],
        [("100 CNY", "2021"), ("50.0 CNY", "2021"), ("25.0 CNY", "2021"), ("25.5 CNY", "2021")],
    ],
)  # fmt: skip
def test_sums_are_found(told: list[Told]) -> None:
    (one,) = found(*dated(*told))
    assert one.split()[:2] == ["warning", "a"]
    assert {*one.split()[2:]} == {*"bcd"[: len(told) - 1]}


@pytest.mark.parametrize(
    "told",
    [
        # Near, and no sum.
        [("100 CNY", "2021-09-01"), ("50 CNY", "2021-04-01"), ("49 CNY", "2021-08-18")],
        [("100 CNY", "2021-09-01"), ("50 CNY", "2021-04-01"), ("51 CNY", "2021-08-18")],
        [("2 CNY", "2021-09-01"), ("1.0 CNY", "2021-09-01"), ("0.5 CNY", "2021-09-01")],  # off by a third
        [("4.3 billion CNY", "2021-09-10"), ("3.569 billion CNY", "2021-09-10"), ("0.6 billion CNY", "2021-09-10")],
        # Round figures of a yearly series.
        [("20 CNY", "2022-03-01"), ("10 CNY", "2020-03-01"), ("10 CNY", "2021-03-01")],
        [("100 CNY", "2023-03-01"), ("50 CNY", "2021-03-01"), ("50 CNY", "2022-03-01")],
        [("3 billion CNY", "2022"), ("1 billion CNY", "2020"), ("2 billion CNY", "2021")],
        # Many round figures within a year: some of them come to others whatever they are.
        [(f"{n}0 CNY", f"2021-{m:02}-01") for n, m in zip((6, 1, 2, 3, 4, 5), range(1, 7), strict=True)],
        # An addend that is lost in the sum.
        [("100 CNY", "2021-09-01"), ("96 CNY", "2021-09-01"), ("4 CNY", "2021-09-01")],
        [("999 CNY", "2021-09-01"), ("904 CNY", "2021-09-01"), ("95 CNY", "2021-09-01")],
        # A sum as large as its part.
        [("2 CNY", "2021-09-01"), ("2.0 CNY", "2021-09-01"), ("0.2 CNY", "2021-09-01")],
        # Another record's rounding of 5 is not that of the three.
        [("100 CNY", "2021-09-01"), ("50 CNY", "2021-04-01"), ("49 CNY", "2021-08-18"), ("2E+1 CNY", "2021-08-18")],
        # More than two years from the first to the last.
        [("4.169 CNY", "2021-09-01"), ("3.569 CNY", "2021-09-01"), ("0.600 CNY", "2019-08-01")],
    ],
)  # fmt: skip
def test_what_chance_brings_about_is_no_sum(told: list[Told]) -> None:
    assert found(*dated(*told)) == []


@pytest.mark.parametrize(
    ("figures", "days", "is_found"),
    [
        (("20 CNY", "10 CNY", "10 CNY"), 92, True),  # 2 steps
        (("20 CNY", "10 CNY", "10 CNY"), 93, False),
        (("90 CNY", "50 CNY", "40 CNY"), 92, True),  # 9 steps
        (("90 CNY", "50 CNY", "40 CNY"), 93, False),
        (("100 CNY", "60 CNY", "40 CNY"), 366, True),  # 10 steps
        (("100 CNY", "60 CNY", "40 CNY"), 367, False),
        (("99 CNY", "50 CNY", "49 CNY"), 366, True),
        (("99 CNY", "50 CNY", "49 CNY"), 367, False),
        (("100 CNY", "51 CNY", "49 CNY"), 367, True),  # 100 steps
        (("4169 CNY", "3569 CNY", "600 CNY"), 732, True),
        (("4169 CNY", "3569 CNY", "600 CNY"), 733, False),
    ],
)
def test_rounder_sums_are_nearer_in_time(
    figures: tuple[str, ...], days: int, *, is_found: bool
) -> None:
    first = date(2021, 1, 1)
    for order in ([0, days, 1], [days, 0, 1], [0, 1, days]):
        announced = [str(first + timedelta(days=day)) for day in order]
        told = dated(*zip(figures, announced, strict=True))
        assert bool(found(*told)) is is_found


@pytest.mark.parametrize(
    ("others", "is_found"),
    [
        (["7 CNY", "1000 CNY"], True),  # of another size
        (["70 CNY"], True),  # three others: three pairs and a triple, to ten steps
        (["700 CNY"], True),
        (["70 CNY", "80 CNY"], False),  # four: six pairs and four triples
        (["700 CNY", "800 CNY"], False),
    ],
)
def test_other_records_of_the_size_make_a_sum_likelier_by_chance(
    others: list[str], *, is_found: bool
) -> None:
    told = dated(("100 CNY", "2021-05-01"), ("60 CNY", "2021-05-02"), ("40 CNY", "2021-05-03"))
    more = [pledge(f"x{n}", amount, "2021-05-04") for n, amount in enumerate(others)]
    hits = [hit for hit in found(*told, *more) if hit.startswith("warning a")]
    assert bool(hits) is is_found


def test_a_pair_goes_before_a_triple_and_the_nearest_before_others() -> None:
    told = dated(
        ("1000 CNY", "2021-05-01"), ("610 CNY", "2021-03-01"), ("390 CNY", "2021-05-03"),
        ("330 CNY", "2021-05-01"), ("280 CNY", "2021-05-01"), ("390 CNY", "2021-02-01"),
    )  # fmt: skip
    assert [one for one in found(*told) if " a " in one] == ["warning a c b"]
    told = dated(
        ("1011 CNY", "2021-05-01"), ("200 CNY", "2021-05-02"), ("350 CNY", "2021-05-03"),
        ("461 CNY", "2021-02-01"), ("461 CNY", "2021-05-04"),
    )  # fmt: skip
    assert found(*told) == ["warning a b c e"]


def test_sum_in_another_currency_is_found_at_the_rate_of_its_day() -> None:
    euro = cp.rates.fixed({"USD/CNY": "6.5"})
    told = [
        pledge("a", "650 CNY", "2021-09-02"), pledge("b", "60 USD", "2021-06-01"),
        pledge("c", "40 USD", "2021-07-01"),
    ]  # fmt: skip
    codes = [f.code for f in BASE.extend(*told).check(euro)]
    assert "sums-up" in codes
    away = [*told[:2], pledge("c", "42 USD", "2021-07-01")]
    assert "sums-up" not in [f.code for f in BASE.extend(*away).check(euro)]


@pytest.mark.parametrize(
    ("amount", "is_found"),
    [
        ("40.0 USD", True),
        ("40.5 USD", True),
        ("40.6 USD", False),
        ("39.5 USD", True),
        ("39.4 USD", False),
        ("40.55 USD", True),
        ("40.56 USD", False),
        ("39.45 USD", True),
        ("39.44 USD", False),
    ],
)  # 650.0 CNY are 100.0 USD, give or take half a percent and the rounding of 0.05 USD
def test_sum_at_a_rate_is_as_exact_as_the_rate(amount: str, *, is_found: bool) -> None:
    told = dated(("650.0 CNY", "2021-05-01"), ("60.0 USD", "2021-05-02"), (amount, "2021-05-03"))
    in_yuan = [pledge("d", "1 CNY"), pledge("e", "9 CNY")]  # which are then the commonest
    assert bool(found(*told)) is bool(found(*told, *in_yuan)) is is_found


def test_sum_is_told_in_the_currency_of_the_whole() -> None:
    told = dated(
        ("15.4 billion USD", "2021-09-01"), ("50 billion CNY", "2021-04"), ("50 billion CNY", "2021-08-18"),
    )  # fmt: skip
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    assert finding.message.startswith(
        "b and c come to 15.385 billion USD, and a is 15.4 billion USD;"
    )


def test_sum_is_told_to_five_digits_and_names_all_three_parts() -> None:
    told = dated(("15.4 USD", "2021-09-01"), ("50 CNY", "2021-04"), ("50 CNY", "2021-08-18"))
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    assert finding.message.startswith("b and c come to 15.385 USD, and a is 15.4 USD;")
    told = [
        *dated(("652.0 CNY", "2021-09-01"), ("60.0 USD", "2021-04-01"), ("40.0 USD", "2021-08-18")),
        pledge("d", "1 CNY"), pledge("e", "9 CNY"),
    ]  # fmt: skip
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    assert finding.message.startswith("c and b come to 650.00 CNY, and a is 652.0 CNY;")
    told = dated(
        ("1011 CNY", "2021-09-01"), ("200 CNY", "2021-03-01"), ("350 CNY", "2021-04-01"),
        ("461 CNY", "2021-05-01"),
    )  # fmt: skip
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    assert finding.message == (
        "b, c and d come to 1,011.0 CNY, and a is 1,011 CNY; if they are its parts, link them to it "
        "with part_of"
    )
    assert finding.ids == ("a", "b", "c", "d")
    assert finding.figures == tuple(one.amount for one in told)


def test_figures_in_one_currency_are_added_without_a_rate() -> None:
    rates = cp.rates.ecb()
    told = [
        pledge("a", "4169 USD", "2021-09-02"), pledge("b", "3569 USD", "2020-03-02"),
        pledge("c", "600 USD", "2021-07-01"), pledge("d", "1 CNY"), pledge("e", "9 CNY"),
        pledge("f", "20 CNY"), pledge("g", "40 CNY"),
    ]  # fmt: skip
    findings = BASE.extend(*told).check(rates)
    assert [f.ids for f in findings if f.code == "sums-up"] == [("a", "c", "b")]


def test_sum_of_a_currency_that_lost_half_of_its_worth_is_found() -> None:
    told = [
        pledge("a", "4169 TRY", "2021-03-01"), pledge("b", "2000 TRY", "2022-10-03"),
        pledge("c", "2169 TRY", "2022-10-04"), pledge("d", "11 CNY"), pledge("e", "12 CNY"),
        pledge("f", "13 CNY"), pledge("g", "14 CNY"),
    ]  # fmt: skip
    findings = BASE.extend(*told).check(cp.rates.ecb())
    assert [f.ids for f in findings if f.code == "sums-up"] == [("a", "b", "c")]


# What is linked, or counts for nothing


WHOLE, PART, OTHER = dated(("100 CNY", "2021-05-01"), ("60 CNY", "2021-05-02"), ("40 CNY", "2021-05-03"))  # fmt: skip


@pytest.mark.parametrize(
    ("more", "is_found"),
    [
        ([WHOLE, PART, OTHER], True),
        ([WHOLE, attrs.evolve(PART, part_of="a"), attrs.evolve(OTHER, part_of="a")], False),
        ([WHOLE, attrs.evolve(PART, part_of="a"), OTHER], True),  # one link is missing
        ([WHOLE, PART, attrs.evolve(OTHER, part_of="b")], False),  # it would be added twice
        ([WHOLE, attrs.evolve(PART, company="other"), OTHER], False),
        ([WHOLE, attrs.evolve(PART, high="70 CNY"), OTHER], False),  # no figure, but a range
        ([WHOLE, PART, OTHER, pledge("z", "39 CNY", "2022", supersedes="c")], False),
        ([WHOLE, PART, OTHER, pledge("z", "101 CNY", "2022", restates="a")], True),
    ],
)
def test_only_records_that_count_and_are_not_linked_are_added(
    more: list[cp.Pledge], *, is_found: bool
) -> None:
    assert bool(found(*more)) is is_found


def test_whole_whose_parts_are_known_is_not_explained_again() -> None:
    whole, *parts = dated(("4169 CNY", "2021-05-01"), ("3569 CNY", "2021-05-02"), ("600 CNY", "2021-05-03"))  # fmt: skip
    others = [pledge("x", "3569 CNY", "2021-05-04"), pledge("y", "600 CNY", "2021-05-04")]
    assert len(found(whole, *parts, *others)) == 1
    assert found(whole, *(attrs.evolve(part, part_of="a") for part in parts), *others) == []


def test_no_sum_has_a_part_of_one_of_its_parts() -> None:
    whole, *parts = dated(
        ("1011 CNY", "2021-05-01"), ("200 CNY", "2021-05-02"), ("350 CNY", "2021-05-03"),
        ("461 CNY", "2021-05-04"),
    )  # fmt: skip
    assert found(whole, *parts) == ["warning a b c d"]
    inside = attrs.evolve(parts[1], part_of="d")
    assert found(whole, parts[0], inside, parts[2]) == []


def test_what_one_part_draws_on_in_a_pool_is_no_sum() -> None:
    water = cp.Initiative(id="water", name="Water", pooled=True, source="paper")
    whole, one, other = dated(("4169 CNY", "2021-05-01"), ("3569 CNY", "2021-05-02"), ("600 CNY", "2021-05-03"))  # fmt: skip
    whole = attrs.evolve(whole, initiative="water")
    drawn = attrs.evolve(one, initiative="water", stage="disbursement")
    for part, codes in ((one, ["sums-up"]), (drawn, [])):
        findings = BASE.extend(water, whole, part, other).check(USD)
        assert [f.code for f in findings if f.code == "sums-up"] == codes


@pytest.mark.parametrize(
    ("others", "smaller", "is_found"),
    [(21, 0, True), (22, 0, False), (20, 1, True), (21, 1, False)],
)
def test_among_more_than_twenty_four_records_there_are_no_sums(
    others: int, smaller: int, *, is_found: bool
) -> None:
    told = dated(("358028 CNY", "2021-05-01"), ("123457 CNY", "2021-05-02"), ("234571 CNY", "2021-05-03"))  # fmt: skip
    more = [pledge(f"x{n}", f"{900001 + 1013 * n} CNY", "2021-05-04") for n in range(others)]
    more += [pledge("y", "20001 CNY", "2021-05-04")][:smaller]
    assert bool(found(*told, *more)) is is_found


def test_only_selected_records_are_added() -> None:
    told = BASE.extend(WHOLE, PART, OTHER)
    assert not [f for f in told.where(id=["a", "b"]).check(USD) if f.code == "sums-up"]
    assert [f for f in told.where(id=["a", "b", "c"]).check(USD) if f.code == "sums-up"]


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=3, unique=True), st.integers(0, 700))
def test_every_sum_of_telling_figures_is_found(amounts: list[int], days: int) -> None:
    total = sum(amounts)
    if total % 10 == 0 or min(amounts) * 10 < total or total < 1000:
        return
    first = date(2020, 1, 1)
    parts = [
        pledge(f"p{n}", f"{amount} CNY", str(first + timedelta(days=n * days // 3)))
        for n, amount in enumerate(amounts)
    ]
    whole = pledge("w", f"{total} CNY", str(first + timedelta(days=days)))
    assert [one.split()[1] for one in found(whole, *parts)] == ["w"]


@given(st.lists(st.integers(1, 40), max_size=8))
def test_every_sum_that_is_told_is_one(tens: list[int]) -> None:
    told = [pledge(f"p{n}", f"{ten}0 CNY", f"2021-0{n % 9 + 1}-11") for n, ten in enumerate(tens)]
    amounts = {one.id: one.amount.amount for one in told}
    findings = [f for f in BASE.extend(*told).check(USD) if f.code == "sums-up"]
    for finding in findings:
        whole, *parts = finding.ids
        assert amounts[whole] == sum(amounts[part] for part in parts)
        assert len({*finding.ids}) == len(finding.ids)
    assert len({finding.ids[0] for finding in findings}) == len(findings)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_sums_at_the_ends_of_the_calendar_are_found(day: str) -> None:
    assert found(*dated(("100 CNY", day), ("60 CNY", day), ("40 CNY", day)))


def test_a_company_with_many_records_of_a_size_has_no_sums() -> None:
    told = [pledge(f"p{n}", f"{1000 + n * 37 % 911} CNY", f"2021-{n % 12 + 1:02}-05") for n in range(60)]  # fmt: skip
    sums = sum(a + b == c for a, b, c in combinations(range(60), 3))
    assert sums
    assert found(*told) == []


# Perhaps a part


def perhaps(*pledges: cp.Pledge) -> list[str]:
    return found(*pledges, code="perhaps-a-part")


def test_smaller_record_of_the_same_day_is_perhaps_a_part() -> None:
    told = [pledge("a", "100 billion CNY"), pledge("b", "20 billion CNY")]
    (finding,) = BASE.extend(*told).check(USD)
    assert (finding.severity, finding.code, finding.ids) == ("info", "perhaps-a-part", ("a", "b"))
    assert finding.figures == (told[0].amount, told[1].amount)
    assert finding.message == (
        "b (20 billion CNY) was announced on the same day as a (100 billion CNY); if it is inside "
        "a, link it with part_of"
    )
    linked = [told[0], attrs.evolve(told[1], part_of="a")]
    assert perhaps(*linked) == []


def test_smaller_record_of_the_same_initiative_is_perhaps_a_part() -> None:
    told = [
        pledge("a", "10 billion CNY", "2021-08-24", initiative="aid"),
        pledge("b", "2.4 billion CNY", "2021-10-01", initiative="aid"),
    ]
    (finding,) = [f for f in BASE.extend(*told).check(USD) if f.code == "perhaps-a-part"]
    assert finding.message == (
        "b (2.4 billion CNY) is of the same initiative as a (10 billion CNY); if it is inside a, "
        "link it with part_of"
    )


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([pledge("b", "20 CNY")], ["info a b"]),
        ([pledge("b", "20 CNY"), pledge("c", "30 CNY")], ["info a b", "info a c"]),
        ([pledge("b", "60 CNY"), pledge("c", "50 CNY")], []),  # no room for both
        ([pledge("b", "3 USD")], ["info a b"]),
        ([pledge("b", "20 CNY", company="other")], []),
        ([pledge("b", "20 CNY", "2021-09-03")], []),
        ([pledge("b", "20 CNY", "2021")], []),
        ([pledge(f"b{n}", f"{n}0 CNY") for n in range(1, 5)], [f"info a b{n}" for n in range(1, 5)]),  # just room
        ([pledge("b", "100 CNY")], []),  # alike
        ([pledge("b", "99.9 CNY")], []),  # alike
        ([pledge("b", "20 CNY", part_of="a")], []),
        ([pledge("b", "20 CNY"), pledge("c", "19 CNY", "2022", supersedes="b")], []),
        ([pledge(f"b{n}", f"{n}1 CNY") for n in range(1, 4)], ["info a b1", "info a b2", "info a b3"]),
        ([pledge(f"b{n}", f"1{n} CNY") for n in range(5)], [f"info a b{n}" for n in range(5)]),
        ([pledge(f"b{n}", f"1{n} CNY") for n in range(6)], []),  # a list of grants
    ],
)  # fmt: skip
def test_records_of_one_day_are_held_against_the_largest(
    others: list[cp.Pledge], expected: list[str]
) -> None:
    assert perhaps(pledge("a", "100 CNY"), *others) == expected


@pytest.mark.parametrize(
    ("announced", "facts", "is_found"),
    [
        ("2022-06-29", {"initiative": "aid"}, True),
        ("2022-06-30", {"initiative": "aid"}, False),  # more than 300 days later
        ("2020-11-06", {"initiative": "aid"}, True),
        ("2020-11-05", {"initiative": "aid"}, False),
        ("2021-09", {"initiative": "aid"}, True),
        ("2022", {"initiative": "aid"}, False),
        ("2021-09-03", {"initiative": "tea"}, False),
        ("2021-09-03", {}, False),
        ("2021-09-03", {"initiative": "aid", "stage": "commitment"}, False),  # stages-unlinked
        ("2021-09-03", {"initiative": "aid", "company": "other"}, False),
    ],
)
def test_records_of_one_initiative_are_near_in_time(
    announced: str, facts: dict[str, str], *, is_found: bool
) -> None:
    told = [pledge("a", "100 CNY", initiative="aid"), pledge("b", "20 CNY", announced, **facts)]
    assert perhaps(*told) == (["info a b"] if is_found else [])


def test_a_month_is_no_day_on_which_two_sums_were_announced() -> None:
    month = [pledge("a", "100 CNY", "2021-09"), pledge("b", "20 CNY", "2021-09")]
    assert perhaps(*month) == []
    assert perhaps(pledge("c", "100 CNY", "2021-09-01"), month[1]) == []
    of_one = [attrs.evolve(one, initiative="aid") for one in month]
    (finding,) = [f for f in BASE.extend(*of_one).check(USD) if f.code == "perhaps-a-part"]
    assert "is of the same initiative as a" in finding.message


def test_years_of_a_campaign_are_no_parts_of_one_another() -> None:
    years = [pledge(f"y{n}", f"{n}7 CNY", f"202{n}-09-09", initiative="aid") for n in range(1, 5)]
    assert perhaps(*years) == []


@pytest.mark.parametrize(
    ("others", "days", "is_found"), [(5, 30, True), (6, 30, False), (6, 31, True)]
)
def test_one_day_says_nothing_where_something_is_announced_every_few_days(
    others: int, days: int, *, is_found: bool
) -> None:
    day = date(2021, 9, 2)
    told = [pledge("a", "100 CNY", str(day)), pledge("b", "20 CNY", str(day))]
    for away in (timedelta(days=days), timedelta(days=-days)):
        more = [pledge(f"x{n}", f"{n + 2}000 CNY", str(day + away)) for n in range(others)]
        assert ("info a b" in perhaps(*told, *more)) is is_found


def test_same_day_and_same_initiative_are_told_once() -> None:
    told = [pledge(id_, amount, initiative="aid") for id_, amount in [("a", "100 CNY"), ("b", "20 CNY")]]  # fmt: skip
    assert perhaps(*told) == ["info a b"]


def test_parts_of_a_sum_are_told_as_such_alone() -> None:
    told = [pledge("a", "100 CNY"), pledge("b", "60 CNY"), pledge("c", "40 CNY")]
    assert found(*told) == ["warning a c b"]
    assert perhaps(*told) == []
