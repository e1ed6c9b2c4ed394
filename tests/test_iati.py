"""Activities of IATI 2.03: their transactions as pledges, their pools, and what is refused."""

import io
import tracemalloc
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.files.iati import read as read_iati
from commonprosperity.files.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORTER = '<reporting-org ref="X-1" type="10"><narrative>Agency</narrative></reporting-org>'


def transaction(
    type_: str = "2", value: str = "1000", date: str = "2021-09-02", more: str = "", **of_value: str
) -> str:
    """Return a transaction on a line of its own; ``more`` are further elements."""
    attributes = "".join(
        f" {name.replace('_', '-')}={quoteattr(text)}" for name, text in of_value.items()
    )
    return (
        f'\n<transaction><transaction-type code="{type_}"/><transaction-date iso-date="{date}"/>'
        f"<value{attributes}>{escape(value)}</value>{more}</transaction>"
    )


def activity(*elements: str, identifier: str = "X-1-a", currency: str = "EUR") -> str:
    default = f' default-currency="{currency}"' if currency else ""
    return (
        f"\n<iati-activity{default}><iati-identifier>{identifier}</iati-identifier>"
        f"{REPORTER}{''.join(elements)}\n</iati-activity>"
    )


def document(*activities: str, version: str = "2.03") -> str:
    return f'<iati-activities version="{version}">{"".join(activities)}\n</iati-activities>'


def read(*activities: str) -> cp.Dataset:
    return cp.read(io.StringIO(document(*activities)), format="iati")


def refusal(content: str, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.StringIO(content), format="iati", **options)
    return [str(fault).removeprefix("the file") for fault in error.value.faults]


def organization(kind: str, ref: str = "", name: str = "") -> str:
    attribute = f' ref="{ref}"' if ref else ""
    inside = f"<narrative>{name}</narrative>" if name else ""
    return f"<{kind}-org{attribute}>{inside}</{kind}-org>"


def test_transaction_is_a_pledge_of_its_activity_that_is_a_pool() -> None:
    dataset = read(
        activity(
            "<title><narrative xml:lang='fr'>  Eau </narrative><narrative>Water</narrative></title>",
            "<recipient-country code='KE'/><sector code='14030'/>",
            transaction(
                "3", "5000.50", "2021-09-02",
                organization("provider", "X-1") + organization("receiver", "K-1", "Ministry")
                + "<description><narrative>First wells</narrative></description>",
                currency="USD", value_date="2021-09-01",
            ).replace("<transaction>", "<transaction ref='T 7'>"),
        )
    )  # fmt: skip
    assert [*map(repr, dataset.records)] == [
        repr(record)
        for record in (
            cp.Source(id="iati-agency", title="IATI activities of Agency", publisher="Agency"),
            cp.Company(id="agency", name="Agency"),
            cp.Initiative(
                id="X-1-a", company="agency", name="Eau", pooled=True, source="iati-agency"
            ),
            cp.Pledge(
                id="X-1-a-t1", company="agency", initiative="X-1-a", amount="5000.50 USD",
                stage="disbursement", announced="2021-09-02", value_date="2021-09-01",
                recipient="Ministry",
                tags={"country": "KE", "sector": "14030", "transaction type": "disbursement"},
                source="iati-agency", locator="T 7", note="First wells",
            ),
        )
    ]  # fmt: skip


def test_types_are_stages_and_others_are_left_out_and_counted() -> None:
    dataset = read(activity(*(transaction(str(type_)) for type_ in (*range(1, 14), 1, 7))))
    assert [(one.id, one.stage.value, one.tags["transaction type"]) for one in dataset] == [
        ("X-1-a-t2", "commitment", "outgoing commitment"),
        ("X-1-a-t3", "disbursement", "disbursement"),
        ("X-1-a-t4", "disbursement", "expenditure"),
        ("X-1-a-t11", "commitment", "incoming commitment"),
        ("X-1-a-t12", "pledge", "outgoing pledge"),
        ("X-1-a-t13", "pledge", "incoming pledge"),
    ]
    assert dataset.notes == (
        "left out: transactions of type 1 (incoming funds): 2",
        "left out: transactions of type 5 (interest payment): 1",
        "left out: transactions of type 6 (loan repayment): 1",
        "left out: transactions of type 7 (reimbursement): 2",
        "left out: transactions of type 8 (purchase of equity): 1",
        "left out: transactions of type 9 (sale of equity): 1",
        "left out: transactions of type 10 (credit guarantee): 1",
        "activities whose incoming and outgoing commitments may be the same money: 1",
    )


