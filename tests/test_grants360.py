"""Grants of the 360Giving Data Standard: read, added up, written back, and refused."""

import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.files.grants360.terms import note_of, title_and_description

SCHEMA = json.loads((Path(__file__).parent / "grants360.schema.json").read_text(encoding="utf-8"))
TRUST = [{"id": "GB-CHC-0", "name": "Example Trust"}]
LIBRARY = [{"id": "GB-CHC-1", "name": "Town Library"}]


def grant(**keys: Any) -> dict[str, Any]:
    """Return a grant with all that is required, and with other keys; those that are ... left out."""
    made = {
        "id": "360G-ex-1",
        "title": "Books",
        "description": "Books",
        "currency": "GBP",
        "amountAwarded": 5000,
        "awardDate": "2021-09-02",
        "fundingOrganization": TRUST,
        "recipientOrganization": LIBRARY,
        **keys,
    }
    return {key: value for key, value in made.items() if value is not ...}


def read(*grants: Any, **package: Any) -> cp.Dataset:
    content = json.dumps({**package, "grants": [*grants]})
    return cp.read(io.StringIO(content), format="json")


def written(dataset: cp.Dataset) -> str:
    file = io.StringIO()
    cp.write(dataset, file, format="360giving")
    return file.getvalue()


def faults(*grants: Any, **package: Any) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        read(*grants, **package)
    return [str(fault).removeprefix("the file: ") for fault in error.value.faults]


def unwritten(dataset: cp.Dataset) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        written(dataset)
    head, *others = map(str, error.value.faults)
    assert head.startswith("a 360Giving package holds commitments, what is paid of them, and of ")
    return others


def test_grant_is_a_commitment_of_its_funder_to_its_recipient() -> None:
    (one,) = read(
        grant(
            description="Books for the reading room", url="https://example.org/1",
            grantProgramme=[{"code": "x", "title": "Reading"}],
            plannedDates=[{"startDate": "2022-01", "endDate": "2022-12"}],
            beneficiaryLocation=[{"name": "Leeds", "countryCode": "GB"}, {"name": "York"}],
        ),
        title="Grants of 2021", downloadURL="https://example.org/grants.json",
    )  # fmt: skip
    assert repr(one) == repr(
        cp.Pledge(
            id="360G-ex-1",
            company="example-trust",
            initiative="reading",
            amount="5000 GBP",
            stage="commitment",
            announced="2021-09-02",
            spend="2022",
            recipient="Town Library",
            tags={
                "funding org identifier": "GB-CHC-0",
                "recipient org identifier": "GB-CHC-1",
                "beneficiary location": "Leeds; York",
                "country": "GB",
            },
            source="grants-of-2021",
            locator="https://example.org/1",
            note="Books for the reading room",
        )
    )


def test_grants_are_known_by_what_is_in_the_file_by_the_layout_or_by_the_format(
    tmp_path: Path,
) -> None:
    path = tmp_path / "grants.json"
    path.write_text(json.dumps({"grants": [grant()]}), encoding="utf-8")
    dataset = cp.read(path)
    assert [pledge.id for pledge in dataset] == ["360G-ex-1"]
    assert cp.read(path, layout="360giving") == dataset
    assert cp.read(path, layout=cp.Layout.of("360giving"), encoding="utf-8") == dataset
    assert cp.read(path, format="360giving") == dataset


@pytest.mark.parametrize("content", ['{"grants": {}}', '{"pledge": {}}', "[]", '"grants"'])
def test_json_without_a_list_of_grants_is_no_package(content: str) -> None:
    for how in ({"format": "360giving"}, {"format": "json", "layout": "360giving"}):
        with pytest.raises(cp.errors.FileError) as error:
            cp.read(io.StringIO(content), **how)  # type: ignore[arg-type]
        assert str(error.value) == (
            'the file: it has no list of "grants"; 360Giving writes {"grants": [{...}]}'
        )


def test_companies_that_a_dataset_has_are_its_own() -> None:
    known = cp.Dataset(companies=[cp.Company(id="et", name="The Trust", aliases="Example Trust")])
    content = json.dumps({"grants": [grant()]})
    for how in ({"format": "360giving"}, {"format": "json", "layout": "360giving"}):
        dataset = cp.read(io.StringIO(content), known=known, **how)  # type: ignore[arg-type]
        assert [one.company for one in dataset] == ["et"]
    with pytest.raises(cp.errors.FileError, match="known= is for a table"):
        cp.read(io.StringIO(content), known=known, format="json")


