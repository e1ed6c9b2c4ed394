"""Each kind of finding: a true alarm, a false alarm, and a near miss."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.checks.span import Span

USD = cp.rates.fixed({"USD/CNY": "6.5"})
SOURCE = cp.Source(id="paper", title="Paper", published="2021-09-30")
LATE = cp.Source(id="book", title="Book", published="2030")
BASE = cp.Dataset(
    sources=[SOURCE, LATE],
    companies=[cp.Company(id="acme", name="Acme"), cp.Company(id="other", name="Other")],
    initiatives=[cp.Initiative(id="aid", company="acme", name="Aid", source="paper")],
)


def pledge(id_: str, amount: str, announced: str = "2021-09-02", **facts: object) -> cp.Pledge:
    told = {"company": "acme", "source": "paper"} | facts
    return cp.Pledge(id=id_, amount=amount, announced=announced, **told)  # type: ignore[arg-type]


def codes(*pledges: cp.Pledge, tolerance: str = "0.5%") -> list[str]:
    findings = BASE.extend(*pledges).check(USD, tolerance)
    return [f"{finding.severity} {finding.code} {' '.join(finding.ids)}" for finding in findings]


class Counted(cp.Rates):
    """6.5 yuan a dollar on every day, and a count of what was asked for."""

    provider = "counted"
    pivot = "USD"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, cp.Period]] = []

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
        self.asked.append((base, quote, period))
        return {period.end: Fraction("6.5")} if (base, quote) == ("USD", "CNY") else {}


def test_however_many_equivalents_differ_each_day_is_looked_up_once() -> None:
    rates = Counted()
    pledges = [
        pledge(f"p{number}", f"{number + 1_000_000} USD", equivalents=[cp.Money(7_000_000, "CNY")])
        for number in range(300)
    ]
    findings = BASE.extend(*pledges).check(rates)
    assert sum(finding.code == "equivalent-differs" for finding in findings) == 300
    days = [period.end for base, _, period in rates.asked if base == "USD"]
    assert len(days) == len(set(days)) == 731  # the year before, the day, and the year after


def test_article_has_no_error_and_no_warning() -> None:
    findings = cp.load().check()
    assert {finding.severity for finding in findings} == {"info"}
    assert [finding.figures[1] for finding in findings] == [
        cp.Money("15.49e9", "USD"),
        cp.Money("15.5e9", "USD"),
    ]
    assert {finding.figures[2] for finding in findings} == {cp.Money("15.484e9", "USD")}
    assert findings[0].message == (
        "15.49 billion USD is stated for 100 billion CNY: 15.484 billion USD at the 2021-09-02 rate"
    )


def test_dataset_of_nothing_has_no_findings() -> None:
    findings = cp.Dataset().check()
    assert not findings
    assert findings.table().rows == ()
    assert not findings.at_fault


# 6.5 CNY a dollar: 650.0 CNY (give or take 0.05) are 99.99 to 100.01 USD.
@pytest.mark.parametrize(
    ("stated", "tolerance", "found"),
    [
        ("100 USD", "0%", "info equivalent-agrees a"),
        ("99.7 USD", "0.5%", "info equivalent-agrees a"),
        ("100.51 USD", "0.5%", "info equivalent-agrees a"),
        ("100.52 USD", "0.5%", "warning equivalent-differs a"),
        ("99.49 USD", "0.5%", "info equivalent-agrees a"),
        ("99.48 USD", "0.5%", "warning equivalent-differs a"),
        ("100.1 USD", "0%", "warning equivalent-differs a"),
        ("100.1 USD", "0.1%", "info equivalent-agrees a"),
        ("101 USD", "0.5%", "info equivalent-agrees a"),
        ("102 USD", "0.5%", "warning equivalent-differs a"),
        ("1.00 thousand USD", "0.5%", "error unit-slip a"),
        ("1000 USD", "0.5%", "error unit-slip a"),
        ("10 USD", "0.5%", "error unit-slip a"),
        ("0.100 billion USD", "0.5%", "error unit-slip a"),
        ("1020 USD", "0.5%", "warning equivalent-differs a"),
        ("1004 USD", "0.5%", "error unit-slip a"),
        ("50 USD", "0.5%", "warning equivalent-differs a"),
        ("0 USD", "0.5%", "warning equivalent-differs a"),
    ],
)
def test_equivalent_is_held_against_the_rate(stated: str, tolerance: str, found: str) -> None:
    assert codes(pledge("a", "650.0 CNY", equivalents=stated), tolerance=tolerance) == [found]


def test_slip_says_how_far_off_it_is() -> None:
    little = BASE.extend(pledge("a", "100.0 billion CNY", equivalents="15.38 million USD")).check(
        USD
    )
    assert little[0].message == (
        "15.38 million USD is 1,000 times too little: "
        "100 billion CNY is 15.385 billion USD at the 2021-09-02 rate"
    )
    much = BASE.extend(pledge("a", "100.0 billion CNY", equivalents="153.8 billion USD")).check(USD)
    assert "10 times too much" in much[0].message


def test_difference_names_the_nearest_day_whose_rate_would_give_it() -> None:
    ecb = cp.rates.ecb()
    wrong_day = ecb.convert(cp.Money(10**9, "CNY"), "USD", "2021-06-01")
    told = pledge("a", "1000000000 CNY", "2021-09-02", equivalents=[wrong_day])
    (finding,) = BASE.extend(told).check(ecb, "0%")
    assert finding.code == "equivalent-differs"
    assert "; the rate of 2021-06-01 would give it" in finding.message


class Rising(cp.Rates):
    """A dollar of 5 yuan, and from the 3rd of September 2021 on of 10, less five billionths."""

    provider, pivot = "rising", "CNY"

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
        if (base, quote) != ("USD", "CNY"):
            return {}
        later = period.end > date(2021, 9, 2)
        return {period.end: 10 - Fraction(5, 10**9) if later else Fraction(5)}


@pytest.mark.parametrize(
    ("amount", "is_named"), [("1.0E+12 CNY", True), ("1000000000000 CNY", False)]
)
def test_day_is_named_only_where_rounding_allows_its_rate(amount: str, *, is_named: bool) -> None:
    # Five in ten billions are less than the doubt that floats leave, and more than the rounding.
    told = pledge("a", amount, "2021-09-02", equivalents="100000000000 USD")
    (finding,) = BASE.extend(told).check(Rising(), "0%")
    assert ("the rate of 2021-09-03 would give it" in finding.message) is is_named


def test_difference_that_no_day_explains_says_so() -> None:
    told = pledge("a", "1000 CNY", "2021-09-02", equivalents="220 USD")
    (finding,) = BASE.extend(told).check()
    assert finding.message.endswith("; no rate within a year would give it")


def test_period_longer_than_a_day_is_held_against_its_mean() -> None:
    mean = cp.convert("1000 CNY", "USD", on="2021-04")
    assert BASE.extend(pledge("a", "1000.00 CNY", "2021-04", equivalents=[mean])).check(
        tolerance="0%"
    )[0].code == ("equivalent-agrees")
    (finding,) = BASE.extend(pledge("a", "1000.00 CNY", "2021-04", equivalents="170.0 USD")).check()
    assert finding.message.endswith("; no rate within a year would give it")


def test_no_day_is_named_for_a_longer_period() -> None:
    ecb = cp.rates.ecb()
    in_june = ecb.convert(cp.Money(10**9, "CNY"), "USD", "2021-06-01")
    told = pledge("a", "1000000000 CNY", "2021-04", equivalents=[in_june])
    (finding,) = BASE.extend(told).check(ecb, "0%")
    assert finding.message.endswith("; no rate within a year would give it")


def test_no_day_makes_something_of_nothing() -> None:
    told = pledge("a", "0 CNY", equivalents="100 USD")
    (finding,) = BASE.extend(told).check()
    assert finding.code == "equivalent-differs"
    assert finding.message.endswith("; no rate within a year would give it")


@pytest.mark.parametrize(
    ("amount", "facts", "found"),
    [
        ("100 CNY", {}, []),
        ("102 CNY", {}, ["warning restatement-differs a b"]),
        ("100.4 CNY", {}, []),
        ("1000 CNY", {}, ["error restatement-differs a b"]),
        ("10.0 CNY", {}, ["error restatement-differs a b"]),
        ("15.4 USD", {}, []),
        ("16.0 USD", {}, ["warning restatement-differs a b"]),
        ("154 USD", {}, ["error restatement-differs a b"]),
        ("90 CNY", {"high": "110 CNY"}, []),
        ("80 CNY", {"high": "90 CNY"}, ["warning restatement-differs a b"]),
    ],
)
def test_restatement_is_held_against_what_it_restates(
    amount: str, facts: dict[str, str], found: list[str]
) -> None:
    telling = pledge("b", amount, "2021-09-02", restates="a", **facts)
    assert codes(pledge("a", "100 CNY"), telling) == found


def test_own_conversion_of_a_source_goes_before_the_rate() -> None:
    original = pledge("a", "100.0 CNY", equivalents="20.0 USD")
    assert "warning restatement-differs a b" not in codes(
        original, pledge("b", "20.0 USD", restates="a")
    )
    telling = pledge("b", "20.0 USD", restates="a", equivalents="100.0 CNY")
    assert "warning restatement-differs a b" not in codes(pledge("a", "100.0 CNY"), telling)


def test_restatement_that_slipped_is_called_a_slip() -> None:
    told = BASE.extend(pledge("a", "100 billion CNY"), pledge("b", "100 million CNY", restates="a"))
    assert told.check(USD)[0].message == (
        "b restates a with 100 million CNY for 100 billion CNY, which is 1,000 times too little: a slip"
    )


@pytest.mark.parametrize(
    ("whole", "parts", "found"),
    [
        (("100 CNY", "exact"), [("60 CNY", "exact"), ("40 CNY", "exact")], []),
        (("100 CNY", "exact"), [("61 CNY", "exact"), ("40 CNY", "exact")], []),  # rounding
        (("100 CNY", "exact"), [("62 CNY", "exact"), ("40 CNY", "exact")], ["error parts-exceed-whole"]),
        (("100 CNY", "exact"), [("62 CNY", "up_to"), ("40 CNY", "exact")], []),
        (("100 CNY", "exact"), [("62 CNY", "exact"), ("40 CNY", "at_least")], ["error parts-exceed-whole"]),
        (("100 CNY", "at_least"), [("62 CNY", "exact"), ("80 CNY", "exact")], []),
        (("100 CNY", "up_to"), [("62 CNY", "exact"), ("40 CNY", "exact")], ["error parts-exceed-whole"]),
        (("100 CNY", "exact"), [("50 CNY", "exact")], ["info parts-fall-short"]),
        (("100 CNY", "exact"), [("99 CNY", "exact")], []),
        (("100 CNY", "exact"), [("98 CNY", "exact")], ["info parts-fall-short"]),
        (("100 CNY", "exact"), [("50 CNY", "at_least")], []),
        (("100 CNY", "up_to"), [("50 CNY", "exact")], []),
        (("100 CNY", "at_least"), [("50 CNY", "exact")], ["info parts-fall-short"]),
    ],
)  # fmt: skip
def test_parts_are_held_against_their_whole(
    whole: tuple[str, str], parts: list[tuple[str, str]], found: list[str]
) -> None:
    records = [
        pledge(f"p{n}", amount, f"2021-0{n + 1}-01", qualifier=qualifier, part_of="w")
        for n, (amount, qualifier) in enumerate(parts)
    ]
    ids = " ".join(["w", *(record.id for record in records)])
    told = codes(pledge("w", whole[0], "2020", qualifier=whole[1]), *records)
    assert told == [f"{one} {ids}" for one in found]


def test_parts_in_other_currencies_are_added_by_their_equivalents() -> None:
    part = pledge("p", "100.0 USD", part_of="w", equivalents="700.0 CNY")
    findings = BASE.extend(pledge("w", "650.0 CNY"), part).check(USD, "10%")
    (finding,) = [one for one in findings if one.code == "parts-exceed-whole"]
    assert finding.figures == (cp.Money("650.0", "CNY"), cp.Money("700", "CNY"))
    assert finding.message == "the parts of w come to 700.00 CNY, more than its 650.0 CNY"


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (pledge("b", "650 CNY", "2021-09-05"), True),
        (pledge("b", "100 USD", "2021-09-20"), True),
        (pledge("b", "655 CNY", "2021-09-05"), True),
        (pledge("b", "660 CNY", "2021-09-05"), False),
        (pledge("b", "102 USD", "2021-09-05"), False),
        (pledge("b", "650 CNY", "2021-10-02"), True),
        (pledge("b", "650 CNY", "2021-10-03"), False),
        (pledge("b", "650 CNY", "2021-08-03"), True),
        (pledge("b", "650 CNY", "2021-08-02"), False),
        (pledge("b", "650 CNY", "2021"), True),
        (pledge("b", "650 CNY", "2021-09-05", company="other"), False),
        (pledge("b", "650 CNY", "2021-09-05", restates="a"), False),
        (pledge("b", "650 CNY", "2021-09-05", part_of="a"), False),
        (pledge("b", "650 CNY", "2021-09-05", supersedes="a"), False),
        (pledge("b", "600 CNY", "2021-09-05", high="700 CNY"), True),
        (pledge("b", "0.7 thousand CNY", "2021-09-05"), True),
        (pledge("b", "1 thousand CNY", "2021-09-05"), False),
    ],
)
def test_unlinked_records_near_in_amount_and_time_look_alike(
    other: cp.Pledge, *, found: bool
) -> None:
    alike = [code for code in codes(pledge("a", "650 CNY"), other) if "look-alike" in code]
    assert alike == (
        ["warning look-alike a b"]
        if found and other.announced.start.month > 8
        else (["warning look-alike b a"] if found else [])
    )  # the first announced comes first


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (["10 CNY", "11 CNY"], ["a b"]),  # both may be 10.5, and one is a tenth more
        (["11 CNY", "10 CNY"], ["a b"]),
        (["9 CNY", "10 CNY"], []),  # both may be 9.5, and one is a ninth more
        (["9007199254740993 CNY", "9007199254740995 CNY"], []),  # which are one as floats
        (["100 CNY", "105 CNY", "1E+2 CNY"], ["a c", "b c"]),  # between 50 and 150 is either
        (["105 CNY", "100 CNY", "1E+2 CNY"], ["a c", "b c"]),
    ],
)
def test_amounts_are_alike_where_rounding_makes_them_one_and_none_is_a_tenth_more(
    amounts: list[str], found: list[str]
) -> None:
    told = [pledge(id_, amount) for id_, amount in zip("abc", amounts, strict=False)]
    alike = [code for code in codes(*told, tolerance="0") if "look-alike" in code]
    assert [code.removeprefix("warning look-alike ") for code in alike] == found


@pytest.mark.parametrize(
    ("recipient", "other", "found"),
    [
        ("School", "Clinic", False),
        ("School", "School", True),
        ("School", "the  school", False),
        ("The School", "the  school", True),
        ("School", None, True),
        (None, None, True),
    ],
)
def test_gifts_to_different_recipients_do_not_look_alike(
    recipient: str | None, other: str | None, *, found: bool
) -> None:
    gifts = [pledge("a", "65 CNY", recipient=recipient), pledge("b", "65 CNY", recipient=other)]
    assert codes(*gifts) == ["warning look-alike a b"] * found


def test_two_gifts_to_one_recipient_look_alike_among_any_number_to_others() -> None:
    days = [f"2021-09-{day:02}" for day in range(1, 21)]
    gifts = [pledge(f"g{at}", "65 CNY", day, recipient=day) for at, day in enumerate(days)]
    told = codes(*gifts, pledge("z", "65 CNY", "2021-09-20", recipient=days[0]))
    assert told == ["warning look-alike g0 z"]


def test_a_pledge_that_is_told_often_looks_like_another_once() -> None:
    tellings = [pledge(f"b{at}", "650 CNY", "2021-09-03", restates="b") for at in range(3)]
    told = codes(pledge("b", "650 CNY"), *tellings, pledge("c", "100 USD", "2021-09-04"))
    assert told == ["warning look-alike b c"]
    more = [
        pledge("d", "650 CNY", "2021-09-04"),
        pledge("d1", "650 CNY", "2021-09-04", restates="d"),
    ]
    assert codes(pledge("b", "650 CNY"), *tellings, *more) == ["warning look-alike b d"]
    slip = pledge("b", "65 CNY"), pledge("b1", "650 CNY", restates="b"), pledge("c", "650 CNY")
    assert "warning look-alike b1 c" in codes(*slip)


def test_parts_of_one_whole_do_not_look_alike() -> None:
    parts = [pledge(id_, "50 CNY", part_of="w") for id_ in "ab"]
    assert codes(pledge("w", "100 CNY", "2020"), *parts) == []


def test_withdrawn_pledges_do_not_look_alike() -> None:
    assert codes(pledge("a", "0 CNY"), pledge("b", "0 CNY")) == []


def test_stages_of_an_initiative_without_a_link_are_found_once() -> None:
    promised = pledge("a", "100 CNY", initiative="aid")
    given_ = pledge("b", "30 CNY", "2022", initiative="aid", stage="disbursement", source="book")
    again = pledge("c", "20 CNY", "2023", initiative="aid", stage="disbursement", source="book")
    assert codes(promised, given_, again) == ["warning stages-unlinked a b"]


def test_linked_stages_or_one_stage_or_none_are_no_finding() -> None:
    promised = pledge("a", "100 CNY", initiative="aid")
    inside = pledge(
        "b", "30 CNY", "2022", initiative="aid", stage="disbursement", source="book", part_of="a"
    )
    assert codes(promised, inside) == ["info parts-fall-short a b"]
    assert codes(promised, pledge("b", "30 CNY", "2022", initiative="aid", source="book")) == []
    assert codes(promised, pledge("b", "30 CNY", "2022", stage="disbursement", source="book")) == []


def test_records_without_a_source_are_found() -> None:
    extended = BASE.extend(
        pledge("a", "1 CNY", source=None),
        cp.Figure(id="f", about="acme", value=5),
        cp.Initiative(id="i", company="acme", name="I"),
    )
    assert [(f.code, *f.ids) for f in extended.check(USD)] == [
        ("no-source", "a"), ("no-source", "f"), ("no-source", "i"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("announced", "found"),
    [
        ("2021-09-30", []),
        ("2021-10-01", ["warning announced-after-publication a paper"]),
        ("2021", []),
        ("2021-Q4", ["warning announced-after-publication a paper"]),
    ],
)
def test_announcement_after_its_publication_is_found(announced: str, found: list[str]) -> None:
    assert codes(pledge("a", "1 CNY", announced)) == found


def test_source_without_a_date_is_no_reason_to_doubt() -> None:
    undated = BASE.replace(cp.Source(id="paper", title="Paper"))
    assert not undated.extend(pledge("a", "1 CNY", "2030")).check(USD)


def test_rates_that_are_not_known_are_a_finding() -> None:
    told = BASE.extend(
        pledge("a", "100 KZT", equivalents="5 CNY"),
        pledge("b", "7 KZT", restates="c"),
        pledge("c", "9 CNY", "2021-01-01"),
    )
    findings = told.check(USD)
    assert {(f.severity, f.code) for f in findings} == {("info", "rate-not-found")}
    assert [str(f.message) for f in findings] == [
        "no KZT/CNY rate on 2021-09-02; all that is fixed is USD/CNY (asked for KZT to CNY by a); other "
        "rates, such as the NBP's, may have it",
        "no CNY/KZT rate on 2021-01-01; all that is fixed is USD/CNY (asked for CNY to KZT by c, b); "
        "other rates, such as the NBP's, may have it",
        "no rate is known for CNY/KZT, so what one company has in both is not compared; other rates, "
        "such as the NBP's, may have one",
    ]
    assert [f.ids for f in findings] == [("a",), ("b", "c"), ("c",)]
    # The ECB's error advises code; a finding may stand on a page to publish.
    assert not any("cp." in finding.message for finding in told.check())


def test_rates_of_one_pair_that_are_not_known_are_one_finding() -> None:
    days = ["2021-09-02", "2021-09-03", "2021-09-04", "2021-09-05"]
    pledges = [pledge(f"p{at}", f"1{at}0 KZT", day, equivalents="5 CNY", recipient=day) for at, day in enumerate(days)]  # fmt: skip
    (finding,) = BASE.extend(*pledges).check(USD)
    assert finding.ids == ("p0", "p1", "p2", "p3")
    assert "no KZT/CNY rate on 2021-09-02, 2021-09-03, 2021-09-04 and 1 more; " in finding.message


def test_currencies_of_a_company_that_nobody_asked_to_compare_are_one_finding() -> None:
    pledges = [pledge(f"p{at}", f"5{at} {code}", f"20{10 + at}-01-01") for at, code in enumerate(["KES", "KES", "BDT", "TZS", "CNY"])]  # fmt: skip
    (finding,) = BASE.extend(*pledges, pledge("x", "7 KES", company="other")).check(USD)
    assert finding.ids == ("p2", "p3", "p4")
    assert finding.message.startswith("no rate is known for BDT/KES, KES/TZS, CNY/KES, so what ")
    assert not BASE.extend(*pledges).check(cp.rates.fixed({"USD/KES": "1", "USD/BDT": "1", "USD/TZS": "1", "USD/CNY": "1"}))  # fmt: skip


def test_only_the_selection_is_checked() -> None:
    told = BASE.extend(pledge("a", "1 CNY", source=None), pledge("b", "2 CNY", "2020"))
    assert not told.where(id="b").check(USD)


@pytest.mark.parametrize("tolerance", ["0.5%", "0.005", Decimal("0.005"), Fraction(1, 200)])
def test_tolerance_is_a_share(tolerance: str | Decimal | Fraction) -> None:
    findings = BASE.extend(pledge("a", "650.00 CNY", equivalents="100.50 USD")).check(
        USD, tolerance
    )
    assert findings[0].code == "equivalent-agrees"
    findings = BASE.extend(pledge("a", "650.00 CNY", equivalents="100.51 USD")).check(
        USD, tolerance
    )
    assert findings[0].code == "equivalent-differs"


@pytest.mark.parametrize("tolerance", ["-1%", "100%", "1", "x", "x%", 0.005, "-0.1"])
def test_tolerance_that_is_no_share_is_refused(tolerance: str) -> None:
    with pytest.raises(cp.errors.AmountError):
        BASE.check(USD, tolerance)


def test_check_that_finds_nothing_says_how_much_it_checked() -> None:
    clean = BASE.extend(pledge("a", "5 CNY"))
    findings = clean.check(USD)
    assert not findings
    assert str(findings) == "1 pledge checked, nothing found"
    assert str(findings[:0]) == str(findings)
    assert "1 pledge checked, nothing found" in findings._repr_html_()
    two = clean.extend(pledge("b", "7 CNY", announced="2019")).check(USD)
    assert str(two) == "2 pledges checked, nothing found"


def test_findings_are_a_sequence_with_the_gravest_first() -> None:
    told = BASE.extend(
        pledge("a", "650.0 CNY", equivalents=["100 USD", "1000 USD", "50 USD"], source=None)
    )
    findings = told.check(USD)
    assert [f.severity for f in findings] == ["error", "warning", "warning", "info"]
    assert repr(findings) == "Findings: 1 error, 2 warning, 1 info"
    assert (len(findings), findings[0].code, findings[-1].code) == (
        4,
        "unit-slip",
        "equivalent-agrees",
    )
    assert findings[:1].at_fault
    assert not findings[3:].at_fault
    assert findings[1:3][0] == findings[1]
    assert str(findings).splitlines()[0].split() == ["Severity", "Code", "Records", "Finding"]
    assert f"<caption>{findings!r}</caption>" in findings._repr_html_()


@pytest.mark.parametrize(
    ("amount", "upper", "low", "high"),
    [
        ("0", None, "0", "0.5"),
        ("1", None, "0.5", "1.5"),
        ("1.50", None, "1.495", "1.505"),
        ("1E+2", None, "50", "150"),
        ("1.0", "2", "0.95", "2.5"),
    ],
)
def test_span_of_a_figure_is_half_of_its_last_digit_either_way(
    amount: str, upper: str | None, low: str, high: str
) -> None:
    span = Span.of(cp.Money(amount, "CNY"), cp.Money(upper, "CNY") if upper else None)
    assert span == Span(Fraction(low), Fraction(high))


def test_spans_meet_where_they_share_an_end() -> None:
    one = Span(Fraction(1), Fraction(2))
    assert one.meets(Span(Fraction(2), Fraction(3)))
    assert one.meets(Span(Fraction(0), Fraction(1)))
    assert not one.meets(Span(Fraction(201, 100), Fraction(3)))
    assert one.wider(Fraction(1, 10)) == Span(Fraction(9, 10), Fraction(22, 10))
    assert one.times(Fraction(3)) == Span(Fraction(3), Fraction(6))


@given(st.integers(1, 10**6), st.integers(-6, 6).filter(bool))
def test_every_slip_is_found(yuan: int, power: int) -> None:
    amount = cp.Money(Decimal(yuan).scaleb(3), "CNY")
    exact = Fraction(amount.amount) / Fraction("6.5") * Fraction(10) ** power
    stated = cp.Money.rounded(exact, "USD")
    if stated.amount * 100 < 1000:
        return  # too few digits to tell
    told = cp.Pledge(id="a", company="acme", amount=amount, announced="2021", equivalents=[stated])
    assert BASE.extend(told).check(USD)[0].code == "unit-slip"


def test_stages_of_linked_pledges_of_one_initiative_are_no_finding() -> None:
    years = [
        pledge("a", "100 CNY", "2020", initiative="aid"),
        pledge("a1", "100 CNY", "2020", initiative="aid", stage="disbursement", part_of="a"),
        pledge("c", "70 CNY", initiative="aid"),
        pledge("c1", "70 CNY", initiative="aid", stage="disbursement", part_of="c"),
    ]
    assert codes(*years) == []


@pytest.mark.parametrize("first", [True, False])
def test_pledge_without_a_rate_hides_no_look_alikes(*, first: bool) -> None:
    strange = pledge("z", "5.00 million KZT", "2021-09-03")
    alike = [pledge("b", "77.7 million CNY"), pledge("c", "77.7 million CNY")]
    told = codes(*([strange, *alike] if first else [*alike, strange]))
    assert told == ["warning look-alike b c", "info rate-not-found z"]


def test_pledges_without_a_rate_are_compared_in_their_own_currency() -> None:
    alike = [pledge("x", "5.00 million KZT"), pledge("y", "5.00 million KZT")]
    others = [pledge("p", "1 CNY"), pledge("q", "2000 CNY"), pledge("r", "9 million CNY")]
    assert "warning look-alike x y" in codes(*others, *alike)


@pytest.mark.parametrize(
    ("day", "other"), [("0001-01-02", "0001-01-01"), ("9999-12-30", "9999-12-31")]
)
def test_first_and_last_day_of_the_calendar_may_explain_a_difference(day: str, other: str) -> None:
    class Table(cp.Rates):
        provider = "my table"

        def published(self, base: str, quote: str, period: cp.Period) -> dict[date, Fraction]:
            known = {date.fromisoformat(day): 5, date.fromisoformat(other): 4}
            if (base, quote) != ("USD", "CNY"):
                return {}
            return {each: Fraction(factor) for each, factor in known.items() if each in period}

    told = pledge("a", "1000 CNY", day, equivalents="250.00 USD", source=None)
    (finding, _) = BASE.extend(told).check(Table())
    assert finding.message.endswith(f"; the rate of {other} would give it")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_checked(day: str) -> None:
    told = codes(pledge("a", "1.00 million CNY", day, equivalents="3.00 million USD", source=None))
    assert "warning equivalent-differs a" in told
