"""Links that no number can tell of: ceilings, stages, other companies, withdrawals."""

from typing import Any

import attrs
import pytest

import commonprosperity as cp
from commonprosperity.messages import in_language

BASE = cp.Dataset(
    sources=[cp.Source(id="paper", title="Paper")],
    companies=[cp.Company(id="acme", name="Acme"), cp.Company(id="other", name="Other")],
    initiatives=[
        cp.Initiative(id=id_, company="acme", name=id_, source="paper") for id_ in ("aid", "tea")
    ],
)


def pledge(
    id_: str, amount: str = "100 CNY", announced: str = "2021-09-02", **facts: Any
) -> cp.Pledge:
    return cp.Pledge(**{
        "id": id_, "company": "acme", "amount": amount, "announced": announced, "source": "paper",
        **facts,
    })  # fmt: skip


def found(code: str, *pledges: cp.Pledge) -> list[str]:
    findings = BASE.extend(*pledges).check(cp.rates.fixed({"USD/CNY": "6.5"}))
    return [f"{f.severity} {' '.join(f.ids)}" for f in findings if f.code == code]


def message(code: str, *pledges: cp.Pledge) -> str:
    (finding,) = [f for f in BASE.extend(*pledges).check() if f.code == code]
    assert in_language("zh_CN")(finding.message)
    return str(finding.message)


# Ceilings


@pytest.mark.parametrize(
    ("ceiling", "parts", "expected"),
    [
        ("10 CNY", [("8 CNY", "up_to"), ("7 CNY", "up_to")], ["warning w p0 p1"]),
        ("10 CNY", [("5 CNY", "exact"), ("7 CNY", "up_to")], ["warning w p0 p1"]),
        ("10 CNY", [("12 CNY", "up_to")], ["warning w p0"]),
        ("10 CNY", [("8 CNY", "exact"), ("7 CNY", "exact")], ["error w p0 p1"]),
        ("10 CNY", [("6 CNY", "up_to"), ("4 CNY", "up_to")], []),
        ("10 CNY", [("7 CNY", "up_to"), ("4 CNY", "up_to")], []),  # rounding
        ("10.0 CNY", [("6.1 CNY", "up_to"), ("4.0 CNY", "up_to")], []),
        ("10.0 CNY", [("6.2 CNY", "up_to"), ("4.0 CNY", "up_to")], ["warning w p0 p1"]),
    ],
)
def test_ceilings_are_held_against_their_ceiling(
    ceiling: str, parts: list[tuple[str, str]], expected: list[str]
) -> None:
    records = [
        pledge(f"p{n}", amount, qualifier=qualifier, part_of="w")
        for n, (amount, qualifier) in enumerate(parts)
    ]
    assert (
        found("parts-exceed-whole", pledge("w", ceiling, qualifier="up_to"), *records) == expected
    )


@pytest.mark.parametrize("qualifier", ["exact", "at_least", "about"])
def test_ceilings_inside_what_is_no_ceiling_leave_room(qualifier: str) -> None:
    parts = [pledge(id_, "80 CNY", qualifier="up_to", part_of="w") for id_ in "ab"]
    assert found("parts-exceed-whole", pledge("w", qualifier=qualifier), *parts) == []


def test_ceilings_above_their_ceiling_leave_the_total_as_it_is() -> None:
    whole = pledge("w", "10 CNY", qualifier="up_to")
    parts = [pledge(id_, amount, qualifier="up_to", part_of="w") for id_, amount in [("a", "8 CNY"), ("b", "7 CNY")]]  # fmt: skip
    assert BASE.extend(whole, *parts).total("CNY").amount == cp.Money(15, "CNY")
    assert message("parts-exceed-whole", whole, *parts) == (
        "the parts of w may come to 15.000 CNY, more than its own ceiling of 10 CNY; the total "
        "takes the larger"
    )