def test_layout_of_another_table_is_refused_for_json() -> None:
    layout = {"columns": {"company": "a", "amount": "b", "announced": "c"}}
    for form in ("json", "toml"):
        with pytest.raises(cp.errors.FileError, match=r"a layout is for a table, such as a \.csv"):
            cp.read(io.StringIO("{}"), format=form, layout=layout)
    with pytest.raises(cp.errors.FileError, match="a layout is for a table"):
        cp.read(io.StringIO(""), format="toml", layout="360giving")


def test_numbers_are_read_and_written_as_they_are_written() -> None:
    numbers = [
        "40000.0", "0.10", "1E+3", "12345678901234567890.12", "250.000", "0", "1e-9", "9007199254740993",
    ]  # fmt: skip
    grants = ", ".join(
        json.dumps(grant(id=f"g{at}")).replace("5000", number) for at, number in enumerate(numbers)
    )
    dataset = cp.read(io.StringIO(f'{{"grants": [{grants}]}}'), format="json")
    assert [str(one.amount.amount) for one in dataset] == [str(Decimal(n)) for n in numbers]
    back = cp.read(io.StringIO(written(dataset)), format="json")
    assert [repr(one) for one in back] == [repr(one) for one in dataset]


def test_dates_are_iso_or_have_the_day_first_which_is_told() -> None:
    days = {
        "2014-06-05": "2014-06-05", "05/06/2014": "2014-06-05", "5.6.14": "2014-06-05",
        "25/12/2014": "2014-12-25", "2014-06-05T23:30:00Z": "2014-06-05",
        "2014-06-05T23:30:00+01:00": "2014-06-05", "05/06/2014 00:00": "2014-06-05", "2014": "2014",
    }  # fmt: skip
    dataset = read(*(grant(id=f"g{at}", awardDate=day) for at, day in enumerate(days)))
    assert [str(one.announced) for one in dataset] == [*days.values()]
    assert dataset.notes == ("dates read as d/m/y: 3",)


def test_date_with_the_month_first_is_refused_and_never_turned_around() -> None:
    assert faults(grant(awardDate="9/15/2021")) == [
        "grant 1: 360G-ex-1: announced: awardDate: '9/15/2021' is no period: it does not fit dates=\"d/m/y\"; "
        "write 2021-09-15"
    ]


def test_payments_are_parts_of_the_award_and_paid() -> None:
    dataset = read(
        grant(disbursementTransaction=[
            {"id": "p-1", "value": 2000, "transactionDate": "2021-10-01", "description": "first half"},
            {"id": "2", "value": 1500, "transactionDate": "2021-11-01", "valueDate": "2021-10-31"},
        ], amountDisbursed=3500, grantProgramme=[{"title": "Reading"}]),
        grant(id="other", disbursementTransaction={"id": "2", "value": 7, "transactionDate": "2022"}),
    )  # fmt: skip
    _, first, second, _, third = dataset
    assert [one.id for one in (first, second, third)] == [
        "p-1",
        "360G-ex-1-payment-2",
        "other-payment-1",
    ]
    assert {one.stage for one in (first, second, third)} == {"disbursement"}
    assert [one.part_of for one in (first, second, third)] == ["360G-ex-1", "360G-ex-1", "other"]
    assert (first.recipient, first.initiative, first.note) == (
        "Town Library",
        "reading",
        "first half",
    )
    assert first.tags["funding org identifier"] == "GB-CHC-0"
    assert str(second.value_date) == "2021-10-31"
    assert str(dataset.total("GBP").amount) == "10,000.00 GBP"
    assert dataset.where(stage="disbursement").total("GBP").exact == 3507


def test_sum_paid_is_a_part_where_no_payment_is_told_apart() -> None:
    dataset = read(
        grant(amountDisbursed=4000, dateModified="2022-03-01T10:00:00Z"),
        grant(id="b", amountDisbursed=1000),
        grant(id="c", amountDisbursed=0),
        grant(id="d", amountDisbursed=None, disbursementTransaction=[]),
    )
    paid = [*dataset.where(stage="disbursement")]
    assert [(one.id, one.part_of, str(one.announced)) for one in paid] == [
        ("360G-ex-1-disbursed", "360G-ex-1", "2022-03-01"),
        ("b-disbursed", "b", "2021-09-02"),
    ]
    assert dataset.notes == ("sums paid without a date, read as paid on that of the award: 1",)


