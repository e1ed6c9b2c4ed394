"""A promise and its payment, entered without a link: both count, and the library says so."""

import warnings
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.messages import in_language

BASE = cp.Dataset(
    sources=[cp.Source(id="paper", title="Paper")],
    companies=[cp.Company(id=id_, name=id_.title()) for id_ in ("acme", "other")],
    initiatives=[
        cp.Initiative(id=id_, name=id_, source="paper", pooled=id_ == "pool")
        for id_ in ("aid", "relief", "pool")
    ],
)
USD = cp.rates.fixed({"USD/CNY": "6.5"})


def promised(**facts: Any) -> cp.Pledge:
    told = {
        "id": "a", "company": "acme", "source": "paper", "amount": "100 CNY",
        "announced": "2021-07-20", "recipient": "Red Cross",
    }  # fmt: skip
    return cp.Pledge(**told | facts)


def paid(**facts: Any) -> cp.Pledge:
    return promised(**{"id": "b", "announced": "2021-10-01", "stage": "disbursement"} | facts)


def found(*pledges: cp.Pledge) -> list[str]:
    findings = BASE.extend(*pledges).check(USD)
    return [f"{f.code} {' '.join(f.ids)}" for f in findings if f.severity == "warning"]


def warned(*pledges: cp.Pledge) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        BASE.extend(*pledges).total("CNY", rates=USD)
    return [str(warning.message) for warning in caught]


UNLINKED, ALIKE = ["stages-unlinked a b"], ["look-alike a b"]


def test_payment_of_as_much_to_one_recipient_is_found_and_warned_of() -> None:
    (finding,) = BASE.extend(promised(), paid()).check(USD)
    assert (finding.severity, finding.code) == ("warning", "stages-unlinked")
    assert finding.ids == ("a", "b")
    assert finding.figures == (cp.Money(100, "CNY"), cp.Money(100, "CNY"))
    assert finding.message == (
        "a is a pledge (100 CNY) and b a disbursement (100 CNY) to Red Cross; if they are the same "
        "money, link them with part_of"
    )
    assert in_language("zh_CN")(finding.message) == (
        "a 为承诺（100元），b 为拨付（100元），受益方同为 Red Cross；若为同一笔资金，请以 part_of（所属整体）关联"
    )
    assert warned(promised(), paid()) == [
        "Red Cross: a is a pledge and b a disbursement of one amount, neither inside the other; if "
        "they are the same money, link them with part_of"
    ]


