"""A point that may divide thousands: refused in every sheet, and never written into one."""

import io
import json
import re
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.wording.thousands import number_text
from strategies import amounts

TWO_READINGS = {
    "250.000": ("250000", "250.000"),
    "1.234": ("1234", "1.234"),
    "999.999": ("999999", "999.999"),
    "100.000 €": ("100000", "100.000"),
    "€100.000": ("100000", "100.000"),
    "EUR 100.000": ("100000", "100.000"),
    "100.000 EUR": ("100000", "100.000"),
    "up to 20.500 euros": ("20500", "20.500"),
    "１００.０００ EUR": ("100000", "100.000"),
}  # fmt: skip
"""Texts, and the amounts that they are where the point divides thousands, and decimals."""

ONE_READING = {
    "250.00": "250.00",
    "250.0000": "250.0000",
    "1234.500": "1234.500",
    "0.250": "0.250",
    "1,234.500": "1234.500",
    "2.50000E+2": "250.000",
    "1.234E+3": "1234",
    "1.234 million": "1234000",
    "1.234 billion EUR": "1234000000",
    "€1.234bn": "1234000000",
    "12.345万欧元": "123450",
    "1,234": "1234",
}
"""Texts, and the amounts that they are."""


def row(**cells: str) -> dict[str, str]:
    return {"company": "Acme", "amount": "5", "currency": "EUR", "announced": "2021", **cells}


def sheet(delimiter: str = ",", **cells: str) -> str:
    quoted = (f'"{cell}"' for cell in row(**cells).values())
    return f"{delimiter.join(row(**cells))}\n{delimiter.join(quoted)}\n"


def read(content: str, **options: Any) -> cp.Pledge:
    return cp.read(io.StringIO(content), format="csv", **options).pledges[0]


def locales_advised(error: cp.CommonProsperityError) -> list[str]:
    return re.findall(r'locale="(\w+)"', str(error))


@pytest.mark.parametrize("text", TWO_READINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_two_readings_are_refused_in_a_sheet_and_the_locales_advised_read_both(
    text: str, delimiter: str
) -> None:
    content = sheet(delimiter, amount=text)
    with pytest.raises(cp.CommonProsperityError, match="can be read in two ways") as error:
        read(content)
    read_so = [read(content, locale=name).amount for name in locales_advised(error.value)]
    assert read_so == [cp.Money(amount, "EUR") for amount in TWO_READINGS[text]]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("high", "250.000"), ("high", "€ 250.000"), ("equivalents", "250.000 USD"),
     ("equivalents", "7 USD; £1.234"), ("amount", "1.234-1.300 EUR"), ("amount", "1 to 250.000")],
)  # fmt: skip
def test_every_column_of_amounts_is_looked_at(column: str, cell: str) -> None:
    with pytest.raises(cp.CommonProsperityError, match=rf"{column}: .* two ways"):
        read(sheet(**{column: cell}))


@pytest.mark.parametrize("text", ONE_READING)
def test_one_reading_is_read(text: str) -> None:
    assert read(sheet(amount=text)).amount == cp.Money(ONE_READING[text], "EUR")


@pytest.mark.parametrize("currency", ["KWD", "BHD", "OMR", "JOD", "TND"])
def test_currency_of_three_decimals_has_one_reading(currency: str) -> None:
    assert read(sheet(amount="1.234", currency=currency)).amount == cp.Money("1.234", currency)


@pytest.mark.parametrize("text", ["1,234", "1,234 million", "-1,234", "€ 12,345"])
def test_comma_is_doubtful_where_it_does_not_divide_cells(text: str) -> None:
    content = sheet(";", amount=text)
    with pytest.raises(cp.CommonProsperityError, match=r"its comma may divide") as error:
        read(content)
    assert locales_advised(error.value) == ["en", "de"]
    if text == "1,234":
        assert read(content, locale="en").amount == cp.Money(1234, "EUR")
        assert read(content, locale="de").amount == cp.Money("1.234", "EUR")


@pytest.mark.parametrize("text", ["16.872,57", "1.234.567", "1,5", "1.234.567,8"])
def test_one_reading_that_is_not_english_is_not_told_as_two(text: str) -> None:
    content = sheet(";", amount=text)
    with pytest.raises(cp.CommonProsperityError) as error:
        read(content)
    assert "two ways" not in str(error.value)
    assert str(read(content, locale="de").amount.amount) == text.replace(".", "").replace(",", ".")