@pytest.mark.parametrize(
    ("types", "told"),
    [("2 3", 0), ("11 13", 0), ("2 12", 0), ("11 2", 1), ("13 12", 1), ("1 2", 0)],
)
def test_activity_whose_money_goes_both_ways_is_told(types: str, told: int) -> None:
    dataset = read(activity(*map(transaction, types.split())), activity(identifier="other"))
    assert sum("incoming and outgoing" in note for note in dataset.notes) == told


def test_currency_is_that_of_the_value_or_of_the_activity() -> None:
    dataset = read(activity(transaction(value=" 1000.0 "), transaction(currency="JPY")))
    assert [str(one.amount) for one in dataset] == ["1,000.0 EUR", "1,000 JPY"]
    problem = "amount: '1000' has no currency, and its activity no default-currency"
    assert refusal(document(activity(transaction(currency="JPY"), transaction(), currency=""))) == [
        f":4: X-1-a-t2: {problem}"
    ]


@pytest.mark.parametrize(
    ("date", "read_as"),
    [
        ("2021-09-02", "2021-09-02"), ("2021-09-02Z", "2021-09-02"), (" 2021-09-02 ", "2021-09-02"),
        ("2021-09-02+13:00", "2021-09-02"), ("2021-09-02T23:00:00-05:00", "2021-09-02"),
        ("2021-09-02T00:00:00", "2021-09-02"), ("2021-09", "2021-09"),
    ],
)  # fmt: skip
def test_dates_are_days_of_whoever_wrote_them(date: str, read_as: str) -> None:
    (one,) = read(activity(transaction(date=date, value_date=date)))
    assert (str(one.announced), str(one.value_date)) == (read_as, read_as)


def test_reporter_gives_where_nobody_else_is_named() -> None:
    dataset = read(
        activity(
            transaction(),
            transaction(more=organization("provider")),
            transaction(
                more=organization("provider", "Y-2", "Other") + organization("receiver", "K")
            ),
            transaction("11", more=organization("provider", "Y-2")),
            transaction("13", more=organization("receiver", name="Somebody")),
        )
    )
    assert [(one.company, one.recipient) for one in dataset] == [
        ("agency", None), ("agency", None), ("other", "K"), ("other", "Agency"), ("agency", "Somebody"),
    ]  # fmt: skip
    assert [company.name for company in dataset.companies] == ["Agency", "Other"]


def test_organization_is_one_by_its_reference_or_its_name_and_two_by_two_references() -> None:
    givers = [
        ("X-1", "Agency (HQ)"), ("", "Agency"), ("X-1", ""), ("", "AGENCY!"), ("Y-1", "Agency"),
        ("", "Agency"), ("Z-9", ""), ("Z-9", "Zeta"), ("", "?"),
    ]  # fmt: skip
    dataset = read(activity(*(transaction(more=organization("provider", *one)) for one in givers)))
    assert [one.company for one in dataset] == [
        "agency", "agency", "agency", "agency", "agency_2", "agency", "z-9", "z-9", "organization",
    ]  # fmt: skip
    assert [(one.id, one.name, one.aliases) for one in dataset.companies] == [
        ("agency", "Agency", ("Agency (HQ)", "AGENCY!")), ("agency_2", "Agency", ()),
        ("z-9", "Zeta", ()), ("organization", "?", ()),
    ]  # fmt: skip


def test_one_other_spelling_is_an_alias() -> None:
    dataset = read(activity(transaction(more=organization("provider", "X-1", "The Agency"))))
    assert dataset["agency"] == cp.Company(id="agency", name="Agency", aliases="The Agency")