def test_the_way_out_of_an_unlinked_payment_works() -> None:
    linked = promised(), paid(part_of="a")
    assert found(*linked) == warned(*linked) == []
    assert BASE.extend(*linked).total("CNY").amount == cp.Money(100, "CNY")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # as much, or a part of it
        ({}, {"announced": "2031-10-01"}, UNLINKED),
        ({}, {"amount": "40 CNY"}, UNLINKED),
        ({}, {"amount": "99 CNY"}, UNLINKED),
        ({}, {"amount": "101 CNY"}, UNLINKED),  # within the rounding of 101 and the tolerance
        ({}, {"amount": "103 CNY"}, []),
        ({}, {"amount": "15.4 USD"}, UNLINKED),
        ({}, {"amount": "17 USD"}, []),
        # to one recipient, however it is written
        ({}, {"recipient": "RED  CROSS"}, UNLINKED),
        ({}, {"recipient": "UNICEF"}, []),
        # by one company and one funder
        ({}, {"company": "other"}, []),
        ({}, {"funder": "Acme Foundation"}, UNLINKED),
        ({"funder": "Acme Foundation"}, {}, UNLINKED),
        ({"funder": "Ann"}, {"funder": "Ann"}, UNLINKED),
        ({"funder": "Ann"}, {"funder": "Bob"}, []),
        # farther than the promise, and later
        ({}, {"stage": "commitment"}, UNLINKED),
        ({"stage": "commitment"}, {}, UNLINKED),
        ({}, {"stage": "pledge"}, []),
        ({"stage": "disbursement"}, {"stage": "pledge"}, []),
        ({"stage": "disbursement"}, {"stage": "commitment"}, []),
        ({}, {"announced": "2021-05-01"}, []),
        ({"announced": "2021-07"}, {"announced": "2021-09"}, UNLINKED),
        # of one initiative, or of none
        ({"initiative": "aid"}, {}, UNLINKED),
        ({}, {"initiative": "aid", "amount": "40 CNY"}, UNLINKED),
        ({"initiative": "aid"}, {"initiative": "relief"}, UNLINKED),
        ({"initiative": "aid"}, {"initiative": "relief", "amount": "40 CNY"}, []),
        ({"initiative": "pool"}, {"initiative": "pool"}, []),
        ({"initiative": "pool"}, {}, []),
        ({}, {"initiative": "pool"}, []),
        # linked in another way
        ({}, {"supersedes": "a"}, ["stage-superseded a b"]),
        ({}, {"restates": "a"}, []),
        # within a month they look alike
        ({}, {"announced": "2021-08-19"}, ALIKE),
        ({}, {"announced": "2021-08-20"}, UNLINKED),
        # without a recipient a year is too long for chance
        ({"recipient": None}, {}, ALIKE),
        ({}, {"recipient": None}, ALIKE),
        ({}, {"recipient": None, "announced": "2022-07-21"}, ALIKE),
        ({}, {"recipient": None, "announced": "2022-07-22"}, []),
        ({}, {"recipient": None, "amount": "40 CNY"}, []),
        ({}, {"recipient": None, "stage": "pledge"}, []),
        ({}, {"recipient": None, "announced": "2021-05-01"}, []),
        ({"initiative": "aid"}, {"recipient": None}, ALIKE),
        ({"initiative": "aid"}, {"recipient": None, "initiative": "relief"}, []),
        ({"funder": "Ann"}, {"recipient": None, "funder": "Bob"}, []),
        ({}, {"recipient": None, "initiative": "pool"}, []),
    ],
)  # fmt: skip
def test_unlinked_payment_is_found(
    one: dict[str, Any], other: dict[str, Any], expected: list[str]
) -> None:
    assert found(promised(**one), paid(**other)) == expected
    assert found(paid(**other), promised(**one)) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_warned_of"),
    [
        ({}, {"stage": "commitment"}, True),
        ({}, {"announced": "2021-07-20"}, True),
        ({}, {"amount": "1E+2 CNY"}, True),
        ({"initiative": "aid"}, {}, True),
        ({}, {"initiative": "aid"}, True),
        ({"funder": "Ann"}, {"funder": "Ann"}, True),
        ({"announced": "2021"}, {"announced": "2021-07"}, True),
        ({"announced": "2021-07"}, {"announced": "2021"}, True),
        ({}, {"amount": "99 CNY"}, False),
        ({}, {"amount": "100 USD"}, False),
        ({}, {"recipient": "UNICEF"}, False),
        ({"recipient": None}, {"recipient": None}, False),
        ({}, {"company": "other"}, False),
        ({}, {"funder": "Ann"}, False),
        ({}, {"stage": "pledge"}, False),
        ({}, {"announced": "2021-07-19"}, False),
        ({"initiative": "aid"}, {"initiative": "relief"}, False),
        ({"initiative": "pool"}, {"initiative": "pool"}, False),
        ({"initiative": "pool"}, {}, False),
        ({}, {"part_of": "a"}, False),
        ({}, {"restates": "a"}, False),
        ({"amount": "0 CNY"}, {"amount": "0 CNY"}, False),
    ],
)  # fmt: skip
def test_only_what_is_nearly_certain_is_warned_of(
    one: dict[str, Any], other: dict[str, Any], *, is_warned_of: bool
) -> None:
    for pledges in ((promised(**one), paid(**other)), (paid(**other), promised(**one))):
        assert [message[:14] for message in warned(*pledges)] == ["Red Cross: a i"] * is_warned_of


