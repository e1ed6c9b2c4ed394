"""Random tables: what `read` makes of them is what one makes by hand, and a row fails alone too."""

import csv
import io
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.flat import Drafts, Row, Spelling, word_of_totals
from commonprosperity.sentence import Sentence

# What a cell says, as texts that fields of records take.
COMPANIES = {
    "Acme": "acme",
    "腾讯": "腾讯",
    "Nestle\u0301": "nestlé",
    "Nestl\u00e9": "nestlé",
    "Save Us\nLtd.": "save-us-ltd",
}
NAMES = {"acme": "Acme", "腾讯": "腾讯", "nestlé": "Nestlé", "save-us-ltd": "Save Us Ltd."}
INITIATIVES = {"Giving Day": "giving-day", "99-Day": "99-day"}
SOURCES = {
    "The Paper": ("the-paper", "The Paper", None),
    "https://x.org/1": ("https-x-org-1", "https://x.org/1", "https://x.org/1"),
}
AMOUNTS: dict[tuple[str, str], dict[str, str]] = {
    ("5", "CNY"): {"amount": "5 CNY"},
    ("1234567.80", "JPY"): {"amount": "1234567.80 JPY"},
    ("0.5E+10", "USD"): {"amount": "5E+9 USD"},
    ("2.50 million", "EUR"): {"amount": "2.50 million EUR"},
    ("up to US$5.5 billion", ""): {"amount": "5.5 billion USD", "qualifier": "up_to"},
    ("5-10亿元", ""): {"amount": "5E+8 CNY", "high": "10E+8 CNY"},
}
WORDS = {
    "stage": {"pledge": "pledge", "已拨付": "disbursement", "commitment": "commitment"},
    "instrument": {"cash": "cash", "股份": "shares", "in_kind": "in_kind"},
    "announced": {"2021": "2021", "2021-09-02": "2021-09-02", "2021年9月": "2021-09"},
    "value_date": {"2021-08-18": "2021-08-18", "August 2021": "2021-08"},
    "spend": {"2022/2024": "2022/2024"},
    "equivalents": {"3 GBP; 20 million CHF": "3 GBP; 20 million CHF"},
    "recipient": {"UNICEF": "UNICEF", "Total Care": "Total Care"},
    "note": {
        "two\r\nlines": "two lines", "two\nlines": "two lines", 'a "note", in full': 'a "note", in full',
        " kept ": " kept ", "e\u0301": "é", "'=1": "=1",
    },
    "tags.sector": {"Health": "Health"},
}  # fmt: skip
NAMED: dict[str, dict[str, Any]] = {
    "company": COMPANIES, "initiative": INITIATIVES, "source": SOURCES
}  # fmt: skip
REQUIRED = {"company", "announced"}


def cells(column: str) -> st.SearchStrategy[str]:
    """Draw a cell of a column: one that says something, in spaces or not, or a blank."""
    known = st.sampled_from([*{**NAMED, **WORDS}[column]])
    if column not in {"note", "recipient"}:  # which keep their spaces
        known = known | known.map(" {} ".format) | known.map("{}\t".format)
    return known if column in REQUIRED else known | st.sampled_from(["", " "])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]]]:
    """Draw columns in any order, and rows; all of them have ids, or none has."""
    optional = draw(st.sets(st.sampled_from([*{**NAMED, **WORDS}.keys() - REQUIRED, "id"])))
    columns = draw(st.permutations(sorted({*REQUIRED, "amount", "currency", *optional})))
    rows = []
    for at in range(draw(st.integers(1, 5))):
        amount, currency = draw(st.sampled_from([*AMOUNTS]))
        fixed = {"id": f"p{at}", "amount": amount, "currency": currency}
        rows.append(
            {name: fixed.get(name) or draw(cells(name)) for name in columns if name != "currency"}
        )
        rows[-1]["currency"] = currency
    return columns, rows


def by_hand(row: dict[str, str], numbers: Counter[str]) -> cp.Pledge:
    """Make the pledge of a row as one would without `read`."""
    said = {
        name: cell if name == "note" else cell.strip() for name, cell in row.items() if cell.strip()
    }
    fields: dict[str, Any] = {**AMOUNTS[said.pop("amount"), said.pop("currency", "")]}
    company = COMPANIES[row["company"].strip()]
    numbers[company] += 1
    fields["id"] = said.get("id", f"{company}-{numbers[company]}")
    for name, words in WORDS.items():
        if name in said:
            fields[name] = words[said[name]]
    for name, known in NAMED.items():
        if name in said:
            id_ = known[said[name]]
            fields[name] = id_[0] if name == "source" else id_
    if "equivalents" in fields:
        fields["equivalents"] = fields["equivalents"].split("; ")
    if "tags.sector" in fields:
        fields["tags"] = {"sector": fields.pop("tags.sector")}
    return cp.Pledge(**fields)