def test_organization_is_called_by_its_reference_until_it_is_named() -> None:
    (one,) = (dataset := read(activity(transaction(more=organization("provider", "Q-7")))))
    assert (one.company, dataset["q-7"]) == ("q-7", cp.Company(id="q-7", name="Q-7"))


def test_nobody_who_gives_is_a_fault_with_its_line() -> None:
    content = document(activity(transaction())).replace(REPORTER, "")
    assert refusal(content) == [
        ":3: X-1-a-t1: company: is missing; neither a provider-org nor a reporting-org says who it is"
    ]
    (one,) = cp.read(
        io.StringIO(content.replace("<value>", organization("provider", name="Y") + "<value>")),
        format="iati",
    )
    assert (one.company, one.source) == ("y", None)


def test_countries_regions_and_sectors_are_tags_with_their_shares_where_several() -> None:
    dataset = read(
        activity(
            "<recipient-country code='KE' percentage='40'/><recipient-country code='TD' percentage='60.0'/>",
            "<recipient-region code='298'/><recipient-country/>",
            "<sector vocabulary='2' code='140'/><sector vocabulary='1' code='14030' percentage='50'/>",
            "<sector code='11220' percentage='50'/><sector code='99810'/>",
            transaction(),
            transaction(more="<recipient-country code='MW'/><sector vocabulary='99' code='own'/>"),
        )
    )  # fmt: skip
    first, second = ({**one.tags} for one in dataset)
    assert first == {
        "country": "TD 60%; KE 40%", "region": "298", "sector": "11220 50%; 14030 50%; 99810",
        "transaction type": "outgoing commitment",
    }  # fmt: skip
    assert second == first | {"country": "MW", "sector": "own"}
    assert dataset.where(tags={"country": "MW"}).total("EUR").exact == 1000


def test_share_that_is_no_number_is_told_as_it_is_written() -> None:
    shares = "".join(f"<sector code='{code}' percentage='{p}'/>" for code, p in
                     [("1", "x"), ("2", "5.50"), ("3", "1e99999")])  # fmt: skip
    (one,) = read(activity(shares, transaction()))
    assert one.tags["sector"] == "2 5.5%; 1 x%; 3 1e99999%"


def test_hostile_tag_is_refused_with_its_line() -> None:
    assert refusal(document(activity("<sector code='a\u202eb'/>", transaction()))) == [
        ":3: X-1-a-t1: tags.sector: 'a\\u202eb' has a control character; write visible characters, on one line"
    ]


def test_parent_is_a_related_activity_of_type_1_that_is_in_the_file() -> None:
    def related(type_: int, ref: str) -> str:
        return f"<related-activity type='{type_}' ref=' {ref} '/>"

    dataset = read(
        activity(transaction(), related(1, "P"), identifier="child"),
        activity(related(2, "child"), related(3, "child"), identifier="P"),
        activity(related(1, "elsewhere"), related(1, "P"), identifier="second"),
        activity(related(1, "elsewhere"), "<related-activity type='1'/>", identifier="third"),
    )
    assert {one.id: one.part_of for one in dataset.initiatives} == {
        "child": "P", "P": None, "second": "P", "third": None,
    }  # fmt: skip
    assert dataset.notes == ("activities whose parents are not in the file: 1",)


def test_transactions_of_an_activity_and_of_its_parent_are_told() -> None:
    child = "<related-activity type='1' ref='P'/>"
    for parent, own, told in ((True, True, 1), (True, False, 0), (False, True, 0)):
        dataset = read(
            activity(*[transaction()] * parent, identifier="P"),
            activity(*[transaction("3")] * own, child, identifier="c"),
        )
        assert [*dataset.notes] == [
            "activities whose money may stand in their parents' transactions too: 1"
        ] * told