def test_one_recipient_is_warned_of_once_and_every_payment_is_found() -> None:
    pledges = promised(), promised(id="a2"), paid(), paid(id="b2", announced="2022")
    assert [message[:15] for message in warned(*pledges)] == ["Red Cross: a is"]
    assert {*found(*pledges)} > {"stages-unlinked a2 b", "stages-unlinked a2 b2"}
    both = warned(promised(), paid(), promised(id="c", recipient="X"), paid(id="d", recipient="X"))
    assert [message[:7] for message in both] == ["Red Cro", "X: c is"]


def test_the_first_recipients_are_named_and_the_others_counted() -> None:
    def pairs(count: int) -> list[cp.Pledge]:
        return [
            pledge
            for at in range(count)
            for pledge in (
                promised(id=f"a{at}", recipient=f"r{at}"),
                paid(id=f"b{at}", recipient=f"r{at}"),
            )
        ]

    assert [message[:2] for message in warned(*pairs(5))] == ["r0", "r1", "r2", "r3", "r4"]
    *_, last = warned(*pairs(7))
    assert last == (
        "2 more recipients have records of one amount in several stages, neither inside the other"
    )
    assert len(warned(*pairs(7))) == 6


@pytest.mark.parametrize("recipient", ["Red Cross", None])
def test_one_initiative_is_told_once(recipient: str | None) -> None:
    pledges = promised(initiative="aid"), paid(initiative="aid", recipient=recipient)
    assert found(*pledges) == UNLINKED
    assert [message[:16] for message in warned(*pledges)] == ["aid: a is a pled"]


def test_payment_of_as_much_as_the_least_of_a_range_is_no_part_of_it() -> None:
    assert found(promised(high="300 CNY", initiative="aid"), paid(amount="99 CNY")) == UNLINKED
    assert found(promised(high="300 CNY", initiative="aid"), paid()) == []


def test_payment_is_of_the_promise_that_is_as_much_then_of_the_contract_then_of_the_latest() -> (
    None
):
    contract = promised(id="c", amount="60 CNY", stage="commitment")
    assert found(promised(), contract, paid(amount="100 CNY")) == [
        "stages-unlinked a b", "stages-unlinked a c",
    ]  # fmt: skip
    assert found(promised(), contract, paid(amount="50 CNY")) == [
        "stages-unlinked a c", "stages-unlinked c b",
    ]  # fmt: skip
    later = promised(id="c", amount="300 CNY", announced="2021-08-20")
    assert found(promised(), later, paid(amount="50 CNY")) == ["stages-unlinked c b"]


def test_promise_of_which_nothing_is_left_over_has_no_other_payment() -> None:
    inside = paid(id="c", part_of="a")
    pledges = promised(), inside, paid(announced="2021-12-01")
    assert found(*pledges) == warned(*pledges) == []
    assert found(promised(), paid(id="c", amount="70 CNY", part_of="a"), paid()) == UNLINKED


def test_payment_inside_another_promise_is_of_that() -> None:
    elsewhere = promised(id="w", amount="300 CNY", recipient="Everyone", announced="2021-01-01")
    assert found(promised(), elsewhere, paid(part_of="w")) == []
    assert warned(promised(), elsewhere, paid(part_of="w")) == []


@pytest.mark.parametrize(("others", "is_told"), [(4, True), (5, False)])
def test_many_gifts_to_one_recipient_are_a_ledger(others: int, *, is_told: bool) -> None:
    days = [f"20{10 + number}-01-01" for number in range(others)]
    gifts = [paid(id=f"g{at}", announced=day, amount="90 CNY") for at, day in enumerate(days)]
    assert found(promised(), paid(announced="2021-12-24"), *gifts) == UNLINKED * is_told
    alike = [paid(id=f"g{at}", announced=day) for at, day in enumerate(days)]
    assert len(warned(promised(), paid(announced="2021-12-24"), *alike)) == is_told


def test_only_what_is_selected_is_found_and_warned_of() -> None:
    alone = BASE.extend(promised(), paid()).where(stage="pledge")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert alone.total("CNY").amount == cp.Money(100, "CNY")
    assert [*alone.check(USD)] == []
