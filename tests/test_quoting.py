"""Whatever a stranger's text is: a sentence about it is printable, one line a fault, and short."""

import csv
import inspect
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.cli import main
from commonprosperity.errors import (
    AmountError,
    CommonProsperityError,
    DatasetError,
    Fault,
    RateNotFoundError,
)
from commonprosperity.quoting import (
    AsWritten,
    brief,
    label,
    listed,
    one_line,
    printable,
    suggestion,
    visible,
)
from commonprosperity.sentence import Sentence

RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
ACTING = [
    "\x1b[31m", "\x1b]0;owned\x07", "\n", "\r", "\r\n", "\nforged.csv:1: all is well", "\x00", "\t",
    "\x7f", "\x85", "\x9b31m", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\u200f", "\ud800",
    "\udfff", "\ufeff",
]  # fmt: skip
LONG = ["x" * 1_500, "9" * 1_500, "1," * 700, "\x1b" * 500, "腾" * 700]
PLAIN = ["", "acme", "Total", "2021", "5 CNY", "$5", "=1+1", "'", '"', "\\", "{0}", "%s", "None"]

hostile = st.one_of(
    st.sampled_from([*ACTING, *LONG, *PLAIN]),
    st.lists(st.sampled_from([*ACTING, *PLAIN]), min_size=2, max_size=5).map("".join),
    st.tuples(st.sampled_from(ACTING), st.sampled_from(LONG)).map("".join),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=5),
)


def check_sentence(error: BaseException) -> None:
    """See that an error prints everywhere, forges no fault, and tells each of them shortly."""
    lines = str(error).split("\n")
    str(error).encode("utf-8")
    assert not RAW.search(str(error)), ascii(str(error))
    assert len(lines) <= len(getattr(error, "faults", [None]))
    assert max(map(len, lines)) <= 1_000, max(lines, key=len)


def refused(call: Callable[..., object], *facts: Any, **more: Any) -> None:
    """Do what may be refused, and see what is said of it."""
    try:
        call(*facts, **more)
    except CommonProsperityError as error:
        check_sentence(error)


