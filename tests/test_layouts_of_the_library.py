"""The layouts that the library has by name, and the schema of all."""

import json
import runpy
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import commonprosperity as cp
from commonprosperity.layout import layout_schema
from laid_out import read


def test_aiddata_reads_subprojects_as_parts_of_their_umbrellas() -> None:
    table = (
        "AidData Record ID,Recommended For Aggregates,AidData Parent ID,Umbrella,Recipient,Title,Status,Flow Type,"
        "Sector Name,Funding Agencies,Amount (Original Currency),Original Currency,Commitment Date (MM/DD/YYYY)\n"
        "1,No,,Yes,Atlantis,Frame,Pipeline: Commitment,Loan,ENERGY,Bank A,1000,CNY,01/02/2014\n"
        "2,Yes,1,No,Atlantis,Dam,Completion,Loan,ENERGY,Bank A,600,CNY,12/31/2014\n"
        "3,Yes,,No,Utopia,Road,Pipeline: Pledge,Grant,TRANSPORT,Bank B,50,USD,03/01/2015\n"
        "4,No,,No,Utopia,Port,Cancelled,Grant,TRANSPORT,Bank B,70,USD,03/01/2015\n"
    )
    dataset = read(table, "aiddata-gcdf-3")
    assert [(p.id, p.part_of, p.stage.value, str(p.announced), p.recipient) for p in dataset] == [
        ("1", None, "commitment", "2014-01-02", "Atlantis"),
        ("2", "1", "commitment", "2014-12-31", "Atlantis"),
        ("3", None, "pledge", "2015-03-01", "Utopia"),
    ]
    assert dataset.where(company="bank-a").total("CNY").exact == 1000
    recommended = dataset.where(tags={"recommended for aggregates": "Yes"})
    assert [p.id for p in recommended] == ["2", "3"]
    assert "rows left out as stage is 'Cancelled': 1" in dataset.notes


def test_360giving_reads_grants_to_recipients() -> None:
    table = (
        "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Funding Org:Name,"
        "Grant Programme:Title,Beneficiary Location:Name,Amount Applied For\n"
        "360G-a/1,Books,GBP,5000.50,2021-09-02,Library,Acme Trust,Reading,Leeds,9000\n"
        "360G-a/2,Boats,USD,700,05/10/2021,Port,Acme Trust,,,\n"
    )
    one, other = dataset = read(table, "360giving")
    assert (one.id, one.amount, one.recipient, one.note) == (
        "360G-a-1", cp.Money("5000.50", "GBP"), "Library", "Books",
    )  # fmt: skip
    assert (one.initiative, dict(one.tags)) == ("reading", {"beneficiary location": "Leeds"})
    assert (other.stage.value, other.initiative, str(other.announced)) == (
        "commitment", None, "2021-10-05",
    )  # fmt: skip
    assert dataset.companies[0].name == "Acme Trust"


def test_ocha_fts_reads_flows_in_dollars_below_a_row_of_tags() -> None:
    table = (
        "date,budgetYear,description,amountUSD,srcOrganization,destPlan,destOrganization,flowType,status,"
        "originalAmount,originalCurrency,id\n"
        "#date,#date+year,#description,#value+usd,#org+src,#plan,#org+dest,#flow,#status,#value,#currency,#id\n"
        "2020-03-19,2020,Masks,1000,Ministry A,Plan 20,Relief Fund,Standard,paid,3673,AED,901\n"
        "2020-04-15,2020,Tents,2000,Ministry A,,Health Fund,Standard,commitment,,,902\n"
        "2020-04-16,2020,Food,700,Ministry B,,Health Fund,Standard,pledge,,,903\n"
    )
    dataset = read(table, "ocha-fts")
    assert [(p.id, str(p.amount), p.stage.value, p.recipient) for p in dataset] == [
        ("901", "1,000 USD", "disbursement", "Relief Fund"),
        ("902", "2,000 USD", "commitment", "Health Fund"),
        ("903", "700 USD", "pledge", "Health Fund"),
    ]
    assert dict(dataset.pledges[0].tags) == {"plan": "Plan 20", "flow type": "Standard"}
    assert dataset.notes == ("left out: the row of HXL tags below the headings",)
    assert dataset.total("USD").exact == 1000 + 2000 + 700


def test_kiel_ukraine_reads_three_kinds_of_aid_in_billions_of_euro() -> None:
    table = (
        "country,iso,year,month,total,financial,humanitarian,military,commitments,to_be_allocated\n"
        "Atlantis,AT,2022,3,1.5,1.25,0,0.25,9,9\n"
        "Utopia,UT,2022,11,0.125,,0.125,0.0,9,9\n"
    )
    dataset = read(table, "kiel-ukraine")
    assert [(str(p.announced), p.tags["kind"], p.amount.amount) for p in dataset] == [
        ("2022-03", "financial", Decimal("1.25E+9")),
        ("2022-03", "military", Decimal("0.25E+9")),
        ("2022-11", "humanitarian", Decimal("125E+6")),
    ]
    assert dataset.total("EUR").exact == Fraction("1.625") * 10**9
    assert {*dataset.notes} == {
        "rows left out as amount is '0': 1",
        "rows left out as amount is '0.0': 1",
    }


def test_iati_flat_reads_transactions_by_activity_and_sector() -> None:
    table = (
        "Month,Reporting org id,Reporting org name,Sector,Recipient country,Transaction type,Activity id,Net money,Total money\n"
        "#date+month,#org+id,#org+name,#sector,#country,#x_type,#activity+id,#value+net,#value+total\n"
        "2020-05,XM-1,Agency A,Health,Kenya,commitments,XM-1-7,80,100\n"
        "2020-06,XM-1,Agency A,Water,Kenya,spending,XM-1-8,30,30\n"
    )
    dataset = read(table, "iati-flat")
    assert [(p.stage.value, p.initiative, p.amount.amount, p.tags["sector"]) for p in dataset] == [
        ("commitment", "xm-1-7", Decimal(100), "Health"),
        ("disbursement", "xm-1-8", Decimal(30), "Water"),
    ]
    assert dataset.total("USD").exact == 130


HOUSE = Path(cp.__file__).parent / "layout"


def test_the_schema_of_layouts_is_that_of_the_class() -> None:
    made = runpy.run_path(str(HOUSE.parents[2] / "generators" / "layout_schema.py"))["text"]()
    assert layout_schema() == made, "run generators/layout_schema.py"


@pytest.mark.parametrize("name", cp.layouts())
def test_layouts_of_the_library_fit_their_schema(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    content = tomllib.loads((HOUSE / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads(layout_schema()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**content, "colums": {}}, json.loads(layout_schema()))
