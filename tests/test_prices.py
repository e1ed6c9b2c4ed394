"""Prices are those of the file, exactly; where a year is not in it, there are none."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import AmountError, CountryError, FileError, PriceNotFoundError
from commonprosperity.prices import Deflator, Prices, from_csv

HEAD = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-06-28",\n\n'
)
NAMES = '"Country Name","Country Code","Indicator Name","Indicator Code",'
INDEX, INFLATION = "NY.GDP.DEFL.ZS", "NY.GDP.DEFL.KD.ZG"


def world_bank(indicator: str, years: str, *rows: str) -> str:
    """Write a file as the World Bank's site does: its lines above, and a comma after each row."""
    lines = [f'"{row.partition(" ")[0]}","{row.partition(" ")[0]}","GDP deflator","{indicator}",'
             + "".join(f'"{cell.strip()}",' for cell in row.partition(" ")[2].split("|"))
             for row in rows]  # fmt: skip
    heading = NAMES + "".join(f'"{year}",' for year in years.split())
    return HEAD + "\n".join([heading, *lines]) + "\n"


def read(folder: Path, text: str) -> Prices:
    path = folder / "prices.csv"
    path.write_text(text, encoding="utf-8")
    return from_csv(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(FileError) as error:
        read(folder, text)
    return [line.partition("prices.csv:")[2] for line in str(error.value).splitlines()]


def test_long_file_has_indices(tmp_path: Path) -> None:
    prices = read(tmp_path, "country,year,index\nCN,2019,100\nCN,2021,105.5\nUSA,2019,80\n")
    assert prices.published("CN") == {2019: 100, 2021: Fraction("105.5")}
    assert prices.published("US") == {2019: 80}
    assert prices.published("DE") == {}
    assert prices.deflator("CN", 2019, 2021) == Deflator(
        "CN", 2019, 2021, Fraction(211, 200), "prices.csv"
    )


def test_long_file_has_its_columns_in_any_order_and_others_beside(tmp_path: Path) -> None:
    prices = read(tmp_path, " Year ,note,INDEX,Country\n\n2019,x, 1e2 ,CN\n,,,\n2020,,101,CN\n")
    assert prices.deflator("CN", 2019, 2020).factor == Fraction(101, 100)


def test_file_of_the_world_bank_has_indices(tmp_path: Path) -> None:
    text = world_bank(
        INDEX, "2018 2019 2020 2021", "CHN |100|100.5|105", "WLD 9|9|9|9", "XKX ..|1||2"
    )
    prices = read(tmp_path, text)
    assert prices.published("CN") == {2019: 100, 2020: Fraction("100.5"), 2021: 105}
    assert prices.published("XK") == {2019: 1, 2021: 2}


def test_file_of_the_world_bank_has_rates_of_inflation(tmp_path: Path) -> None:
    text = world_bank(INFLATION, "2018 2019 2020 2021", "CHN |1.5|-0.5|4", "USA 2|0|1.3E0|")
    prices = read(tmp_path, text)
    assert prices.deflator("CN", 2018, 2021).factor == (
        Fraction("1.015") * Fraction("0.995") * Fraction("1.04")
    )
    assert prices.deflator("CN", 2020, 2021).factor == Fraction("1.04")
    assert prices.deflator("US", 2017, 2020).factor == Fraction("1.02") * Fraction("1.013")


def test_a_country_of_rates_and_one_of_indices_in_one_file(tmp_path: Path) -> None:
    rates = world_bank(INFLATION, "2019 2020", "CHN |3")
    row = '"USA","USA","x","NY.GDP.DEFL.ZS","100","102",\n'
    prices = read(tmp_path, rates + row)
    factors = [prices.deflator(code, 2019, 2020).factor for code in ("CN", "US")]
    assert factors == [Fraction("1.03"), Fraction("1.02")]


@given(
    st.dictionaries(
        st.integers(1960, 2023),
        st.decimals(Decimal("0.001"), 10**6, places=12),
        min_size=2,
    ),
    st.data(),
)
def test_to_another_year_and_back_is_exact(index: dict[int, Decimal], data: st.DataObject) -> None:
    class Desk(Prices):
        provider = "a desk"

        def published(self, country: str) -> Mapping[int, Fraction]:  # noqa: ARG002
            return {year: Fraction(number) for year, number in index.items()}

    one, other, third = (data.draw(st.sampled_from(sorted(index))) for _ in range(3))
    there, back = Desk().deflator("CN", one, other), Desk().deflator("CN", other, one)
    assert there.factor == Fraction(index[other]) / Fraction(index[one])
    assert there.factor * back.factor == 1
    on = Desk().deflator("CN", other, third).factor
    assert there.factor * on == Desk().deflator("CN", one, third).factor


@given(st.lists(st.decimals(-99, 500, places=15), min_size=1, max_size=60))
def test_rates_of_inflation_are_chained_exactly(
    tmp_path_factory: pytest.TempPathFactory, rates: list[Decimal]
) -> None:
    years = range(1961, 1961 + len(rates))
    cells = "|".join(f"{rate:f}" for rate in rates)
    text = world_bank(INFLATION, " ".join(map(str, years)), f"CHN {cells}")
    prices = read(tmp_path_factory.getbasetemp(), text)
    grown = Fraction(1)
    for rate in rates:
        grown += grown * Fraction(rate) / 100
    assert prices.deflator("CN", 1960, years[-1]).factor == grown


@pytest.mark.parametrize(
    ("country", "year", "base", "known"),
    [
        ("CN", 2017, 2021, "no prices of CN in 2017; prices.csv has 2018 to 2019 and 2021"),
        ("CN", 2018, 2020, "no prices of CN in 2020; prices.csv has 2018 to 2019 and 2021"),
        ("CN", 2022, 2022, "no prices of CN in 2022; prices.csv has 2018 to 2019 and 2021"),
        ("US", 2015, 2017, "no prices of US in 2015; prices.csv has 2017, 2019 and 2021"),
        ("DE", 2019, 2021, "no prices of DE in 2019; prices.csv has no year of DE"),
    ],
)
def test_a_year_or_a_country_that_is_missing_is_named(
    tmp_path: Path, country: str, year: int, base: int, known: str
) -> None:
    prices = read(
        tmp_path, world_bank(INDEX, "2017 2018 2019 2020 2021", "CHN |1|2||3", "USA 1||2||3")
    )
    with pytest.raises(PriceNotFoundError) as error:
        prices.deflator(country, year, base)
    assert str(error.value) == known
    assert (error.value.country, error.value.year) in {(country, year), (country, base)}


def test_a_gap_in_rates_of_inflation_cuts_off_what_is_before(tmp_path: Path) -> None:
    text = world_bank(INFLATION, "2015 2016 2017 2018 2019 2020", "CHN 1|2||3||4")
    prices = read(tmp_path, text)
    assert prices.deflator("CN", 2019, 2020).factor == Fraction("1.04")
    with pytest.raises(PriceNotFoundError) as error:
        prices.deflator("CN", 2016, 2020)
    assert str(error.value) == (
        "no prices of CN in 2016; prices.csv has 2019 to 2020, as it has no rate of inflation of "
        "2019, which would lead further back"
    )


def test_deflator_wants_the_code_of_a_country(tmp_path: Path) -> None:
    prices = read(tmp_path, "country,year,index\nCN,2019,100\n")
    with pytest.raises(CountryError, match="did you mean CN"):
        prices.deflator("CHN", 2019, 2019)


@pytest.mark.parametrize("number", [Fraction(0), Fraction(-1), 1.5, Decimal(1)])
def test_number_of_a_source_of_ones_own_is_a_fraction_above_nothing(number: Any) -> None:
    class Desk(Prices):
        provider = "the desk"

        def published(self, country: str) -> Mapping[int, Fraction]:  # noqa: ARG002
            return {2019: Fraction(1), 2020: number}

    assert Desk().deflator("CN", 2019, 2019).factor == 1
    for years in [(2019, 2020), (2020, 2019)]:
        with pytest.raises(AmountError, match="as the desk's must be in 2020"):
            Desk().deflator("CN", *years)


def test_every_line_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "country,year,index\nCN,2019,100\nCHN,2019,100\nChina,2020,1\nCN,20,1\nCN,2021,0\n"
        "CN,2022,-1\nCN,2023,\nCN,2024\nCN,2025,1.2.3\nCN,2026,nan\nWLD,2021,1\n"
    )
    found = problems(tmp_path, text)
    assert [line.partition(":")[0] for line in found] == [str(line) for line in range(3, 13)]
    for line, problem in zip(
        found,
        [
            "2019 of CN stands in line 2 already", "did you mean CN?", "write four digits, such as 2021",
            "2021 of CN is '0', and an index is above 0", "2022 of CN is '-1', and an index is above 0",
            "2023 of CN has no index; write it, or leave the line out",
            "it has 2 cells, and the heading 3", "1.2.3", "nan", "use a code of ISO 3166 such as CN",
        ],
        strict=True,
    ):  # fmt: skip
        assert problem in line