# A version of another stage


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ({}, {"amount": "80 CNY", "stage": "commitment"}, ["warning a b"]),
        ({"stage": "commitment"}, {"amount": "80 CNY", "stage": "disbursement"}, ["warning a b"]),
        ({"stage": "commitment"}, {"amount": "80 CNY"}, ["warning a b"]),
        ({}, {"amount": "80 CNY"}, []),
        ({"stage": "commitment"}, {"amount": "80 CNY", "stage": "commitment"}, []),
        ({"stage": "commitment"}, {"amount": "0 CNY"}, []),  # a withdrawal may be of any stage
        ({"stage": "commitment"}, {"amount": "0 CNY", "high": "5 CNY"}, ["warning a b"]),
    ],
)
def test_version_of_another_stage_is_found(
    older: dict[str, Any], newer: dict[str, Any], expected: list[str]
) -> None:
    told = [pledge("a", **older), pledge("b", announced="2022", supersedes="a", **newer)]
    assert found("stage-superseded", *told) == expected


def test_version_of_another_stage_that_becomes_a_part_keeps_what_was_promised() -> None:
    promised = pledge("a")
    paid = pledge("b", "40 CNY", "2022", stage="disbursement", supersedes="a")
    assert message("stage-superseded", promised, paid) == (
        "b is a disbursement and supersedes a, a pledge; a change of stage is no new version: "
        "write part_of instead of supersedes"
    )
    part = attrs.evolve(paid, supersedes=None, part_of="a")
    assert found("stage-superseded", promised, part) == []
    assert BASE.extend(promised, part).total("CNY").amount == cp.Money(100, "CNY")


# A contract and a payment side by side

CONTRACT = pledge("c", "60 CNY", "2021-10-01", stage="commitment", part_of="w")
PAYMENT = pledge("d", "60 CNY", "2021-11-01", stage="disbursement", part_of="w")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([CONTRACT, PAYMENT], ["warning w c d"]),
        ([CONTRACT, attrs.evolve(PAYMENT, amount="30 CNY")], ["warning w c d"]),
        ([CONTRACT, attrs.evolve(PAYMENT, amount="61 CNY")], []),  # more than the contract
        ([CONTRACT, attrs.evolve(PAYMENT, amount="40 CNY")], []),  # just the whole together
        ([CONTRACT, attrs.evolve(PAYMENT, part_of="c")], []),
        ([CONTRACT, attrs.evolve(PAYMENT, company="other")], []),
        ([CONTRACT, attrs.evolve(PAYMENT, stage="commitment")], []),
        ([attrs.evolve(CONTRACT, initiative="tea"), attrs.evolve(PAYMENT, initiative="aid")], []),
        ([attrs.evolve(CONTRACT, initiative="aid"), PAYMENT], ["warning w c d"]),
        ([attrs.evolve(CONTRACT, initiative="aid"), attrs.evolve(PAYMENT, initiative="aid")], ["warning w c d"]),
        ([CONTRACT, attrs.evolve(PAYMENT, amount="9 USD", equivalents=["60 CNY"])], ["warning w c d"]),
        ([CONTRACT, attrs.evolve(PAYMENT, amount="9 USD", equivalents=["61 CNY"])], []),
        ([attrs.evolve(CONTRACT, id="c2", announced="2022"), CONTRACT, PAYMENT], ["warning w c d"]),  # the first
        ([attrs.evolve(CONTRACT, stage="pledge"), PAYMENT], ["warning w c d"]),
        (
            [attrs.evolve(CONTRACT, id="t", stage="pledge"), CONTRACT, PAYMENT],
            ["warning w c d", "warning w t c"],
        ),
    ],
)  # fmt: skip
def test_contract_and_payment_in_one_pledge_may_be_one_sum(
    parts: list[cp.Pledge], expected: list[str]
) -> None:
    assert found("stages-side-by-side", pledge("w"), *parts) == expected