def test_award_below_zero_is_a_correction_without_payments_and_one_of_zero_a_record() -> None:
    back = [{"value": -300, "transactionDate": "2021-10-01"}]
    dataset = read(
        grant(),
        grant(id="b", amountAwarded=-300.0, disbursementTransaction=back),
        grant(id="c", amountAwarded=0, amountDisbursed=70, dateModified="2021-10-01"),
        grant(
            id="d", disbursementTransaction=[*back, {"value": 900, "transactionDate": "2021-10-01"}]
        ),
    )
    assert [one.id for one in dataset] == [
        "360G-ex-1", "b", "c", "c-disbursed", "d", "d-payment-1", "d-payment-2",
    ]  # fmt: skip
    assert dataset.notes == ("left out: payments of awards below zero: 1",)
    assert dataset.total("GBP").exact == 5000 - 300 + 70 + 5000
    assert dataset.where(stage="disbursement").total("GBP").exact == 70 + 900 - 300


def test_first_of_several_funders_is_the_company_which_is_told() -> None:
    (one,) = (dataset := read(grant(fundingOrganization=[*TRUST, {"id": "x", "name": "Other"}])))
    assert (one.company, one.tags["funding org identifier"]) == ("example-trust", "GB-CHC-0")
    assert dataset.notes == ("grants of several funders, read as the first one's: 1",)


def test_recipients_are_told_by_their_names_a_person_too() -> None:
    several, person, nobody = read(
        grant(recipientOrganization=[*LIBRARY, {"name": "School"}]),
        grant(
            id="b", recipientOrganization=..., recipientIndividual={"id": "i-7", "name": "Person"}
        ),
        grant(id="c", recipientOrganization=None),
    )
    assert [one.recipient for one in (several, person, nobody)] == [
        "Town Library; School",
        "Person",
        None,
    ]
    assert person.tags["recipient ind identifier"] == "i-7"


def test_identifier_that_is_no_id_is_kept_as_a_tag() -> None:
    stroke, number = read(grant(id="360G-ex/1 b"), grant(id=17))
    assert (stroke.id, stroke.tags["identifier"]) == ("360G-ex-1-b", "360G-ex/1 b")
    assert (number.id, "identifier" in number.tags) == ("17", False)


def test_planned_dates_that_are_no_time_are_left_out_which_is_told() -> None:
    ends = [
        [{"startDate": "2022", "endDate": "2021"}], [{"startDate": "soon", "endDate": "2021"}],
        [{"startDate": "2022"}], {"startDate": "01/02/2022", "endDate": "2022-02-03"}, [], None, "x",
    ]  # fmt: skip
    dataset = read(*(grant(id=f"g{at}", plannedDates=each) for at, each in enumerate(ends)))
    assert [str(one.spend) for one in dataset] == [
        "None", "None", "None", "2022-02/2022-02-03", "None", "None", "None",
    ]  # fmt: skip
    assert dataset.notes == (
        "dates read as d/m/y: 1",
        "left out: planned dates that are no time: 2",
    )


def test_source_is_the_package_at_the_address_that_a_grant_gives() -> None:
    page = "https://example.org/a"
    cases: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str | None] | None]] = [
        ({"title": "Ours"}, {"dataSource": page}, ("Ours", page)),
        ({"title": "Ours", "downloadURL": "https://x.org"}, {}, ("Ours", "https://x.org")),
        ({"publisher": {"name": "Us"}, "accessURL": "https://x.org"}, {}, ("Us", "https://x.org")),
        ({"publisher": "Us"}, {"dataSource": page}, (page, page)),
        ({}, {"dataSource": "our files"}, None),
        ({"title": 5, "downloadURL": page}, {}, (page, page)),
    ]
    for package, keys, expected in cases:
        sources = read(grant(**keys), **package).sources
        assert [(one.title, one.url) for one in sources] == ([expected] if expected else [])