def test_companies_that_a_dataset_has_are_its_own() -> None:
    first = read(activity(transaction(), identifier="a"))
    content = document(
        activity(
            transaction(more=organization("provider", "X-1", "The Agency")),
            transaction(more=organization("provider", "Q-7", "Other")),
            identifier="b",
        )
    )
    second = cp.read(io.StringIO(content), format="iati", known=first)
    both = first | second
    assert [one.company for one in both] == ["agency", "agency", "other"]
    assert [one.name for one in both.companies] == ["Agency", "Other"]
    known = cp.Dataset(companies=[cp.Company(id=id_, name="agency") for id_ in ("p", "q")])
    (reporter, *others) = refusal(content, known=known)
    assert reporter.startswith(":2: b: company: 'Agency' is a name of p, q; write the id")
    assert all("company: is missing" in each for each in others)


def test_circle_of_parents_is_refused_with_its_lines() -> None:
    first, second = (
        activity(f"<related-activity type='1' ref='{other}'/>", identifier=one)
        for one, other in ("ab", "ba")
    )
    (fault,) = refusal(document(first, second))
    assert fault.startswith((":2: a: part_of:", ":4: b: part_of:"))


def test_identifier_becomes_an_id_and_two_that_become_one_stay_two() -> None:
    dataset = read(
        activity(transaction(), identifier="X-1/7 b"), activity(transaction(), identifier="X-1-7-b")
    )
    assert [one.id for one in dataset.initiatives] == ["X-1-7-b", "X-1-7-b_2"]
    assert [one.initiative for one in dataset] == ["X-1-7-b", "X-1-7-b_2"]
    assert [one.id for one in dataset] == ["X-1-7-b-t1", "X-1-7-b_2-t1"]
    assert [one.name for one in dataset.initiatives] == ["X-1/7 b", "X-1-7-b"]


def test_activity_given_twice_or_without_an_identifier_is_refused_and_counted_once() -> None:
    twice = document(activity(transaction()), activity(transaction()), activity(identifier=" "))
    assert refusal(twice) == [
        ":5: iati-identifier: another activity has 'X-1-a' too, at the file:2",
        ":8: iati-identifier: is missing",
    ]


def test_negative_amounts_are_corrections_of_commitments_and_disbursements() -> None:
    dataset = read(activity(*(transaction(type_, "-250.5") for type_ in ("2", "3", "4", "11"))))
    assert {str(one.amount) for one in dataset} == {"-250.5 EUR"}
    (fault,) = refusal(document(activity(transaction("12", "-5"))))
    assert fault.startswith(":3: X-1-a-t1: amount: '-5 EUR' is negative")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("1000", "1,000"), "amount: '1,000'"),
        (("1000", ""), "amount: is missing; write a number in <value>"),
        (("<value>1000</value>", ""), "amount: is missing; write a number in <value>"),
        (("1000", "NaN"), "amount: 'NaN'"),
        (("1000", "1" * 61), "amount: 11111"),
        (("<value>", "<value currency='EURO'>"), "amount: EURO is no currency code"),
        (('iso-date="2021-09-02"', ""), "announced: is missing"),
        (('"2021-09-02"', '"02/09/2021"'), "announced: '02/09/2021' is no date of ISO 8601, such as 2021-09-02"),
        (('"2021-09-02"', '"2021-02-30"'), "announced: '2021-02-30' is no period"),
        (("<value>", "<value value-date='soon'>"), "value_date: 'soon' is no date of ISO 8601, such as 2021-09-02"),
        (('<transaction-type code="2"/>', ""), "transaction-type: is missing"),
        (('code="2"', 'code="C"'), "transaction-type: 'C' is no type of IATI 2.0x; there are 1 to 13"),
        (('code="2"', 'code="14"'), "transaction-type: '14' is no type of IATI 2.0x"),
        (('code="2"', ""), "transaction-type: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_transaction_is_told_with_its_line(
    change: tuple[str, str], problem: str
) -> None:
    content = document(activity(transaction("3"), transaction().replace(*change)))
    (fault,) = refusal(content)
    assert fault.startswith(f":4: X-1-a-t2: {problem}")


