import csv
import io
import json
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from html.parser import HTMLParser
from unicodedata import east_asian_width

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.messages import in_language
from commonprosperity.sentence import Sentence, shortened
from commonprosperity.table import (
    STYLE,
    Column,
    Kind,
    Link,
    Table,
    Unit,
    display_width,
    fold,
)
from commonprosperity.table.text import _narrowed

NAME, AMOUNT = Column("name"), Column("CNY", Kind.AMOUNT)
WHERE, SHARE = Column("where"), Column("share", Kind.SHARE)
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
        (["-2e9", "0"], "Amounts in billions", ["-2.000", "0"]),
        (["0"], "", ["0"]),
        (["50708000"], "Amounts in millions", ["50.708"]),
        (["-50708000", "999999999"], "Amounts in millions", ["-50.708", "1,000.000"]),
        (["1e6", "1e3"], "Amounts in thousands", ["1,000.000", "1.000"]),
        (["999"], "", ["999.00"]),
    ],
)
def test_amounts_are_in_the_unit_that_suits_them_all(
    amounts: list[str], caption: str, shown: list[str]
) -> None:
    lines = of_amounts(*amounts).text().splitlines()
    assert [line.split()[-1] for line in lines[-len(shown) :]] == shown
    assert lines[0] == (caption or "Name" + lines[0][4:])


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        (["104.169e9", "50.708e6"], ["104.1690", "0.0507"]),
        (["104.169e9", "50e6"], ["104.169", "0.050"]),
        (["104.169e9", "51e6"], ["104.169", "0.051"]),
        (["104.169e9", "0.1005e9"], ["104.169", "0.100"]),
        (["1e9", "99.95e6"], ["1.0000", "0.1000"]),
        (["1e9", "50e6", "50.708e6"], ["1.0000", "0.0500", "0.0507"]),
        (["5", "0.0123"], ["5.0000", "0.0123"]),
        (["5", "0.001"], ["5.000", "0.001"]),
        (["5", "0.5"], ["5.00", "0.50"]),
        (["5", "0.12345"], ["5.000", "0.123"]),
    ],
)
def test_a_small_amount_beside_large_ones_keeps_three_of_its_digits(
    amounts: list[str], shown: list[str]
) -> None:
    lines = of_amounts(*amounts).text().splitlines()
    assert [line.split()[-1] for line in lines[-len(shown) :]] == shown


@given(
    st.lists(
        st.builds(
            lambda digits, power: Decimal((0, (*map(int, str(digits)),), power)),
            st.integers(1, 10**9), st.integers(-12, 15),
        ),
        min_size=1, max_size=6,
    ),
    st.sampled_from(["en", "zh_CN"]),
)  # fmt: skip
def test_no_amount_loses_more_than_what_is_after_its_third_digit(
    amounts: list[Decimal], locale: str
) -> None:
    with localcontext(Context(prec=3)):
        text = of_amounts(*amounts).text(locale=locale)
    units = {"billions": 9, "millions": 6, "thousands": 3, "亿": 8, "万": 4}
    power = next((power for unit, power in units.items() if unit in text.splitlines()[0]), 0)
    cells = [line.split()[-1].replace(",", "") for line in text.splitlines()[-len(amounts) :]]
    for cell, amount in zip(cells, map(Fraction, amounts), strict=True):
        assert abs(Fraction(cell) * 10**power - amount) <= amount * 5 / 1000
    assert len({len(cell.partition(".")[2]) for cell in cells}) == 1


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


def test_a_share_that_is_not_nothing_is_not_shown_as_nothing() -> None:
    shares = [Fraction(5, 10_000), Fraction(51, 100_000), Fraction(0), Fraction(-1, 10_000)]
    table = Table([SHARE], [[share] for share in shares])
    assert table.text().splitlines()[-4:] == [" <0.1 %", "  0.1 %", "  0.0 %", ">-0.1 %"]
    assert "<td" in table.html()
    assert "&lt;0.1 %" in table.html()


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


def test_folding_is_after_a_space_a_hyphen_or_a_slash() -> None:
    table = Table([NAME], [["tencent-common wealth/2021-08"]])
    assert table.text(10).splitlines()[2:] == ["tencent-", "common", "wealth/", "2021-08"]