def test_regranting_is_a_note_a_tag_and_a_finding_and_never_a_link() -> None:
    funder = grant(
        recipientOrganization=[{"id": "r", "name": "Regional Fund"}], regrantType="FRG010"
    )
    own = grant(
        id="b", fundingOrganization=[{"id": "r", "name": "regional fund"}], amountAwarded=300
    )
    alone, both = read(funder), read(funder, own)
    (regrant,) = alone
    assert (regrant.note, regrant.tags["regrant type"]) == ("Books (regrant type FRG010)", "FRG010")
    (finding,) = [each for each in alone.check() if each.code == "perhaps-regranted"]
    assert (finding.severity, finding.ids) == ("info", ("360G-ex-1",))
    assert finding.message == (
        "360G-ex-1 is for regranting (FRG010) by Regional Fund; when you add what Regional Fund "
        "grants, link what is this money to it with part_of"
    )
    (finding,) = [each for each in both.check() if each.code == "perhaps-regranted"]
    assert (finding.severity, finding.ids) == ("warning", ("360G-ex-1", "b"))
    assert finding.message == (
        "360G-ex-1 is for regranting (FRG010), and Regional Fund gives money too (b); link what is "
        "the same money to 360G-ex-1 with part_of"
    )
    assert both.total("GBP").exact == 5300
    linked = both.replace(cp.Pledge(
        id="b", company="regional-fund", amount="300 GBP", announced="2021-09-02",
        stage="commitment", part_of="360G-ex-1"))  # fmt: skip
    assert linked.total("GBP").exact == 5000


def test_regrant_names_five_records_of_its_recipient_and_not_itself() -> None:
    own = [grant(id=f"b{at}") for at in range(7)]
    itself = grant(regrantType="FRG060", recipientOrganization=TRUST)
    (finding,) = [each for each in read(itself, *own).check() if each.code == "perhaps-regranted"]
    assert finding.ids == ("360G-ex-1", "b0", "b1", "b2", "b3", "b4")
    assert "(b0, b1, b2, b3, b4 and 2 more)" in finding.message
    (finding,) = read(grant(regrantType="FRG060", recipientOrganization=None), title="x").check()
    assert (finding.code, finding.severity) == ("perhaps-regranted", "info")


def test_what_is_missing_is_told_by_the_key_of_360giving() -> None:
    assert faults({}, {"id": "a", "fundingOrganization": [{"id": "x"}]}) == [
        "grant 1: pledge-1: id: is missing; 360Giving writes id",
        "grant 1: pledge-1: company: is missing; 360Giving writes fundingOrganization",
        "grant 1: pledge-1: amount: is missing; 360Giving writes amountAwarded",
        "grant 1: pledge-1: currency: is missing; 360Giving writes currency",
        "grant 1: pledge-1: announced: is missing; 360Giving writes awardDate",
        "grant 2: a: company: is missing; 360Giving writes fundingOrganization",
        "grant 2: a: amount: is missing; 360Giving writes amountAwarded",
        "grant 2: a: currency: is missing; 360Giving writes currency",
        "grant 2: a: announced: is missing; 360Giving writes awardDate",
    ]
    assert faults(grant(disbursementTransaction=[{"id": "p"}])) == [
        "grant 1: p: amount: is missing; 360Giving writes value",
        "grant 1: p: announced: is missing; 360Giving writes transactionDate",
    ]