def test_all_faults_come_at_once_and_those_of_many_lines_once() -> None:
    wrong = transaction(
        value="x", date="2021-13", more="<description><narrative>\u202e</narrative></description>"
    )
    assert len(refusal(document(activity(wrong)))) == 3
    assert refusal(document(activity(*[transaction(date="")] * 7))) == [
        ": announced: is missing (7 lines: 3, 4, 5, 6, 7, ...)"
    ]
    many = activity(*[transaction("Q")] * 1_500)
    assert refusal(document(many)) == [
        ": transaction-type: 'Q' is no type of IATI 2.0x; there are 1 to 13 "
        "(at least 1,000 lines: 3, 4, 5, 6, 7, ...)"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (document(version="1.05"), "IATI 1.05 has another structure, and letters for types; ask its "
         "publisher for 2.03, or convert it"),
        (document(version="1"), "IATI 1 has another structure, and letters for types; ask its "
         "publisher for 2.03, or convert it"),
        (document().replace(' version="2.03"', ""), "it does not say its version; IATI writes "
         '<iati-activities version="2.03">'),
        (document(version="3.01"), "its version is '3.01'; IATI 2.0x is read"),
        (document(version="2.00"), "its version is '2.00'; IATI 2.0x is read"),
        ("<iati-organisations version='2.03'/>", "its root is <iati-organisations>; the activities of "
         "IATI are in <iati-activities>"),
        ("<html></html>", "its root is <html>; the activities of IATI are in <iati-activities>"),
    ],
)  # fmt: skip
def test_other_documents_and_versions_are_refused_by_name(content: str, problem: str) -> None:
    assert refusal(content) == [f":1: {problem}"]


def test_versions_2_01_to_2_03_are_read(tmp_path: Path) -> None:
    for version in ("2.01", "2.02", "2.03"):
        path = tmp_path / f"{version}.XML"
        path.write_text(document(activity(transaction()), version=version), encoding="utf-8")
        assert len(cp.read(path)) == 1
    assert cp.read(io.StringIO(document()), format="iati") == cp.Dataset()


def test_elements_of_tools_are_passed_over() -> None:
    own = '<t:transaction xmlns:t="urn:t"><transaction-type code="3"/></t:transaction>'
    inside = "<t:value xmlns:t='urn:t'>7</t:value><x xmlns='urn:t'><value>8</value></x>"
    (one,) = read(activity(own, "<dfid:note/>", transaction(more=inside)))
    assert str(one.amount) == "1,000 EUR"


def test_elements_below_their_transactions_count_if_these_are_few() -> None:
    content = activity(transaction(), "<sector code='1'/><title><narrative>T</narrative></title>")
    (one,) = (dataset := read(content))
    assert (one.tags["sector"], dataset.initiatives[0].name) == ("1", "T")
    several = [transaction() for _ in range(1_000)]
    late = activity(*several, "\n<sector code='1'/>")
    assert refusal(document(late)) == [
        ":1003: sector stands below 1,000 transactions; IATI has it above them"
    ]
    assert len(read(activity(*several[1:], "<sector code='1'/>"))) == 999
    related = "<related-activity type='1' ref='P'/><title><narrative>T</narrative></title>"
    dataset = read(activity(*several, related, transaction()), activity(identifier="P"))
    assert (dataset.initiatives[0].part_of, dataset.initiatives[0].name) == ("P", "T")
    assert [one.id for one in dataset][999:] == ["X-1-a-t1000", "X-1-a-t1001"]


def test_memory_is_that_of_the_records_however_many_transactions_there_are() -> None:
    class Streamed(io.RawIOBase):
        """Makes the transactions of one activity as they are asked for."""

        def __init__(self, thousands: int) -> None:
            head, tail = document(activity("|")).split("|")
            some = "".join(transaction(str(2 + at % 2), f"{at}.5") for at in range(1_000))
            self._pieces: Iterator[str] = iter([head, *[some] * thousands, tail])

        def read(self, _: int = -1) -> bytes:
            return next(self._pieces, "").encode()

    def beyond(thousands: int) -> int:
        """Return how much more is held while reading than the records afterwards."""
        tracemalloc.start()
        try:
            intake = Intake("x.xml", bytes_at_most=10**9)
            file: Any = Streamed(thousands)
            plain = read_iati(file, intake)
            held, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(plain.known) == thousands * 1_000
        return peak - held

    assert beyond(6) < 1.5 * beyond(2)