def subclasses(kind: type[Any]) -> Iterable[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


sentences = hostile.map(lambda text: Sentence("{text}", text=text))

FACTS: dict[Any, st.SearchStrategy[Any]] = {
    Sentence: sentences,
    str: hostile,
    object: hostile | st.lists(hostile, max_size=3) | st.none() | st.just(10**5_000),
    Decimal: st.just(Decimal("0.1")),
    int: st.integers(0, 50_000),
    bool: st.booleans(),
    date: st.just(date(2021, 9, 2)),
    type(None): st.none(),
    Fault: st.builds(Fault, hostile, hostile, sentences, hostile),
    RateNotFoundError: st.builds(
        RateNotFoundError, hostile, hostile, hostile, hostile, sentences, st.just(())
    ),
}


def fact(annotation: Any) -> st.SearchStrategy[Any]:
    """Draw the fact that an argument of an error's class takes."""
    if annotation in FACTS:
        return FACTS[annotation]
    inside = get_args(annotation)
    if get_origin(annotation) is not tuple:
        return st.one_of(*map(fact, inside))
    if inside[-1] is Ellipsis:
        return st.lists(fact(inside[0]), min_size=1, max_size=30).map(tuple)
    return st.tuples(*map(fact, inside))


@pytest.mark.parametrize("kind", sorted(subclasses(CommonProsperityError), key=str))
@given(data=st.data())
def test_every_error_is_printable_and_short_whatever_its_facts(
    kind: type[CommonProsperityError], data: st.DataObject
) -> None:
    types = get_type_hints(kind.__init__)
    error = kind(*(data.draw(fact(types[name])) for name in inspect.signature(kind).parameters))
    check_sentence(error)


PLEDGE = {"company": "acme", "amount": "2 billion CNY", "announced": "2021"}
FIELDS = [
    *("company", "initiative", "amount", "high", "qualifier", "stage", "instrument", "announced"),
    *("value_date", "spend", "funder", "part_of", "supersedes", "restates", "equivalents"),
    *("source", "locator", "note"),
]  # fmt: skip
plain = st.recursive(
    hostile | st.sampled_from([True, None, 5, -1, 10**200]), lambda inside: st.lists(inside) |
    st.dictionaries(hostile, inside, max_size=2), max_leaves=3,
)  # fmt: skip


def refused_json(content: object) -> None:
    refused(cp.read, io.StringIO(json.dumps(content)), format="json")


@given(hostile, st.sampled_from(["source", "company", "initiative", "pledge", "figure"]), plain)
def test_ids_kinds_and_keys_of_json_stand_printable_in_a_refusal(
    text: str, kind: str, value: Any
) -> None:
    refused_json({text: value})
    refused_json({kind: {text: value}})
    refused_json({kind: {text: {}}, "company": {text: {"name": text}}})
    refused_json({kind: {"a": {text: value}}})
    refused(cp.read, io.StringIO(text), format="json")


@given(st.sampled_from(FIELDS), plain)
def test_values_of_json_stand_printable_in_a_refusal(field: str, value: Any) -> None:
    content = {"company": {"acme": {"name": "Acme"}}, "pledge": {"a": {**PLEDGE, field: value}}}
    refused_json(content)


@given(hostile, st.sampled_from(FIELDS))
def test_what_toml_says_stands_printable_in_a_refusal(text: str, field: str) -> None:
    quoted = json.dumps(text).replace("\x7f", "\\u007f")
    for content in (
        f"[{quoted}.a]\nname = 'A'",
        f"[company.{quoted}]\nname = 'A'",
        f"[company.a]\n{quoted} = 'A'",
        f"[company.a]\nname = {quoted}",
        f"[pledge.a]\n{field} = {quoted}",
        f"[company.a]\nname = {text}",
        text,
    ):
        refused(cp.read, io.StringIO(content), format="toml")


def sheet(*rows: Iterable[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


HEADINGS = ["id", "company", "amount", "currency", "announced", "initiative", "part_of", "source"]
CELLS = ["a", "Acme", "1", "CNY", "2021", "Hope", "", ""]


@given(hostile, st.sampled_from(range(len(HEADINGS))))
def test_headings_and_cells_of_a_sheet_stand_printable_in_a_refusal(text: str, at: int) -> None:
    def changed(cells: list[str]) -> list[str]:
        return [*cells[:at], text, *cells[at + 1 :]]

    for content in (
        sheet(changed(HEADINGS), CELLS),
        sheet(HEADINGS, changed(CELLS)),
        sheet(HEADINGS, changed(CELLS), changed(CELLS)),
        sheet(HEADINGS, CELLS, [*changed(CELLS), text]),
        sheet([*HEADINGS, text, text], CELLS),
        text,
    ):
        refused(cp.read, io.StringIO(content), format="csv")


@given(hostile, plain)
def test_what_a_package_says_stands_printable_in_a_refusal(text: str, value: Any) -> None:
    content = sheet(["id", "name"], [text, text], [text, "A"])
    companies = {"name": "companies", "path": "companies.csv"}
    for resources in (
        value,
        [{**companies, "name": value}],
        [{**companies, "path": value}],
        [{**companies, "path": text}, companies],
        [{**companies, "encoding": value, "dialect": {"header": value, text: value}}],
        [{**companies, "schema": {"missingValues": value, "fields": [{"decimalChar": value}]}}],
        [{**companies, text: value}],
    ):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("datapackage.json", json.dumps({"resources": resources}))
            archive.writestr("companies.csv", content.encode("utf-8", "surrogatepass"))
        file.seek(0)
        refused(cp.read, file, format="zip")


@settings(max_examples=40)
@given(hostile)
def test_names_of_files_stand_printable_in_a_refusal(text: str) -> None:
    name = f"/nowhere/{text}"
    file = io.BytesIO(b"\xff")
    file.name = text
    for call in (
        lambda: cp.read(name),
        lambda: cp.read(f"{name}.csv"),
        lambda: cp.read(file, format="csv"),
        lambda: cp.read(file, format=text),
        lambda: cp.write(cp.Dataset(), f"{name}.csv"),
        lambda: cp.rates.from_csv(f"{name}.csv"),
        lambda: cp.frames.total(f"{name}.csv", "CNY"),
    ):
        refused(call)


class Nothing(cp.Rates):
    """A source that has no number, by any name."""

    def __init__(self, provider: str) -> None:
        self.provider = provider

    def published(self, *_: object) -> dict[date, Fraction]:
        return {}


@settings(max_examples=40)
@given(hostile)
def test_what_is_asked_for_stands_printable_in_a_refusal(text: str) -> None:
    ds = cp.load()
    company = cp.Company(id="acme", name="Acme")
    pledge = cp.Pledge(id="a", company="acme", amount="5 CNY", announced="2021")
    calls: list[Callable[[], object]] = [
        lambda: cp.load(text),
        lambda: ds[text],
        lambda: ds.where(company=text),
        lambda: ds.where(funder=text),
        lambda: ds.where(**{text: "a"}),  # type: ignore[arg-type]
        lambda: ds.total(text),
        lambda: ds.total("USD", on=text),
        lambda: ds.totals("CNY", by=text),
        lambda: ds.totals("CNY", by=["company", text]),
        lambda: ds.as_of(text),
        lambda: ds.check(tolerance=text),
        lambda: ds.remove(text),
        lambda: ds.progress(text),
        lambda: ds.total("USD", rates=Nothing(text)),
        lambda: cp.Money(text, "CNY"),
        lambda: cp.Money("5", text),
        lambda: cp.Money.parse(text),
        lambda: cp.Money("5", "CNY").format(text),
        lambda: cp.Money("5", "CNY").format("en", text),
        lambda: cp.parse_amount(text),
        lambda: cp.parse_amount(f"{text} CNY"),
        lambda: cp.parse_amount("5", default=text),
        lambda: cp.parse_amount("5 CNY", locale=text),
        lambda: cp.parse_amount("5 CNY", symbols={text: "CNY"}),
        lambda: cp.parse_amount("5 CNY", symbols={"$": text}),
        lambda: cp.Period.parse(text),
        lambda: cp.convert(cp.Money("5", "CNY"), text, on="2021-09-02"),
        lambda: cp.quantity(text),
        lambda: cp.quantity("5", text),
        lambda: cp.rates.fixed({text: "5"}),
        lambda: cp.rates.fixed({"USD/CNY": text}),
        lambda: cp.Company(id=text, name="A"),
        lambda: cp.Company(id="a", name=text),
        lambda: cp.Source(id="a", title="A", url=text),
        lambda: cp.Initiative(id="a", company="a", name="A", themes=[text]),
        lambda: cp.Figure(id="a", about="a", measure="users", value=text),
        lambda: cp.Figure(id="a", about="a", measure="users", value=5, unit=text),
        lambda: cp.Dataset().extend(company, cp.Company(id="acme", name=text)),
        lambda: cp.Dataset().extend(company, pledge, cp.Company(id=text, name="A"), pledge),
    ]
    for call in calls:
        refused(call)


@given(hostile, st.sampled_from(FIELDS))
def test_facts_of_a_record_stand_printable_in_a_refusal(text: str, field: str) -> None:
    company = cp.Company(id="acme", name="Acme")
    facts: dict[str, Any] = {"id": "a", **PLEDGE, field: text}
    refused(lambda: cp.Dataset().extend(company, cp.Pledge(**facts)))


@settings(max_examples=40)
@given(hostile)
def test_columns_and_cells_of_a_dataframe_stand_printable_in_a_refusal(text: str) -> None:
    polars = pytest.importorskip("polars")
    columns = {"company": "Acme", "amount": "5", "currency": "CNY", "announced": "2021", "id": "a"}
    text = text.encode("utf-8", "replace").decode()  # Polars itself refuses lone surrogates
    for changed in (*({**columns, name: text} for name in columns), {**columns, text: "a"}):
        frame = polars.DataFrame({name: [cell, cell] for name, cell in changed.items()})
        refused(cp.frames.read, frame)
        dates = frame.rename({"announced": "date"})
        refused(cp.frames.total, dates, "CNY")
        refused(cp.frames.total, dates, "CNY", amount=text, by=text)


@settings(max_examples=40)
@given(hostile)
def test_arguments_of_the_command_stand_printable_in_a_refusal(text: str) -> None:
    text = text.encode("utf-8", "replace").decode().replace("\0", "")  # as a shell gives it
    for words in (
        [text],
        ["total", text],
        ["total", "--to", text],
        ["total", "--on", text],
        ["total", "--by", text],
        ["total", "--format", text],
        ["total", f"--{text}"],
        ["show", text],
        ["convert", text, "--to", "CNY", "--on", "2021"],
        ["total", "--where", text],
        ["total", "--where", f"company={text}"],
        ["total", "--rates", text],
        ["total", "--as-of", text],
        ["report", text],
        ["report", f"{text}.html", "--locale", text],
        ["export", "article", f"/nowhere/{text}"],
        ["export", "article", "out.csv", "--symbol", text],
    ):
        result = CliRunner().invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert not RAW.search(result.stderr), ascii(result.stderr)
        assert max(map(len, result.stderr.split("\n"))) <= 1_000


@pytest.mark.parametrize("acting", ACTING)
def test_what_acts_unseen_stands_as_its_escape(acting: str) -> None:
    visible = printable(f"acme{acting}")
    assert visible.isprintable()
    assert visible.encode("ascii").decode("unicode_escape") == f"acme{acting}"


def test_what_is_seen_stays_as_it_is() -> None:
    texts = [
        "it's",
        "腾讯　公益",
        "a\u200db",
        "é",
        "\N{FAMILY}",
        r"C:\new",
        "&",
        "\u2027",
        "\u206a",
        "\xa0",
    ]
    assert [printable(text) for text in texts] == texts


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("15 billion", "'15 billion'"),
        ("it's", '"it\'s"'),
        ("x" * 58, f"'{'x' * 58}'"),
        ("x" * 59, f"'{'x' * 55}...'"),
        (Decimal("0.10"), "0.10"),
        (Decimal("1.549E+10"), "1.549E+10"),
        (Fraction(1, 3), "1/3"),
        (0.1, "0.1"),
        (10**59, "1" + "0" * 59),
        (10**60, "1" + "0" * 56 + "..."),
        (date(2021, 9, 2), "2021-09-02"),
        (datetime.fromisoformat("2021-09-02 08:30"), "2021-09-02 08:30:00"),
        (time(8, 30), "08:30:00"),
        (True, "True"),
        (None, "None"),
        (["a\n", True], r"['a\n', True]"),
        (cp.Stage.PLEDGE, "'pledge'"),
    ],
)
def test_value_is_quoted_as_a_reader_knows_it(value: object, quoted: str) -> None:
    assert brief(value) == quoted


def test_value_that_cannot_be_written_is_named_by_its_type() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    assert brief(10**5_000) == "a value of the type int"
    assert brief([10**5_000]) == "a value of the type list"
    assert brief(nested) == "a value of the type list"


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (Decimal("0.1"), "0.1"),
        (5, "5"),
        (date(2021, 9, 2), "2021-09-02"),
        ("腾讯", "'腾讯'"),
        (["腾讯", None, [Decimal("1.0")]], '["腾讯", null, [1.0]]'),
        ({"a": {"b": True}, "c": 5}, '{"a": {"b": true}, "c": 5}'),
        (["x" * 100], f'["{"x" * 55}...'),
        (["a\n\x1b\u202e"], r'["a\n\u001b\u202e"]'),
    ],
)
def test_value_of_a_file_is_quoted_as_the_file_writes_it(value: object, quoted: str) -> None:
    assert brief(AsWritten(value)) == label(AsWritten(value)) == quoted