def test_every_cell_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = world_bank(INFLATION, "2019 2020 2021", "CHN -100|x|-99.9", "USA 1|2|-101", "CHN |2|")
    assert problems(tmp_path, text) == [
        "6: 2019 of CN is '-100', and a rate of inflation is above -100",
        "6: 'x' is no amount: write digits with one decimal point at the most, such as 15.49",
        "7: 2021 of US is '-101', and a rate of inflation is above -100",
    ]
    text = world_bank(INDEX, "2019 2020", "CHN 1|0", "CHN 1|2", "USA -1|3")
    assert problems(tmp_path, text) == [
        "6: 2020 of CN is '0', and an index is above 0",
        "7: 2019 of CN stands in line 6 already",
        "8: 2019 of US is '-1', and an index is above 0",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: its heading is missing; write country, year, index, or keep the World Bank's"),
        ("a,b\n", "1: its heading is a, b; write country, year, index, or keep the World Bank's"),
        ("Country Code,2019\n",
         "1: its heading is country code, 2019; write country, year, index, or keep the World Bank's"),
        ("country,year,index,index\n", "1: its heading has index twice; leave one of them out"),
        (world_bank(INDEX, "2019 2019", "CHN 1|2"), "5: its heading has 2019 twice; leave one of them out"),
        (world_bank(INDEX, "2019 20x"), "5: its heading has 20x, which is no year"),
        (world_bank("FP.CPI.TOTL", "2019", "CHN 1"),
         "6: 'FP.CPI.TOTL' is none of the indicators NY.GDP.DEFL.ZS, NY.GDP.DEFL.KD.ZG"),
        (world_bank(INDEX, "2019", "CHN 1|2"), "6: it has 7 cells, and the heading 6"),
        ('country,year,index\n"CN,2019', "2: "),
    ],
)  # fmt: skip
def test_file_of_another_form_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith(problem)