def test_what_is_of_another_kind_is_refused() -> None:
    wrong = {
        "id": ["a"], "currency": True, "title": {}, "awardDate": False, "url": [],
        "fundingOrganization": "Trust", "recipientOrganization": [1], "grantProgramme": [[]],
        "amountAwarded": {}, "regrantType": [3], "description": False, "beneficiaryLocation": 3,
    }  # fmt: skip
    assert faults(grant(**wrong)) == [
        'grant 1: pledge-1: id: id: ["a"] is no text',
        "grant 1: pledge-1: amount: amountAwarded: {} is no number; write one in digits, 60 at most",
        "grant 1: pledge-1: currency: currency: true is no text",
        "grant 1: pledge-1: announced: awardDate: false is no text",
        "grant 1: pledge-1: locator: url: [] is no text",
        "grant 1: pledge-1: company: fundingOrganization: 'Trust' is no object",
        "grant 1: pledge-1: recipient: recipientOrganization: 1 is no object",
        "grant 1: pledge-1: initiative: grantProgramme: [] is no object",
        "grant 1: pledge-1: tags.recipient org identifier: recipientOrganization: 1 is no object",
        "grant 1: pledge-1: tags.beneficiary location: beneficiaryLocation: 3 is no object",
        "grant 1: pledge-1: tags.country: beneficiaryLocation: 3 is no object",
        "grant 1: pledge-1: tags.funding org identifier: fundingOrganization: 'Trust' is no object",
        "grant 1: pledge-1: tags.regrant type: regrantType: [3] is no text",
        "grant 1: pledge-1: note: title: {} is no text",
        "grant 1: pledge-1: description: description: false is no text",
    ]
    assert faults(grant(disbursementTransaction=[1])) == [
        "grant 1: 360G-ex-1: disbursementTransaction: 1 is no object"
    ]
    assert faults(grant(), "x") == ["grant 2: 'x' is no object"]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("NaN", "amountAwarded: NaN is no number; write one in digits, 60 at most"),
        ("1e999", "amountAwarded: 1e999 is no number; write one in digits, 60 at most"),
        ("1" * 61, f"amountAwarded: {'1' * 57}... is no number; write one in digits, 60 at most"),
        ('"250.000"', "amountAwarded: '250.000' is no number; write one in digits, 60 at most"),
        ('"5,000"', "amountAwarded: '5,000' is no number; write one in digits, 60 at most"),
        ("true", "amountAwarded: true is no number; write one in digits, 60 at most"),
    ],
)
def test_number_that_is_none_is_refused(number: str, problem: str) -> None:
    content = json.dumps({"grants": [grant()]}).replace("5000", number)
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.StringIO(content), format="json")
    (fault,) = error.value.faults
    assert (fault.record, fault.field) == ("360G-ex-1", "amount")
    assert fault.problem.startswith(problem)


def test_key_given_twice_is_refused_where_it_is_used() -> None:
    content = json.dumps({"grants": [grant(x=1)]})
    twice = content.replace('"amountAwarded": 5000', '"amountAwarded": 5000, "amountAwarded": 6000')
    with pytest.raises(cp.errors.FileError, match="amountAwarded is written twice; leave one"):
        cp.read(io.StringIO(twice), format="json")
    unused = content.replace('"x": 1', '"x": 1, "x": 2')
    assert len(cp.read(io.StringIO(unused), format="json")) == 1


def test_two_grants_of_one_id_and_hostile_texts_are_refused() -> None:
    assert [one.amount.amount for one in read(grant(amountAwarded="1234.56"))] == [
        Decimal("1234.56")
    ]
    assert faults(grant(), grant(id="360G/ex-1")) == [
        "grant 2: 360G-ex-1: id: another row has it, at the file: grant 1; give this one an id of its own, or leave it out"
    ]
    (fault,) = faults(grant(title="a\x1b[2J", description=None))
    assert fault.startswith("grant 1: 360G-ex-1: note: 'a\\x1b[2J' has a control character")
    content = json.dumps({"grants": [grant(title="x" * 50)]})
    with pytest.raises(cp.errors.FileError, match="note: has more than 49 characters; shorten it"):
        cp.read(io.StringIO(content), format="json", cell_at_most=49)
    deep = json.dumps({"grants": [grant()]}).replace("5000", "[" * 100_000)
    with pytest.raises(cp.errors.FileError, match="nested too deep"):
        cp.read(io.StringIO(deep), format="json")
    many = {f"g{at}": at for at in range(30)}
    assert len(read(grant(deiDetails={"a": {"b": {"c": {"d": {"e": {"f": {"g": many}}}}}}}))) == 1


def test_payments_without_an_award_that_has_an_id_are_told_by_the_award_alone() -> None:
    assert faults(grant(id=None, disbursementTransaction=[{"value": 1}])) == [
        "grant 1: example-trust-1: id: is missing; 360Giving writes id"
    ]