def test_payment_that_becomes_a_part_of_its_contract_is_counted_once() -> None:
    assert BASE.extend(pledge("w"), CONTRACT, PAYMENT).total("CNY").amount == cp.Money(120, "CNY")
    assert message("stages-side-by-side", pledge("w"), CONTRACT, PAYMENT) == (
        "c is a commitment and d a disbursement, side by side in w; if d is money of c, make it "
        "part_of c"
    )
    linked = attrs.evolve(PAYMENT, part_of="c")
    assert BASE.extend(pledge("w"), CONTRACT, linked).total("CNY").amount == cp.Money(100, "CNY")


# A retelling of what another company promised


def test_retelling_of_what_another_company_promised_is_found() -> None:
    joint = pledge("b", "100 CNY", "2022", company="other", restates="a")
    assert message("restates-another-company", pledge("a"), joint) == (
        "b, of other, restates a, of acme, and only one of them counts; if both companies promised "
        "money, leave restates out"
    )
    assert found("restates-another-company", pledge("a"), joint) == ["warning a b"]
    own = attrs.evolve(joint, company="acme")
    assert found("restates-another-company", pledge("a"), own) == []
    apart = attrs.evolve(joint, restates=None)
    assert found("restates-another-company", pledge("a"), apart) == []
    assert BASE.extend(pledge("a"), apart).total("CNY").amount == cp.Money(200, "CNY")


# What is inside of something withdrawn

WITHDRAWN = [pledge("w"), pledge("w0", "0 CNY", "2022-03-01", supersedes="w")]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([pledge("x", "5 CNY", "2022-03-02", part_of="w")], ["warning w0 x"]),
        ([pledge("x", "5 CNY", "2022-03-02", part_of="w0")], ["warning w0 x"]),
        ([pledge("x", "5 CNY", "2022", part_of="w")], ["warning w0 x"]),  # perhaps later
        ([pledge("x", "5 CNY", "2022-03-01", part_of="w")], []),
        ([pledge("x", "5 CNY", "2021-09-02", part_of="w")], []),
        ([pledge("x", "5 CNY", "2022-04-01", stage="commitment", part_of="w")], ["warning w0 x"]),
        ([pledge("x", "5 CNY", "2022-03-01", stage="commitment", part_of="w")], []),
        ([pledge("x", "5 CNY", "2022-04-01")], []),
        (
            [pledge("x", "5 CNY", part_of="w"), pledge("y", "5 CNY", "2022-05-01", part_of="x")],
            ["warning w0 y"],
        ),  # at any depth
        (
            [
                pledge("x", "5 CNY", stage="commitment", part_of="w"),
                pledge("y", "5 CNY", "2022-05-01", stage="disbursement", part_of="x"),
            ],
            [],
        ),  # a commitment outlives the withdrawal, with what is paid out of it
    ],
)
def test_later_parts_of_a_withdrawn_pledge_are_found(
    parts: list[cp.Pledge], expected: list[str]
) -> None:
    assert found("part-of-withdrawn", *WITHDRAWN, *parts) == expected


@pytest.mark.parametrize(
    "more",
    [
        [pledge("w", "100 CNY"), pledge("w0", "1 CNY", "2022-03-01", supersedes="w")],
        [pledge("w"), pledge("w0", "0 CNY", "2022-03-01", supersedes="w", high="5 CNY")],
        [pledge("w"), pledge("w0", "0 CNY", "2022-03-01", supersedes="w", qualifier="at_least")],
        [pledge("w", "0 CNY")],
        [*WITHDRAWN, pledge("w1", "80 CNY", "2022-06-01", supersedes="w0")],  # promised again
    ],
)
def test_only_what_is_withdrawn_has_no_later_parts(more: list[cp.Pledge]) -> None:
    late = pledge("x", "5 CNY", "2022-07-01", part_of="w")
    assert found("part-of-withdrawn", *more, late) == []


def test_withdrawal_that_is_not_known_yet_is_none() -> None:
    told = BASE.extend(*WITHDRAWN, pledge("x", "5 CNY", "2022-03-02", part_of="w"))
    assert not [f for f in told.as_of("2022-02").check() if f.code == "part-of-withdrawn"]
    assert [f for f in told.as_of("2022-04").check() if f.code == "part-of-withdrawn"]