def test_index_stated_by_two_bases_is_refused(tmp_path: Path) -> None:
    long = "country,year,index\nCN,2019,100\nCN,2020,102\nCN,2019,98\nCN,2020,100\n"
    assert problems(tmp_path, long) == [
        "4: 2019 of CN stands in line 2 already", "5: 2020 of CN stands in line 3 already",
    ]  # fmt: skip
    row = '"China","CHN","x","NY.GDP.DEFL.KD.ZG","3","4",\n'
    assert problems(tmp_path, world_bank(INDEX, "2019 2020", "CHN 1|2") + row) == [
        "7: 2019 of CN stands in line 6 already", "7: 2020 of CN stands in line 6 already",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "prices.csv"
    if content:
        path.write_bytes(content)
    with pytest.raises(FileError, match=r"prices\.csv: "):
        from_csv(path)
    with pytest.raises(FileError, match="names no file"):
        from_csv("")


def test_provider_is_the_files_name_unless_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("country,year,index\nCN,2019,100\nCN,2021,105\n", encoding="utf-8")
    deflator = from_csv(path, provider="World Bank").deflator("CN", 2019, 2021)
    assert deflator.provider == "World Bank"
    assert f"{deflator}" == "prices of CN in 2021 = 1.05 times those of 2019"
    assert deflator._repr_markdown_() == f"{deflator}, World Bank"
    alone = cp.Deflator("CN", 2019, 2021, Fraction(1))
    assert alone._repr_markdown_() == str(alone)
