import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity.table import Column, Kind, Table

NAME, AMOUNT = Column("name"), Column("CNY", Kind.AMOUNT)
HOSTILE = [
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "&lt;b&gt;", "a|b", "[a](b)",
    "`code`", "**bold**", "$x$", "~~gone~~", "back\\slash", "<!-- comment -->",
]  # fmt: skip


def of_amounts(*amounts: object) -> Table:
    return Table([NAME, AMOUNT], [["x", Decimal(str(amount))] for amount in amounts])


def columns_taken(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize(
    ("amounts", "caption", "shown"),
    [
        (["1e9", "1e7"], "Amounts in billions", ["1.000", "0.010"]),
        (["1e9", "9999999"], "Amounts in millions", ["1,000.000", "10.000"]),
        (["1e9", "1e4"], "Amounts in millions", ["1,000.000", "0.010"]),
        (["1e9", "9999"], "Amounts in thousands", ["1,000,000.000", "9.999"]),
        (["1e9", "10"], "Amounts in thousands", ["1,000,000.000", "0.010"]),
        (["1e9", "9.99"], "", ["1,000,000,000.00", "9.99"]),
        (["-2e9", "0"], "Amounts in billions", ["-2.000", "–"]),
        (["0"], "", ["–"]),
    ],
)
def test_amounts_are_in_the_unit_that_suits_them_all(
    amounts: list[str], caption: str, shown: list[str]
) -> None:
    lines = of_amounts(*amounts).text().splitlines()
    assert [line.split()[-1] for line in lines[-len(shown) :]] == shown
    assert lines[0] == (caption or "Name" + lines[0][4:])


def test_totals_count_for_the_unit_and_stand_below_a_rule() -> None:
    table = Table([NAME, AMOUNT], [["a", Decimal(10**9)]], [["all", Decimal(10)]], title="sums")
    assert table.text() == (
        "Sums, amounts in thousands\n\n"
        "Name            CNY\n----  -------------\na     1,000,000.000\n----  -------------\n"
        "all           0.010"
    )


def test_shares_and_rates_are_shown_short_and_written_long() -> None:
    columns = [Column("share", Kind.SHARE), Column("rate", Kind.RATE)]
    table = Table(columns, [[Fraction(1, 3), Fraction("7.6503") / Fraction("1.1846")]])
    assert table.text().splitlines()[-1].split() == ["33.3", "%", "6.45813"]
    assert table.csv().splitlines()[-1] == "0.333333333333,6.458129326355"


def test_missing_values_are_blank() -> None:
    table = Table([NAME, AMOUNT], [[None, None]])
    assert table.text().endswith("---\n")
    assert json.loads(table.json())["rows"] == [{"name": None, "CNY": None}]
    assert table.csv() == "name,CNY\n,"


@given(st.lists(st.text("腾讯Aé 0-", max_size=12), min_size=1, max_size=5))
def test_every_column_starts_at_the_same_place_on_screen(names: list[str]) -> None:
    table = Table([NAME, Column("end")], [[name, "|"] for name in names])
    ends = {columns_taken(line) for line in table.text().splitlines() if line.endswith("|")}
    assert len(ends) == 1


def test_marks_that_take_no_column_are_counted_as_none() -> None:
    table = Table([NAME, Column("end")], [["e\u0301\u200b", "|"], ["e", "|"]])
    combined, plain = table.text().splitlines()[-2:]
    assert len(combined) == len(plain) + 2


@given(st.lists(st.text("ab 腾讯-", max_size=30), min_size=1, max_size=4), st.integers(20, 60))
def test_folding_keeps_to_the_width_and_every_character(names: list[str], width: int) -> None:
    table = Table([NAME, Column("note")], [[name, "x y"] for name in names])
    lines = table.text(width).splitlines()
    assert max(map(columns_taken, lines)) <= width
    told = "".join("".join(line.split()) for line in lines)
    assert sorted(told.replace("-", "")) == sorted(
        "".join(f"Name{''.join(names)}Note{'xy' * len(names)}".split()).replace("-", "")
    )


def test_folding_is_after_a_space_or_a_hyphen() -> None:
    table = Table([NAME], [["tencent-common wealth"]])
    assert table.text(10).splitlines()[2:] == ["tencent-", "common", "wealth"]


def test_numbers_are_never_folded() -> None:
    assert "999,999.99" in of_amounts("999999.99", "1").text(5)


def test_markdown_is_a_table_and_its_totals_are_bold() -> None:
    table = Table([NAME, AMOUNT], [["a", Decimal(10**9)]], [["all", None]], title="sums")
    assert table.markdown() == (
        "Sums, amounts in billions\n\n| Name | CNY |\n| --- | ---: |\n| a | 1.000 |\n| **all** |  |"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_as_it_is(text: str) -> None:
    from markdown_it import MarkdownIt

    table = Table([Column("name")], [[text]], title=text)
    html = MarkdownIt().enable(["table", "strikethrough"]).render(table.markdown())
    assert html.count("<td>") == 1
    assert parsed(html).tags <= {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert text in parsed(html).text


class Parsed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert dict(attrs) in ({}, {"scope": "col"}, {"style": "text-align: right"})

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Parsed:
    parser = Parsed()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_every_text(text: str) -> None:
    table = Table([Column(text), AMOUNT], [[text, Decimal(1)]], [[text, None]], title=text)
    page = parsed(table.html())
    assert page.tags == {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert page.text.count(text[1:]) == 4


def test_html_without_a_caption_or_totals_has_none() -> None:
    assert parsed(Table([NAME], [["a"]]).html()).tags == {
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


def test_notebooks_are_given_html_and_markdown() -> None:
    table = of_amounts("5")
    assert table._repr_html_() == table.html()
    assert table._repr_markdown_() == table.markdown()
    assert str(table) == table.text()


def test_csv_runs_no_text_as_a_formula_and_leaves_numbers() -> None:
    texts = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", "\rx", "-5.5", "a=b"]
    rows = list(csv.reader(io.StringIO(Table([NAME], [[text] for text in texts]).csv())))
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'+1", "'-1+2", "'@SUM(A1)", "'\tx", "' x", "-5.5", "a=b",
    ]  # fmt: skip


def test_json_and_csv_hold_amounts_in_full() -> None:
    table = Table([NAME, AMOUNT], [["腾讯", Decimal("1.549E+10")]], [["all", Decimal("0.10")]])
    assert json.loads(table.json()) == {
        "title": "",
        "rows": [{"name": "腾讯", "CNY": "15490000000"}],
        "totals": [{"name": "all", "CNY": "0.10"}],
    }
    assert table.csv() == "name,CNY\n腾讯,15490000000"


def test_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        Table([NAME, AMOUNT], [["a"]]).text()