def test_later_part_says_how_to_set_it_free() -> None:
    late = pledge("x", "5 CNY", "2022-03-02", part_of="w")
    assert message("part-of-withdrawn", *WITHDRAWN, late) == (
        "x was announced on 2022-03-02, inside a pledge that w0 withdrew on 2022-03-01; if it is a "
        "pledge of its own, leave part_of out"
    )
    assert found("part-of-withdrawn", *WITHDRAWN, attrs.evolve(late, part_of=None)) == []


# Corrections


def given(id_: str, amount: str, announced: str = "2021-09-02", **facts: Any) -> cp.Pledge:
    return pledge(id_, amount, announced, **{"stage": "disbursement", **facts})


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["-100.0 CNY"], []),
        (["-100.1 CNY"], []),  # rounding
        (["-100.2 CNY"], ["error paid c0"]),
        (["-60.0 CNY", "-50.0 CNY"], ["error paid c0 c1"]),
    ],
)
def test_corrections_of_a_record_do_not_exceed_it(amounts: list[str], expected: list[str]) -> None:
    corrections = [given(f"c{at}", each, part_of="paid") for at, each in enumerate(amounts)]
    assert found("corrections-exceed", given("paid", "100.0 CNY"), *corrections) == expected


def test_corrections_that_exceed_their_record_are_told_with_both_sums() -> None:
    records = given("paid", "100 CNY"), given("back", "-130.0 CNY", part_of="paid")
    assert message("corrections-exceed", *records) == (
        "the corrections of paid come to 130.00 CNY, more than its 100 CNY"
    )


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ({}, []),
        ({"initiative": "aid"}, []),
        ({"initiative": "tea"}, ["warning back"]),
        ({"company": "other"}, ["warning back"]),
        ({"stage": "commitment"}, ["warning back"]),
        ({"amount": "300 USD"}, ["warning back"]),
        ({"amount": "299 CNY"}, ["warning back"]),
        ({"part_of": "w"}, ["warning back"]),
    ],
)
def test_corrections_without_a_record_do_not_exceed_what_they_may_correct(
    paid: dict[str, Any], expected: list[str]
) -> None:
    initiative = paid.get("initiative")
    back = given("back", "-300.0 CNY", initiative="aid" if initiative else None)
    payment = given("paid", **{"amount": "300.0 CNY", **paid})
    whole = pledge("w", "1000 CNY")
    assert found("corrections-exceed", whole, payment, back) == expected


def test_correction_that_names_no_initiative_may_be_of_any() -> None:
    paid = given("paid", "300 CNY", initiative="aid")
    assert found("corrections-exceed", paid, given("back", "-200 CNY")) == []
    told = given("told", "-200 CNY", initiative="tea", announced="2023")
    assert found("corrections-exceed", paid, told) == ["warning told"]


def test_corrections_of_one_record_and_of_none_are_taken_together() -> None:
    paid, less = given("paid", "100 CNY"), given("less", "-90 CNY", part_of="paid")
    assert found("corrections-exceed", paid, less, given("back", "-5 CNY")) == []
    assert found("corrections-exceed", paid, less, given("back", "-50 CNY")) == ["warning back"]


def test_what_is_superseded_is_not_there_to_correct() -> None:
    records = given("old", "500 CNY"), given("paid", "100 CNY", supersedes="old")
    assert found("corrections-exceed", *records, given("back", "-300 CNY")) == ["warning back"]


def test_corrections_of_initiatives_and_of_none_are_taken_together_once() -> None:
    paid = given("paid", "300 CNY", initiative="aid")
    back = given("back", "-200 CNY", initiative="aid")
    assert found("corrections-exceed", paid, back) == []
    loose = given("loose", "-200 CNY")
    assert found("corrections-exceed", paid, back, loose) == ["warning back loose"]
    more = attrs.evolve(back, amount="-400 CNY")
    assert found("corrections-exceed", paid, more) == ["warning back"]