def test_xml_is_only_read_which_is_told_with_what_can_be_written(tmp_path: Path) -> None:
    for path, form in ((tmp_path / "mine.xml", None), (tmp_path / "mine.toml", "iati")):
        with pytest.raises(cp.errors.FileError) as error:
            cp.write(cp.load(), path, format=form)
        assert str(error.value) == (
            f"{path}: this form is only read; write .toml, .json, .csv, .tsv, .xlsx, .zip, or a folder"
        )
        assert not path.exists()


def test_activities_on_one_line_are_two_and_a_form_goes_by_its_ending_too() -> None:
    content = document(*(activity(transaction(), identifier=one) for one in "ab")).replace(
        "\n", " "
    )
    for form in ("iati", "xml", ".XML"):
        dataset = cp.read(io.StringIO(content), format=form)
        assert [one.initiative for one in dataset] == ["a", "b"]


def test_layout_is_refused_for_xml() -> None:
    assert refusal(document(), layout="iati-flat") == [
        ": a layout is for a table, such as a .csv; this form has its own names"
    ]


numbers = st.builds(
    lambda digits, last: Decimal(digits).scaleb(last), st.integers(0, 10**6), st.integers(-2, 2)
)
transactions = st.tuples(
    st.sampled_from(["2", "3", "4", "11", "12", "13", "1", "7"]),
    numbers,
    st.sampled_from(["EUR", "USD"]),
)


@given(st.lists(st.lists(transactions, max_size=6), max_size=3))
def test_sums_of_stages_are_what_fractions_come_to(
    facts: list[list[tuple[str, Decimal, str]]],
) -> None:
    dataset = read(
        *(
            activity(*(transaction(t, str(n), currency=c) for t, n, c in one), identifier=f"X-{at}")
            for at, one in enumerate(facts)
        )
    )
    for stage, types in {
        "pledge": {"12", "13"}, "commitment": {"2", "11"}, "disbursement": {"3", "4"}
    }.items():  # fmt: skip
        for currency in ("EUR", "USD"):
            numbers_read = [
                Fraction(one.amount.amount)
                for one in dataset
                if one.stage == stage and one.amount.currency == currency
            ]
            assert sum(numbers_read) == sum(
                Fraction(n) for one in facts for t, n, c in one if t in types and c == currency
            )


signed = st.builds(lambda number, sign: number * sign, numbers, st.sampled_from([1, 1, 1, -1]))


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["2", "3", "12"]), signed, st.sampled_from("ab")), max_size=7),
        min_size=1, max_size=3,
    )
)  # fmt: skip
def test_total_takes_payments_from_commitments_and_these_from_pledges(
    facts: list[list[tuple[str, Decimal, str]]],
) -> None:
    def amount(type_: str, number: Decimal) -> Decimal:
        return abs(number) if type_ == "12" else number

    dataset = read(
        *(
            activity(
                *(
                    transaction(t, str(amount(t, n)), more=organization("provider", name=giver))
                    for t, n, giver in one
                ),
                identifier=f"X-{at}",
            )
            for at, one in enumerate(facts)
        )
    )
    expected = Fraction()
    for one in facts:
        for giver in "ab":
            pledged, committed, paid = (
                max(Fraction(), sum((Fraction(amount(t, n)) for t, n, g in one
                                     if t == type_ and g == giver), Fraction()))
                for type_ in ("12", "2", "3")
            )  # fmt: skip
            expected += max(pledged, committed, paid)
    assert dataset.total("EUR").exact == expected
    assert (
        sum((t.exact for t in dataset.totals("EUR", by="initiative").values()), Fraction())
        == expected
    )