def test_words_stay_whole_as_long_as_the_table_fits() -> None:
    table = Table([NAME, Column("note")], [["Pinduoduo", "a b c d e f g"]])
    assert table.text(20).splitlines()[2:] == ["Pinduoduo  a b c d e", "           f g"]
    assert table.text(18).splitlines()[2:] == ["Pinduoduo  a b c d", "           e f g"]
    longer = Table([NAME, Column("note")], [["Pinduoduo", "eight by eight eight"]])
    assert longer.text(19).splitlines()[2:] == [
        "Pinduoduo  eight by",
        "           eight",
        "           eight",
    ]
    assert longer.text(18).splitlines()[2:] == [
        "Pinduodu  eight by",
        "o         eight",
        "          eight",
    ]


def test_word_of_sixteen_characters_stays_whole_and_a_longer_one_gives() -> None:
    def lines(length: int) -> list[str]:
        return Table([NAME, Column("note")], [["a" * length, "bbbbbbbb " * 3]]).text(26).split("\n")

    assert any(line.startswith("a" * 16 + "  ") for line in lines(16))
    assert not any(line.startswith("a" * 17) for line in lines(17))


def texts(*rows: list[str]) -> Table:
    return Table([Column(f"c{at}") for at, _ in enumerate(rows[0])], rows)


def test_what_folding_leaves_over_goes_to_columns_that_it_unfolds() -> None:
    row = ["alibaba-ten-actions", "mean of 2021-04", "Dot Stand"]
    lines = texts(row).text(38).splitlines()
    assert lines[2:] == ["alibaba-ten-  mean of  Dot Stand", "actions       2021-04"]
    # Seven places are left over, which the id lacks.
    lines = texts(row).text(39).splitlines()
    assert lines[2:] == ["alibaba-ten-actions  mean of  Dot Stand", " " * 21 + "2021-04"]
    lines = texts(row).text(46).splitlines()
    assert lines[2:] == ["alibaba-ten-  mean of 2021-04  Dot Stand", "actions"]
    assert texts(row).text(47).splitlines()[2:] == ["  ".join(row)]
    # Eight are left over: what the rate lacks, and more than the source lacks, which goes first.
    table = texts(["mean of 2021-04", "Dot Dot Stand", "alibaba-ten-actions"])
    assert table.text(34).splitlines()[2].startswith("mean of  Dot Dot Stand  alibaba-")


@given(
    st.lists(
        st.lists(st.sampled_from(["Acme", "mean of 2021-04", "Dot Dot Stand", "a-b-c 腾讯"]), min_size=3, max_size=3),
        min_size=1, max_size=4,
    ),
    st.integers(28, 60),
)  # fmt: skip
def test_unfolded_columns_keep_the_table_within_its_width(
    rows: list[list[str]], width: int
) -> None:
    lines = texts(*rows).text(width).splitlines()
    assert max(map(columns_taken, lines)) <= width


def test_a_word_breaks_only_where_the_table_then_fits() -> None:
    names = texts(["Pinduoduo", "disbursement", "Foundations"])
    assert "Pinduoduo  disbursement  Foundations" in names.text(36)
    # One column gives way for all, the one that has most to give.
    assert "Pinduoduo  disbursemen  Foundations" in names.text(35)
    assert "Pinduoduo  disburse  Foundation" in names.text(31)
    assert "Pinduodu  disburse  Foundati" in names.text(28)
    # It is too wide in any case.
    assert "Pinduoduo  disbursement  Foundations" in names.text(27)


def test_of_equal_columns_the_last_one_gives_way() -> None:
    assert "Pinduoduo  Pinduodu" in texts(["Pinduoduo", "Pinduoduo"]).text(19)


def test_a_date_is_not_folded() -> None:
    assert fold("known on 2021-08-18, or 2021-09", 13) == ["known on", "2021-08-18,", "or 2021-09"]
    assert fold("plan-2021-b2", 6) == ["plan-", "2021-", "b2"]