def test_english_thousands_with_decimals_have_one_reading_in_any_sheet() -> None:
    assert read(sheet(";", amount="1,234.50")).amount == cp.Money("1234.50", "EUR")


# Written and read back

finest = st.integers(-(10**7), 10**7).map(lambda digits: Decimal(digits).scaleb(-3))


@given(amounts | finest)
@example(Decimal("250.000"))
@example(Decimal("-1.234"))
@example(Decimal("0.250"))
@example(Decimal("0.000"))
def test_number_keeps_its_precision_and_has_one_reading(value: Decimal) -> None:
    text = number_text(value)
    assert Decimal(text).as_tuple() == value.as_tuple()
    assert not re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", text)


def dataset(amount: Decimal, currency: str) -> cp.Dataset:
    money = cp.Money(abs(amount), currency)
    others = [cp.Money(money.amount, "EUR")]
    pledge = cp.Pledge(
        id="a", company="acme", amount=money, high=money, announced="2021", equivalents=others
    )
    return cp.Dataset(companies=[cp.Company(id="acme", name="Acme")], pledges=[pledge])


@given(amounts | finest, st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
@example(Decimal("250.000"), "CNY")
def test_every_form_reads_back_what_it_wrote(amount: Decimal, currency: str) -> None:
    mine = dataset(amount, currency)
    figure = cp.Figure(id="f", about="acme", value=amount, unit=currency)
    for form in ("csv", "json", "toml", "zip", "folder"):
        whole = mine if form == "csv" else mine.extend(figure)
        with TemporaryDirectory() as folder:
            path = Path(folder, "mine")
            cp.write(whole, path, format=form)
            assert repr(cp.read(path, format=form).records) == repr(whole.records)


@pytest.mark.parametrize("way", ["to_pandas", "to_polars", "to_arrow"])
@given(st.lists(amounts | finest | st.just(Decimal(10**40)), min_size=1, max_size=3))
@example([Decimal("250.000"), Decimal(10**40)])  # for which the column is text
def test_every_engine_reads_back_what_was_handed_out(way: str, some: list[Decimal]) -> None:
    pytest.importorskip("narwhals", reason="needs the extra `frames`")
    pytest.importorskip("pandas", reason="needs the extra `engines`")
    (whole, *others) = [dataset(amount, "CNY") for amount in some]
    for at, other in enumerate(others):
        whole = whole.extend(cp.Pledge(id=f"b{at}", company="acme", announced="2021",
                                       amount=other.pledges[0].amount))  # fmt: skip
    assert cp.frames.read(getattr(whole, way)()).records == whole.records


# Packages


def package(**cells: str) -> cp.Dataset:
    resources = [{"name": name, "path": f"{name}.csv"} for name in ("companies", "pledges")]
    with TemporaryDirectory() as folder:
        Path(folder, "datapackage.json").write_text(json.dumps({"resources": resources}))
        Path(folder, "companies.csv").write_text("id,name\nacme,Acme\n")
        Path(folder, "pledges.csv").write_text(sheet(id="a", **cells | {"company": "acme"}))
        return cp.read(folder)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("amount", "250.000"), ("high", "250.000"), ("equivalents", '[""250.000 USD""]')],
)
def test_package_is_a_sheet_too_and_what_is_advised_is_read(column: str, cell: str) -> None:
    with pytest.raises(cp.CommonProsperityError, match=rf"a: {column}: .* two ways") as error:
        package(**{column: cell})
    for text, expected in zip(
        str(error.value).rpartition("write ")[2].split(" or "), (250_000, 250), strict=True
    ):
        (pledge,) = package(**{column: f'[""{text}""]' if column == "equivalents" else text})
        read_so = getattr(pledge, column)
        money = read_so[0] if column == "equivalents" else read_so
        assert money.amount == expected


def test_number_of_a_figure_has_two_readings_where_its_unit_is_a_currency(tmp_path: Path) -> None:
    resources = [{"name": name, "path": f"{name}.csv"} for name in ("companies", "figures")]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    (tmp_path / "companies.csv").write_text("id,name\nacme,Acme\n")
    figures = tmp_path / "figures.csv"
    figures.write_text("id,about,value,unit\nf,acme,12.345,percent\n")
    assert cp.read(tmp_path).figures[0].value == Decimal("12.345")
    figures.write_text("id,about,value,unit\nf,acme,12.345,CNY\n")
    with pytest.raises(cp.CommonProsperityError, match=r"f: value: '12\.345' can be read in two"):
        cp.read(tmp_path)