def test_pledges_that_are_no_grants_are_not_written() -> None:
    acme = cp.Company(id="acme", name="Acme")
    part: dict[str, Any] = {"recipient": "X", "announced": "2021-09-02"}
    dataset = cp.Dataset(companies=[acme]).extend(
        cp.Pledge(id="a", company="acme", amount="5 GBP", **part),
        cp.Pledge(id="b", company="acme", amount="5 GBP", stage="disbursement", **part),
        cp.Pledge(id="c", company="acme", amount="5 GBP", stage="commitment", announced="2021-09"),
        cp.Pledge(id="d", company="acme", amount="5 GBP", stage="commitment", part_of="c", **part),
        cp.Pledge(id="e", company="acme", amount="5 GBP", stage="commitment", **part,
                  tags={"country": "Kenya"}),
    )  # fmt: skip
    assert unwritten(dataset) == [
        "a: stage: this pledge is neither a grant nor a payment of one",
        "b: stage: this disbursement is neither a grant nor a payment of one",
        "c: announced: 2021-09 is no day; give the day",
        "c: recipient: is missing; a grant says who gets it",
        "d: stage: this commitment is neither a grant nor a payment of one",
        "e: tags.country: 'Kenya' is no code of two letters, such as GB",
    ]
    assert unwritten(cp.Dataset(companies=[acme])) == [
        "there is no commitment, and a package has at least one grant"
    ]


def test_what_a_package_has_no_place_for_is_told_and_not_written() -> None:
    held = read(grant())
    dataset = held.replace(
        cp.Pledge(id="360G-ex-1", company="example-trust", amount="5000 GBP", stage="commitment",
                  announced="2021-09-02", value_date="2021-09-03", recipient="Town Library",
                  qualifier="about", tags={"mine": "x"}, locator="page 3"),
    ).extend(cp.Company(id="other", name="Other"))  # fmt: skip
    assert unwritten(dataset) == [
        "other: this company would be lost",
        "360G-ex-1: qualifier: would be lost",
        "360G-ex-1: value_date: would be lost",
        "360G-ex-1: tags: would be lost",
    ]


@pytest.mark.parametrize(
    ("package", "keys"),
    [
        ({"title": "Ours"}, {}),
        ({"title": "Ours"}, {"dataSource": "https://example.org/a"}),
        ({}, {"dataSource": "https://example.org/a", "url": "https://example.org/b"}),
        ({}, {"recipientOrganization": ..., "recipientIndividual": {"id": "i-7", "name": "Person"}}),
        ({}, {"disbursementTransaction": [
            {"id": "p", "value": -5, "currency": "GBP", "transactionDate": "2021-10-01",
             "valueDate": "2021-09-30", "description": "refund"}]}),
        ({}, {"beneficiaryLocation": [{"name": "A"}, {"name": "B"}, {"countryCode": "GB"}]}),
        ({}, {"plannedDates": [{"startDate": "2022-01-05", "endDate": "2022-03"}]}),
    ],
)  # fmt: skip
def test_each_fact_that_is_read_is_written_and_read_back(
    package: dict[str, Any], keys: dict[str, Any]
) -> None:
    dataset = read(*(grant(id=id_, **keys) for id_ in "ab"), **package)
    back = cp.read(io.StringIO(written(dataset)), format="360giving")
    assert [*map(repr, back.records)] == [*map(repr, dataset.records)]


def test_grant_without_a_note_or_identifiers_is_written_with_them() -> None:
    dataset = cp.Dataset(companies=[cp.Company(id="acme", name="Acme")]).extend(
        cp.Pledge(id="a", company="acme", amount="5 GBP", stage="commitment",
                  announced="2021-09-02", recipient="Town Library; ..."))  # fmt: skip
    (one,) = json.loads(written(dataset))["grants"]
    assert (one["title"], one["fundingOrganization"]) == (
        "Grant to Town Library; ...", [{"id": "360G-acme", "name": "Acme"}],
    )  # fmt: skip
    assert one["recipientOrganization"] == [
        {"id": "360G-town-library", "name": "Town Library"}, {"id": "360G-recipient", "name": "..."},
    ]  # fmt: skip


def test_written_package_is_readable_and_of_the_standard_version() -> None:
    assert written(read(grant())).startswith(
        '{\n  "version": "1.4",\n  "grants": [\n    {\n      "id":'
    )
    assert written(read(grant())).endswith("]\n}\n")