def test_headings_of_numbers_are_folded() -> None:
    table = Table([NAME, Column("paid by others", Kind.AMOUNT)], [["Tencent", Decimal(5)]])
    assert table.text(16).splitlines() == [
        "Name     Paid by", "          others", "-------  -------", "Tencent     5.00",
    ]  # fmt: skip


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
        self.attributes: set[tuple[str, str | None]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= set(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Parsed:
    parser = Parsed()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_every_text(text: str) -> None:
    table = Table([Column(text), AMOUNT], [[text, Decimal(1)]], [[text, None]], title=text)
    page = parsed(table.html(style=False))
    assert page.tags == {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert page.attributes == {
        ("class", "commonprosperity tex2jax_ignore mathjax_ignore"), ("scope", "col"),
        ("scope", "row"), ("style", "text-align: right"),
    }  # fmt: skip
    assert page.text.count(text[1:]) == 4


def test_html_without_a_caption_or_totals_has_none() -> None:
    assert parsed(Table([NAME], [["a"]]).html(style=False)).tags == {
        "table", "thead", "tbody", "tr", "th",
    }  # fmt: skip


def test_html_has_its_style_before_it_or_not() -> None:
    table = Table([NAME], [["a"]])
    assert table.html() == STYLE + table.html(style=False)
    assert STYLE.startswith("<style>")
    rules = STYLE.removeprefix("<style>").removesuffix("</style>\n").strip().splitlines()
    assert all(rule.startswith("table.commonprosperity") for rule in rules)
    assert len(STYLE) < 1_500


def test_html_names_its_columns_and_rows() -> None:
    html = Table([NAME, AMOUNT], [["腾讯", Decimal(10**9)]], title="sums").html(style=False)
    assert "<caption>Sums<br><small>Amounts in billions</small></caption>" in html
    assert '<th scope="col">Name</th><th scope="col" style="text-align: right">CNY</th>' in html
    assert '<th scope="row">腾讯</th><td style="text-align: right">1.000</td>' in html


def test_row_that_starts_with_a_number_has_no_heading() -> None:
    assert 'scope="row"' not in Table([AMOUNT, NAME], [[Decimal(1), "a"]]).html()


def test_html_draws_a_bar_for_a_share_but_not_for_the_whole() -> None:
    shares = [Fraction(1, 3), Fraction(0), Fraction(3, 2), Fraction(-1, 2), None]
    html = Table([SHARE], [[share] for share in shares], [[Fraction(1)]]).html(style=False)
    assert html.count("<i ") == 1
    assert '<i style="background-size: 33.3% 100%"></i>33.3 %' in html


def test_link_leads_to_the_web_and_nowhere_else() -> None:
    urls = ["https://a.org/?x=1&y='\"<", "javascript:alert(1)", "data:text/html,x", "//a.org", ""]
    table = Table([WHERE], [[Link("there", url)] for url in urls])
    html = table.html(style=False)
    assert html.count("there") == len(urls)
    assert html.count("<a ") == 1
    assert '<a href="https://a.org/?x=1&amp;y=&#x27;&quot;&lt;" rel="noreferrer">there</a>' in html
    assert table.markdown().count("](") == 1
    assert "[there](<https://a.org/?x=1&amp;y='%22%3C>)" in table.markdown()
    assert table.text().split() == ["Where", "-----", *["there"] * len(urls)]


def test_link_is_written_with_its_address() -> None:
    table = Table([WHERE], [[Link("Paper", "https://a.org")]])
    assert table.csv() == "where\nPaper <https://a.org>"
    assert json.loads(table.json())["rows"] == [{"where": "Paper <https://a.org>"}]


def test_amount_without_an_end_is_shown_as_such() -> None:
    table = of_amounts("1e9", "Infinity")
    assert [line.split()[-1] for line in table.text().splitlines()[-2:]] == ["1.000", "∞"]
    assert table.csv().splitlines()[-1] == "x,Infinity"
    assert of_amounts("Infinity").text().splitlines()[0].startswith("Name")


def test_note_stands_below_in_every_form_on_a_screen() -> None:
    table = Table([NAME, AMOUNT], [["a", Decimal(1)]], note="and <9> more")
    assert table.text().splitlines()[-1] == "and <9> more"
    assert table.markdown().endswith("\n\nand \\<9\\> more")
    foot = '<tfoot>\n<tr><td colspan="2"><small>and &lt;9&gt; more</small></td></tr>\n</tfoot>'
    assert foot in table.html()


def test_column_that_is_empty_throughout_is_left_out_on_a_screen_and_kept_for_programs() -> None:
    columns = [NAME, Column("note"), AMOUNT, Column("sum", Kind.AMOUNT)]
    table = Table(columns, [["a", None, Decimal(1), None]], [["all", None, None, Decimal(2)]])
    assert table.text().split()[:3] == ["Name", "CNY", "Sum"]
    assert table.markdown().startswith("| Name | CNY | Sum |")
    assert table.html().count('<th scope="col"') == 3
    assert table.csv() == "name,note,CNY,sum\na,,1,"
    assert list(json.loads(table.json())["rows"][0]) == ["name", "note", "CNY", "sum"]


def test_title_of_a_table_without_rows_stands_alone() -> None:
    table = Table([NAME, AMOUNT], [], title="nothing found")
    assert (table.text(), table.markdown()) == ("Nothing found", "Nothing found")
    assert "<caption>Nothing found</caption>" in table.html(style=False)
    assert Table([NAME, AMOUNT], []).text().startswith("Name")
    assert Table([NAME, AMOUNT], [[None, None]], title="blank").text().startswith("Blank\n\nName")


def test_first_rows_say_how_many_more_there_are() -> None:
    table = Table([NAME], [[str(number)] for number in range(1_200)], [["all"]], title="sums")
    cut = table.first(5)
    assert cut.rows == (("0",), ("1",), ("2",), ("3",), ("4",))
    assert (cut.note, cut.totals, cut.title) == ("and 1,195 more", table.totals, table.title)
    assert table.first(1_200) is table
    assert attrs.evolve(table, note="so").first(1_199).note == "and 1 more; so"
    assert (table._repr_html_(), table._repr_markdown_()) == (
        table.first(100).html(), table.first(100).markdown(),
    )  # fmt: skip


def test_units_are_said_in_the_words_of_the_caller() -> None:
    units = [Unit("单位:亿元", 8), Unit("单位:万元", 4)]
    table = Table(
        [Column("公司"), Column("金额", Kind.AMOUNT)], [["腾讯", Decimal(10**11)]], units=units
    )
    assert table.text().splitlines()[0] == "单位:亿元"
    assert table.text().split()[-1] == "1,000.000"
    assert "<caption><small>单位:亿元</small></caption>" in table.html()
    everything = table.html(style=False) + table.text() + table.markdown()
    assert "mount" not in everything
    assert Table([AMOUNT], [[Decimal(10**9)]], units=[]).text().split() == [
        "CNY", "----------------", "1,000,000,000.00",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_characters_that_act_unseen_are_shown_as_a_mark(form: str) -> None:
    acting = "a\x1b[2Jb\x00c\u202ed\u2066e\ud800f"
    table = Table(
        [Column(acting)],
        [[acting], [Link(acting, "https://a.org/\u202e")]],
        title=acting,
        note=acting,
    )
    shown = getattr(table, form)()
    assert shown.count("�") == 5 * 5
    assert not set(shown) & set("\x1b\x00\u202e\u2066\ud800")
    assert "](" not in shown
    assert "<a " not in shown


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "\x85", "\u2028"])
def test_text_of_several_lines_is_on_one(space: str) -> None:
    table = Table([NAME], [[f"a{space}b"]])
    assert "a b" in table.text().replace("  ", " ")
    assert len(table.markdown().splitlines()) == 3


@pytest.mark.parametrize(
    "title", ["# a", "- a", "+ a", "---", "- - -", "1. a", "2) a", "    a", "> a", "=", "-", "* a"]
)
def test_markdown_title_is_a_paragraph(title: str) -> None:
    from markdown_it import MarkdownIt

    html = (
        MarkdownIt("commonmark")
        .enable("table")
        .render(Table([NAME], title=title, rows=[["a"]]).markdown())
    )
    assert html.startswith("<p>")
    assert parsed(html.partition("<table>")[0]).text.strip() == title.strip()


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


LONG = "".join(f"{at:05}" for at in range(4_000))
FIRST = LONG[:300]
FORMS = ["text", "html", "markdown"]


@pytest.mark.parametrize("form", FORMS)
def test_long_text_shows_its_start_and_how_much_more_there_is(form: str) -> None:
    table = Table([NAME, Column(LONG)], [[LONG, None]], [["all", LONG]], title=LONG, note=LONG)
    shown: str = getattr(table, form)()
    assert shown.count(f"{FIRST}… and 19,700 more characters") == 5
    assert LONG[:301] not in shown
    whole: str = getattr(attrs.evolve(table, whole=True), form)()
    assert whole.count(LONG) == 2


@pytest.mark.parametrize("form", FORMS)
def test_text_that_is_hardly_longer_is_shown_whole(form: str) -> None:
    for length in (300, 330):
        assert LONG[:length] in getattr(Table([NAME], [[LONG[:length]]]), form)()
    assert "… and 31 more characters" in getattr(Table([NAME], [[LONG[:331]]]), form)()


def test_notebook_shows_the_start_of_a_long_text_of_a_record() -> None:
    company = cp.Company(id="acme", name=LONG, note="腾" * 1_000)
    for form in (company._repr_html_(), company._repr_markdown_()):
        assert FIRST + "… and 19,700 more characters" in form
        assert "腾" * 300 + "… and 700 more characters" in form
        assert LONG[:301] not in form


def test_record_alone_shows_all_of_a_long_text() -> None:
    company = cp.Company(id="acme", name=LONG)
    in_full = "".join(line[9:] for line in str(company).splitlines())
    assert LONG in in_full
    assert LONG in company.table().html()
    assert LONG in company.table().markdown()
    assert repr(company) == f"Company(id='acme', name='{LONG}')"


def test_exports_never_cut_a_text() -> None:
    table = Table([NAME, Column(LONG)], [[LONG, Link(LONG, f"https://a.org/{LONG}")]])
    assert json.loads(table.json())["rows"][0]["name"] == LONG
    assert f"{LONG} <https://a.org/{LONG}>" in table.csv()
    assert table.csv().startswith(f"name,{LONG}\n")


def test_address_longer_than_browsers_take_is_a_text() -> None:
    address = "https://a.org/".ljust(2_000, "a")
    assert Link("a", address).is_web
    assert not Link("a", f"{address}a").is_web
    assert len(Table([NAME], [[Link("a", f"{address}a")]]).html(style=False)) < 500


def test_rest_of_a_long_text_is_told_in_chinese() -> None:
    say = in_language("zh_CN")
    assert shortened(LONG, say) == FIRST + "……另有19,700个字符"
    told = Sentence("{id} says no source", id=LONG)
    assert told == FIRST + "… and 19,700 more characters says no source"
    assert say(told) == FIRST + "……另有19,700个字符 未注明来源"


@pytest.mark.parametrize("unit", ["a", "腾", "a ", "腾/", "e\u0301", "👩\u200d🚀", "-", " ", "🇨🇳"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_long_text_is_shown_whole(unit: str, form: str) -> None:
    # It ends: with the square of the length, 200,000 characters would take an hour.
    text = unit * (200_000 // len(unit))
    table = Table([NAME, Column("fact")], [["note", text], ["id", "a"]], whole=True)
    written = table.text(80) if form == "text" else getattr(table, form)()
    assert len(written) >= len(text.strip())


def test_million_characters_of_a_record_are_shown() -> None:
    company = cp.Company(id="acme", name="A" * 1_000_000)
    assert str(company).count("A") >= 1_000_000


EMOJI = ["👍", "👍🏽", "❤\ufe0f", "👩\u200d🚀", "👨\u200d👩\u200d👧", "🇨🇳", "🇨🇳🇫🇷", "1\ufe0f\u20e3", "❤"]  # fmt: skip


@given(
    st.lists(st.sampled_from([*EMOJI, *"a腾é-　ｱ가", "e\u0301", "ก็", "\u1112\u1161"]), max_size=9)
)
def test_widths_are_those_of_terminals(characters: list[str]) -> None:
    wcwidth = pytest.importorskip("wcwidth")
    assert display_width("".join(characters)) == wcwidth.wcswidth("".join(characters))


@given(st.lists(st.sampled_from([*EMOJI, "a", "腾", "e\u0301"]), min_size=1, max_size=40))
def test_folding_keeps_what_is_one_character_on_screen_together(characters: list[str]) -> None:
    lines = fold("".join(characters), 4)
    assert "".join(lines) == "".join(characters)
    assert max(map(display_width, lines)) <= 4
    assert not any(line.startswith(("\u0301", "\u200d", "\ufe0f", "🏽")) for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("   ", [""]),
        ("abcd ", ["abcd"]),
        ("abcde", ["abcd", "e"]),
        ("abcdefgh ij", ["abcd", "efgh", "ij"]),
        ("ab cdefghi", ["ab", "cdef", "ghi"]),
        ("abc  d", ["abc", "d"]),
        ("a bcd", ["a", "bcd"]),
        ("a-bcd", ["a-", "bcd"]),
        ("腾讯公", ["腾讯", "公"]),
        ("a腾讯", ["a腾", "讯"]),
        ("万46", ["万46"]),
        ("万4亿", ["万4", "亿"]),
        ("万463", ["万", "463"]),
        ("万0.9亿", ["万", "0.9", "亿"]),
        ("万1,2", ["万", "1,2"]),
        ("万12345", ["万", "1234", "5"]),
        ("ab463", ["ab46", "3"]),
        ("12345", ["1234", "5"]),
    ],
)
def test_text_is_folded_to_four_places(text: str, lines: list[str]) -> None:
    assert fold(text, 4) == lines


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=5),
    st.integers(1, 100),
)
def test_the_widest_column_gives_first(columns: list[tuple[int, int]], room: int) -> None:
    widths, least = map(list, zip(*columns, strict=True))
    expected = [*widths]
    while sum(expected) > room:
        giving = [at for at, wide in enumerate(expected) if wide > least[at]]
        if not giving:
            break
        expected[max(giving, key=lambda at: expected[at])] -= 1
    assert _narrowed(widths, least, room) == expected