@given(
    tables(),
    st.fixed_dictionaries(
        {
            "delimiter": st.sampled_from(",;\t"),
            "lineterminator": st.sampled_from(["\n", "\r\n", "\n\n"]),
            "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        }
    ),
)
def test_pledges_of_a_table_are_those_that_one_makes_by_hand(
    table: tuple[list[str], list[dict[str, str]]], form: dict[str, Any]
) -> None:
    columns, rows = table
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, **form)
    writer.writeheader()
    writer.writerows(rows)
    dataset = cp.read(io.BytesIO(file.getvalue().encode()), format="csv")
    numbers: Counter[str] = Counter()
    expected = [by_hand(row, numbers) for row in rows]
    assert [*map(repr, dataset.pledges)] == [*map(repr, expected)]
    companies = {pledge.company: NAMES[pledge.company] for pledge in expected}
    assert {(c.id, c.name, c.aliases) for c in dataset.companies} == {
        (*named, ()) for named in companies.items()
    }
    assert {(s.id, s.title, s.url) for s in dataset.sources} == {
        SOURCES[row["source"].strip()] for row in rows if row.get("source", "").strip()
    }


def test_last_cell_of_a_file_may_have_lines_and_no_line_end() -> None:
    table = b'company,amount,announced,note\nAcme,5 CNY,2021,"two\nlines"'
    (pledge,) = cp.read(io.BytesIO(table), format="csv")
    assert pledge.note == "two lines"


def test_two_unicode_forms_of_a_name_are_one_spelling_of_it() -> None:
    table = "company,amount,announced\nNestle\u0301,5 CNY,2021\nNestl\u00e9,6 CNY,2021\n"
    (company,) = cp.read(io.StringIO(table), format="csv").companies
    assert (company.name, company.aliases) == ("Nestl\u00e9", ())


def test_first_cell_of_a_row_may_say_total_in_any_column() -> None:
    assert word_of_totals({"note": "Total", "amount": "9"}) == "Total"
    assert word_of_totals({"amount": "9", "note": "Total"}) is None


def test_note_of_a_whole_pledge_may_speak_of_totals_in_the_first_column() -> None:
    row = {"note": "Grand total in 合计", "company": "Acme", "amount": "9", "announced": "2021"}
    assert word_of_totals(row) is None
    assert word_of_totals({**row, "recipient": "Subtotal"}) == "Subtotal"
    for column in ("company", "announced"):
        assert word_of_totals({**row, column: ""}) == row["note"]
    assert word_of_totals({"tags.region": "Subtotal Asia", **row}) == "Subtotal Asia"


def test_row_with_the_id_of_another_keeps_its_own_faults() -> None:
    cells = {"id": "a", "company": "Acme", "amount": "5 CNY", "announced": "2021"}
    rows = [Row(2, cells), Row(3, cells, {"note": Sentence("has the error #N/A")})]
    drafts = Drafts.of(rows, "row {}".format, Spelling())
    assert [(fault.field, fault.place) for fault in drafts.faults] == [
        ("note", "row 3"),
        ("id", "row 3"),
    ]


def test_word_that_is_not_chinese_is_told_the_english_ones() -> None:
    (fault,) = faults([{**GOOD, "id": "a", "stage": "zugesagt für 2021"}])
    assert "is none of pledge, commitment, disbursement" in fault


GOOD = {"id": "", "company": "Acme", "amount": "5", "currency": "CNY", "announced": "2021"}
FAULTY = [
    {}, {"company": ""}, {"company": "!!!"}, {"company": "Total"}, {"company": "Total", "announced": ""},
    {"amount": "x"}, {"amount": "-5"}, {"amount": ""}, {"currency": "RMB"}, {"currency": ""},
    {"announced": "soon"}, {"announced": "2021-02-30", "amount": "1.2.3"}, {"stage": "paid", "note": "\x1b"},
    {"stage": "承诺", "qualifier": "至少"}, {"recipient": "合计"}, {"high": "4"}, {"high": "about 9"},
    {"equivalents": "5 CNY"}, {"equivalents": "5"}, {"part_of": "zzzzzz"}, {"qualifier": "about", "amount": "up to 5"},
    {"announced_start": "2021-02-01"}, {"spend_end": "2021"}, {"tags.sector": "\x1b"}, {"pooled": "yes"},
    {"url": "ftp://x"}, {"initiative": "...", "source": "-"}, {"": "beside"},
]  # fmt: skip
HEADINGS = [*GOOD, *sorted({name for row in FAULTY for name in row} - {*GOOD, ""})]


def faults(rows: list[dict[str, str]], first_line: int = 2) -> list[str]:
    """Read rows, each of which is faulty or not, and return their faults, by their lines."""
    lines = [",".join(HEADINGS), *[""] * (first_line - 2)]
    lines += (",".join(row.get(name, "") for name in (*HEADINGS, "")) for row in rows)
    try:
        cp.read(io.BytesIO("\n".join(lines).encode()), format="csv")
    except cp.errors.FileError as error:
        return [*map(str, error.faults)]
    return []


@given(st.lists(st.sampled_from(FAULTY), max_size=5, unique_by=repr))
def test_faults_of_a_table_are_those_of_each_row_alone(drawn: list[dict[str, str]]) -> None:
    rows = [{**GOOD, "id": f"row{at}", **row} for at, row in enumerate(drawn)]
    told = faults(rows)
    alone = [fault for at, row in enumerate(rows, 2) for fault in faults([row], at)]
    beside = [fault for fault in alone if "stands under no heading" in fault]
    # Cells under no heading are told alone, as the table is then perhaps none.
    assert told == (beside or alone)