def test_label_has_no_quotes_and_sixty_characters_at_most() -> None:
    assert label("x" * 60) == "x" * 60
    assert label("x" * 61) == "x" * 57 + "..."
    assert label("\n" * 30) == r"\n" * 30
    assert label("\n" * 31) == r"\n" * 28 + r"\..."
    assert label(None) == "None"


def test_list_tells_twenty_and_counts_the_rest() -> None:
    assert listed([]) == ""
    assert listed([str(at) for at in range(20)])[-6:] == "18, 19"
    assert listed([str(at) for at in range(21)])[-17:] == "18, 19 and 1 more"
    assert listed(["x" * 61, "\n"]) == "x" * 57 + r"..., \n"


def test_very_long_sentence_loses_its_middle() -> None:
    assert one_line("a" * 450 + "b" * 450) == "a" * 450 + "b" * 450
    assert one_line("a" * 450 + "b" * 451) == "a" * 447 + " ... " + "b" * 447
    assert one_line("a\nb") == r"a\nb"


def test_near_word_is_suggested_for_a_word_and_not_for_a_page() -> None:
    assert suggestion("Tencnet", ["alibaba", "tencent"]) == "; did you mean tencent?"
    assert suggestion("x", ["alibaba"]) == suggestion(5, ["5"]) == ""
    assert suggestion("a" * 60, ["a" * 61]) == f"; did you mean {'a' * 57}...?"
    assert suggestion("a" * 61, ["a" * 61]) == ""