def test_correction_inside_a_whole_is_of_what_is_paid_inside_it() -> None:
    whole, free = pledge("w", "100 CNY"), given("free", "90 CNY")
    paid = given("paid", "5 USD", part_of="w", equivalents=["30 CNY"])
    back = given("back", "-40 CNY", part_of="w")
    assert found("corrections-exceed", whole, free, paid, back) == ["warning back"]
    assert message("corrections-exceed", whole, free, paid, back) == (
        "40.000 CNY is taken away by back, and what may be corrected is 30.000 CNY; see whether a "
        "record is missing"
    )
    assert (
        found("corrections-exceed", whole, attrs.evolve(paid, equivalents=["50 CNY"]), back) == []
    )


def test_parts_of_a_whole_are_taken_together_whosever_they_are() -> None:
    paid = given("paid", "50 CNY", part_of="w", initiative="aid", company="other")
    back = given("back", "-40 CNY", part_of="w")
    assert found("corrections-exceed", pledge("w", "100 CNY"), paid, back) == []
    assert found("corrections-exceed", pledge("w", "100 CNY"), back) == ["warning back"]


def test_correction_may_correct_what_is_not_selected() -> None:
    ds = BASE.extend(given("paid", "300 CNY", "2020"), given("back", "-200 CNY"))
    assert not [f for f in ds.where(id="back").check() if f.code == "corrections-exceed"]
    late = BASE.extend(given("paid", "300 CNY", "2023"), given("back", "-200 CNY")).as_of("2022")
    assert [f.ids for f in late.check() if f.code == "corrections-exceed"] == [("back",)]
    assert not [f for f in late.where(id="paid").check() if f.code == "corrections-exceed"]


def test_corrections_raise_no_false_alarm() -> None:
    records = (
        pledge("w", "100 CNY"),
        given("paid", "90 CNY", "2022-01-01", part_of="w"),
        given("more", "50 CNY", "2022-05-05", part_of="w"),
        given("back", "-40 CNY", "2022-09-09", part_of="w"),
        pledge("c", "80 CNY", "2019", stage="commitment"),
        pledge("less", "-30 CNY", "2023", stage="commitment", part_of="c"),
        given("c-paid", "50 CNY", "2020", part_of="c"),
    )
    assert [f.code for f in BASE.extend(*records).check() if f.severity != "info"] == []
    refund = pledge("w", "100 CNY"), given("back", "-20 CNY", part_of="w", equivalents=["-3 USD"])
    assert found("parts-fall-short", *refund) == []


def test_parts_are_held_against_what_corrections_leave_of_their_whole() -> None:
    records = (
        pledge("c", "100 CNY", stage="commitment"),
        pledge("less", "-60 CNY", stage="commitment", part_of="c"),
        given("paid", "50 CNY", part_of="c"),
    )
    assert message("parts-exceed-whole", *records) == (
        "the parts of c come to 50.000 CNY, more than its 40 CNY"
    )
    ranged = attrs.evolve(records[0], high="120 CNY")
    assert found("parts-exceed-whole", ranged, *records[1:]) == []
    assert found("parts-exceed-whole", ranged, records[1], given("paid", "62 CNY", part_of="c"))


def test_equivalents_of_corrections_are_compared_as_those_of_others() -> None:
    for sign in ("", "-"):
        right = given("a", f"{sign}65.0 CNY", equivalents=[f"{sign}10.0 USD"])
        slip = given("b", f"{sign}650 CNY", "2023", equivalents=[f"{sign}10.0 million USD"])
        wrong = given("c", f"{sign}6500 CNY", "2025", equivalents=[f"{sign}1200.0 USD"])
        assert found("equivalent-agrees", right, slip, wrong) == ["info a"]
        assert found("unit-slip", right, slip, wrong) == ["error b"]
        assert found("equivalent-differs", right, slip, wrong) == ["warning c"]