def test_command_exports_grants_read_with_the_layout(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from commonprosperity.cli import main

    path = tmp_path / "grants.json"
    path.write_text(json.dumps({"grants": [grant()]}), encoding="utf-8")
    result = CliRunner().invoke(main, ["total", str(path), "--to", "GBP", "--layout", "360giving"])
    assert result.exit_code == 0, result.output
    assert "total      5.000" in result.output


texts = st.text(st.sampled_from('Books für 图书馆 & "x" …:;()'), min_size=1, max_size=12).filter(
    lambda text: any(map(str.isalnum, text))
)
numbers = st.builds(
    lambda digits, last: Decimal(digits).scaleb(last), st.integers(0, 10**9), st.integers(-2, 3)
)
days = st.dates(date(1999, 1, 1), date(2025, 12, 31)).map(str)


def one_or(*values: Any) -> Any:
    return st.sampled_from(values)


@st.composite
def packages(draw: st.DrawFn) -> tuple[str, list[tuple[str, Decimal, list[Decimal]]]]:
    """Draw a package as text, and of each grant its currency, its award and its payments."""
    grants, facts = [], []
    for at in range(draw(st.integers(1, 5))):
        payments = draw(st.lists(numbers, max_size=3))
        award, currency = draw(numbers), draw(one_or("GBP", "USD"))
        facts.append((currency, award, payments))
        title = draw(texts)
        keys = {
            "id": json.dumps(draw(one_or(f"360G-ex-{at}", f"360G-ex/{at}", f"图 {at}"))),
            "title": json.dumps(title),
            "description": json.dumps(draw(one_or(title, f"{title} and more", draw(texts)))),
            "currency": json.dumps(currency),
            "amountAwarded": str(award),
            "awardDate": json.dumps(draw(days)),
            "fundingOrganization": json.dumps([{"id": "GB-CHC-0", "name": draw(one_or("Trust", "Fund"))}]),
            "recipientOrganization": json.dumps(
                [{"id": f"r-{n}", "name": draw(texts)} for n in range(draw(st.integers(1, 2)))]
            ),
            "regrantType": json.dumps(draw(one_or(None, "FRG010", "FRG070"))),
            "grantProgramme": json.dumps(draw(one_or([], [{"title": "Programme"}]))),
            "beneficiaryLocation": json.dumps(
                draw(one_or([], [{"name": "Leeds", "countryCode": "GB"}], [{"countryCode": "FR"}]))
            ),
            "disbursementTransaction": "[" + ", ".join(
                f'{{"value": {paid}, "transactionDate": "{draw(days)}"}}' for paid in payments
            ) + "]",
        }  # fmt: skip
        grants.append("{" + ", ".join(f'"{key}": {value}' for key, value in keys.items()) + "}")
    head = draw(one_or("", '"title": "Ours", '))
    return f'{{{head}"grants": [{", ".join(grants)}]}}', facts


@given(packages())
def test_total_is_what_fractions_come_to(
    package: tuple[str, list[tuple[str, Decimal, list[Decimal]]]],
) -> None:
    text, facts = package
    dataset = cp.read(io.StringIO(text), format="json")
    for currency in ("GBP", "USD"):
        of_currency = [pledge.id for pledge in dataset if pledge.amount.currency == currency]
        expected = sum(
            max(Fraction(award), sum(map(Fraction, payments), Fraction()))
            for code, award, payments in facts if code == currency
        )  # fmt: skip
        paid = sum(
            (
                Fraction(each)
                for code, _, payments in facts
                if code == currency
                for each in payments
            ),
            Fraction(),
        )
        selected = dataset.where(id=of_currency) if of_currency else None
        assert (selected.total(currency).exact if selected else 0) == expected
        if paid:
            assert dataset.where(id=of_currency, stage="disbursement").total(currency).exact == paid


@given(packages())
def test_what_is_read_is_written_valid_and_read_back(
    package: tuple[str, list[tuple[str, Decimal, list[Decimal]]]],
) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="needs the extra `schemas`")
    dataset = cp.read(io.StringIO(package[0]), format="json")
    text = written(dataset)
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(text))
    back = cp.read(io.StringIO(text), format="json")
    assert [*map(repr, back.records)] == [*map(repr, dataset.records)]
    assert written(back) == text


@given(st.text("Books …:", max_size=300), st.text("Books …:", max_size=300), one_or("", "FRG010"))
def test_note_is_written_as_a_title_and_a_description_that_give_it_back(
    title: str, description: str, regrant: str
) -> None:
    note = note_of(title.strip(), description.strip(), regrant)
    short, said = title_and_description(note, regrant)
    assert len(short) <= 140
    assert note_of(short.strip(), said.strip(), regrant) == note