def test_mark_stands_for_what_acts_unseen_in_a_table() -> None:
    assert visible("one\ntwo\u2028three\x1b[2J\u202e\ud800") == "one two three\ufffd[2J\ufffd\ufffd"
    assert visible("\u200f腾\u200d") == "\u200f腾\u200d"


def test_problem_of_a_fault_has_six_hundred_characters_at_most() -> None:
    assert str(Fault("", "", Sentence("x" * 600))) == "x" * 600
    assert len(str(Fault("", "", Sentence("x" * 601)))) == 599


def test_place_of_a_fault_keeps_both_its_ends() -> None:
    fault = Fault("x" * 61, "\n", Sentence("is\nwrong"), f"/a/{'b' * 300}/mine.csv:2")
    place, record, field, problem = str(fault).split(": ")
    assert (place[:4], place[-11:], len(place)) == ("/a/b", "/mine.csv:2", 199)
    assert (record, field, problem) == ("x" * 57 + "...", r"\n", r"is\nwrong")


def test_faults_stand_on_lines_of_their_own() -> None:
    faults = Fault("a", "", Sentence("is wrong")), Fault("b\nc", "", Sentence("too"))
    assert str(DatasetError(faults)) == "a: is wrong\nb\\nc: too"


def test_number_of_forty_thousand_digits_is_cut() -> None:
    for text in ("9" * 40_000, "1," * 20_000, f"{'9' * 40_000} CNY", f"CNY {'1.' * 20_000}"):
        with pytest.raises(AmountError) as refusal:
            cp.parse_amount(text)
        assert len(str(refusal.value)) <= 300


def test_a_group_as_large_as_an_integer_gets_has_a_short_error() -> None:
    error = cp.errors.GroupNotFoundError(10**5000, (2021, "2022"))
    assert str(error).startswith("no group a value of the type int; there are 2021, 2022")
    assert "did you mean '2021'?" in str(cp.errors.GroupNotFoundError(2021, ("2021",)))
    assert "did you mean 2021?" in str(cp.errors.GroupNotFoundError("2021", (2021,)))