def test_correction_that_is_told_again_with_another_sign_differs() -> None:
    paid, told = given("paid", "100 CNY"), given("told", "-100 CNY", restates="paid")
    assert found("restatement-differs", paid, told) == ["warning paid told"]
    assert found("restatement-differs", attrs.evolve(paid, amount="-100.0 CNY"), told) == []


def test_corrections_that_are_alike_are_told_and_none_is_like_a_payment() -> None:
    payments = given("paid", "326 CHF"), given("paid-more", "9999 CHF", "2019")
    one, two = given("one", "-326 CHF"), given("two", "-326.0 CHF", "2021-09-12")
    assert found("look-alike", *payments, one) == []
    assert found("look-alike", *payments, one, two) == ["warning one two"]


def test_outlier_is_sought_among_what_counts_above_zero() -> None:
    small = [given(f"p{at}", "10 CNY", f"201{at}") for at in range(4)]
    large, back = given("large", "1 million CNY", "2020"), given("back", "-500000 CNY")
    assert found("outlier", *small, large, back) == ["warning large"]


# Pools


WATER = cp.Initiative(id="water", name="Water", source="paper", pooled=True)


def codes_of_a_pool(*pledges: cp.Pledge, pooled: bool = True) -> list[str]:
    pool = attrs.evolve(WATER, pooled=pooled)
    in_pool = (attrs.evolve(each, initiative="water") for each in pledges)
    findings = BASE.extend(pool, *in_pool).check(cp.rates.fixed({"USD/CNY": "6.5"}))
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ((pledge("c", stage="commitment"), given("d", "100 CNY", "2021-09-12")), "look-alike"),
        ((pledge("c", stage="commitment"), given("d", "30 CNY")), "perhaps-a-part"),
        (
            (
                pledge("c", "4169 CNY", stage="commitment"),
                given("d", "3569 CNY", "2021-10-01"),
                given("e", "600 CNY", "2021-11-01"),
            ),
            "sums-up",
        ),
        ((pledge("c", stage="commitment"), given("d", "30 CNY", "2022")), "stages-unlinked"),
        (
            (given("d", "100 CNY", "2021-09-02"), given("e", "30 CNY", "2021-12-12")),
            "perhaps-a-part",
        ),
    ],
)
def test_what_draws_on_another_in_a_pool_is_no_finding(
    records: tuple[cp.Pledge, ...], code: str
) -> None:
    assert code not in codes_of_a_pool(*records)
    assert code in codes_of_a_pool(*records, pooled=False)


def test_two_payments_of_a_pool_may_be_one() -> None:
    payments = given("d", "100 CNY"), given("e", "100 CNY", "2021-09-12")
    assert "look-alike" in codes_of_a_pool(*payments)


def test_payments_of_two_pools_may_be_one_with_a_commitment() -> None:
    one = pledge("c", stage="commitment", initiative="water")
    other = given("d", "100 CNY", "2021-09-12", initiative="aid")
    findings = BASE.extend(WATER, one, other).check()
    assert "look-alike" in {finding.code for finding in findings}


def test_currencies_of_a_pool_that_no_equivalent_joins_are_told() -> None:
    records = pledge("c", stage="commitment"), given("d", "5 USD", "2023")
    pool = BASE.extend(WATER, *(attrs.evolve(each, initiative="water") for each in records))
    (finding,) = [f for f in pool.check() if f.code == "pools-apart"]
    assert (finding.severity, finding.ids) == ("warning", ("c", "d"))
    assert finding.message == (
        "d, in USD, draws on nothing of water in CNY, such as c, and nothing there on it; if they "
        "are the same money, give equivalents in CNY"
    )
    assert in_language("zh_CN")(finding.message)
    assert "pools-apart" not in codes_of_a_pool(*records[:1])


def test_what_is_inside_of_a_withdrawn_pledge_exceeds_nothing() -> None:
    parts = [pledge("x", "5 CNY", part_of="w")]
    assert found("parts-exceed-whole", *WITHDRAWN, *parts) == []
