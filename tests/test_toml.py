from decimal import Decimal
from pathlib import Path

import pytest

import commonprosperity as cp
from commonprosperity.data import _FOLDER
from commonprosperity.plain import dataset_from
from commonprosperity.sentence import Sentence

ACME = '[company.acme]\nname = "Acme"\n'
PLEDGE = '[pledge.acme-1]\ncompany = "acme"\namount = "2 billion CNY"\nannounced = "2021-09-15"\n'


def faults(tmp_path: Path, content: str | bytes) -> list[str]:
    """Return the faults that a file has, each without the folder."""
    file = tmp_path / "mine.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(file)
    assert str(error.value) == "\n".join(map(str, error.value.faults))
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in error.value.faults]


def test_file_is_read_with_every_record(tmp_path: Path) -> None:
    file = tmp_path / "mine.TOML"
    file.write_text(ACME + PLEDGE, encoding="utf-8-sig")
    dataset = cp.read(str(file))
    assert dataset["acme-1"] == cp.Pledge(
        id="acme-1", company="acme", amount="2 billion CNY", announced="2021-09-15"
    )


def test_empty_file_is_an_empty_dataset(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.touch()
    assert cp.read(file) == cp.Dataset()


def test_numbers_and_dates_of_toml_are_taken_exactly(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    figure = '[figure.growth]\nabout = "acme"\nvalue = 0.1\nunit = "percent"\n'
    file.write_text(ACME + figure + PLEDGE.replace('"2021-09-15"', "2021-09-15"), encoding="utf-8")
    dataset = cp.read(file)
    assert dataset.figures[0].value == Decimal("0.1")
    assert dataset.pledges[0].announced == cp.Period.parse("2021-09-15")


def test_all_faults_are_told_at_once_with_line_record_and_field(tmp_path: Path) -> None:
    content = (
        ACME
        + PLEDGE.replace("acme-1", "a").replace("09-15", "09-31")
        + """
[pledge."b"]  # a comment
compny = "acme"
announced = "2021-13"
stage = "pledged"
equivalents = 5
[initiative.c]
company = "acm"
name = "\\u202e"
[pledge.d]
company = "acme"
amount = "1 CNY"
announced = "2021"
part_of = "a"
restates = "nobody"
"""
    )
    assert faults(tmp_path, content) == [
        "mine.toml:3: a: announced: '2021-09-31' is no period: 2021-09 has 30 days",
        "mine.toml:8: b: company: is missing",
        "mine.toml:8: b: amount: is missing",
        "mine.toml:8: b: stage: 'pledged' is none of pledge, commitment, disbursement; "
        "did you mean pledge?",
        "mine.toml:8: b: announced: '2021-13' is no period: a year has 12 months",
        "mine.toml:8: b: equivalents: 5 is no list",
        "mine.toml:8: b: compny: is no field of a pledge; did you mean company?",
        "mine.toml:13: c: name: '\\u202e' has a control character; write visible characters, on "
        "one line",
        "mine.toml:13: c: company: there is no company acm; did you mean acme?",
        "mine.toml:16: d: restates: there is no pledge nobody",
    ]


def test_faults_of_links_have_the_lines_of_their_records(tmp_path: Path) -> None:
    second = PLEDGE.replace("acme-1", "acme-2").replace('"acme"', '"acne"')
    circle = 'part_of = "acme-1"\n'
    assert faults(tmp_path, ACME + PLEDGE + circle + second) == [
        "mine.toml:3: acme-1: part_of: a circle: acme-1 -> acme-1; take one link out",
        "mine.toml:8: acme-2: company: there is no company acne; did you mean acme?",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[compny.acme]\nname = 'x'", "mine.toml: compny: is no kind of record; did you mean company?"),
        ("[x.acme]\nname = 'x'", "mine.toml: x: is no kind of record; there are source, company, "
         "initiative, pledge, figure"),
        ("[company]\nname = 'Acme'", "mine.toml: name: write a table for each company, such as "
         "[company.its-id]"),
        ("company = 5", "mine.toml: company: write a table for each company, such as [company.its-id]"),
        ("[company]\nacme = 'Acme'", "mine.toml: acme: write a table for each company, such as "
         "[company.acme]"),
        ("[company.'']\nname = 'x'", "mine.toml:1: company: write a table for each company, such as "
         "[company.its-id]"),
        ("[company.'a b']\nname = 'x'", "mine.toml:1: a b: id: 'a b' is no id; write letters, digits, "
         "-, _ and . only"),
        ("[company.a]\nid = 'b'\nname = 'x'", "mine.toml:1: a: id: leave it out: it is in the heading,"
         " [company.a]"),
        ("[company.a]\nname = 5", "mine.toml:1: a: name: 5 is no text"),
        ("[company.a]\nname = 'x'\n[initiative.b]\ncompany = 'a'\nname = 'x'\nthemes = 5",
         "mine.toml:3: b: themes: 5 is no list"),
        ("[company.a]\nname = 'x'\n[initiative.b]\ncompany = 'a'\nname = 'x'\nthemes = {a = 1}",
         'mine.toml:3: b: themes: {"a": 1} is no list'),
        (ACME + PLEDGE + "high = '1 CNY'", "mine.toml:3: acme-1: high: '1 CNY' is no upper end of a "
         "range from 2,000,000,000 CNY"),
        (ACME + PLEDGE + "value_date = nan", "mine.toml:3: acme-1: value_date: nan is no number that "
         "can be held exactly; write at most 60 digits"),
        ("[figure.a]\nabout = 'b'\nvalue = 1e999999999", "mine.toml:1: a: value: "
         "1e999999999 is no number that can be held exactly; write at most 60 digits"),
        ("[figure.a]\nabout = 'b'\nvalue = 1e99999999999999999999", "mine.toml:1: a: value: "
         "1e99999999999999999999 is no number that can be held exactly"),
        (ACME + PLEDGE.replace("2 billion CNY", "$2 billion"), "mine.toml:3: acme-1: amount: '$2 billion' "
         "does not say which currency it is in; write its code, such as USD"),
        (ACME + PLEDGE.replace("2 billion CNY", "2 billion"), "mine.toml:3: acme-1: amount: '2 billion' "
         "does not say which currency it is in; write its code, such as CNY"),
        (ACME + "note = 1e999999999", "mine.toml:1: acme: note: 1e999999999 is no number"),
        (ACME + "note." + "a." * 15 + "b = 1", "mine.toml:1: acme: note"),
        (ACME + "note." + "a." * 100_000 + "b = 1", "mine.toml:3: its tables or lists are nested too "
         "deep"),
        (ACME + "note = '" + "x" * 1_000_001 + "'", "mine.toml:1: acme: note: has more than 1,000,000 "
         "characters; shorten it"),
        (ACME + "n" * 201 + " = 5", "mine.toml:1: acme: " + "n" * 57 + "...: has more "
         "than 200 characters; shorten it"),
        ("[figure.a]\nabout = 'b'\nvalue = true", "mine.toml:1: a: value: true is no amount: give an "
         "int, a Decimal or a text"),
        ("[company.acme]\n\nname = Acme", "mine.toml:3: it is no TOML: Invalid value (at line 3, "
         "column 8)"),
        ("[company.acme", "mine.toml: it is no TOML: Expected ']' at the end of a table declaration "
         "(at end of document)"),
        (b"[company.a]\nname = '\xc4\xe3'", "mine.toml:2: it is not in UTF-8 (byte 21 does not fit); it "
         'looks like GBK (GB 18030); save it in UTF-8, or give encoding="gb18030"'),
        ("a = " + "[" * 100_000, "mine.toml: its tables or lists are nested too deep"),
    ],
)  # fmt: skip
def test_fault_is_told_in_a_sentence(tmp_path: Path, content: str | bytes, fault: str) -> None:
    assert any(one.startswith(fault) for one in faults(tmp_path, content))


def test_integer_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "[company.a]\nname = " + "9" * 10_000)
    assert fault == "mine.toml:2: a number in it has more than 4,000 digits"


def test_headings_inside_a_text_are_no_records(tmp_path: Path) -> None:
    content = '[company.a]\nname = """x\\\n[not.closed\n[x\\\n"""\nnam = 1'
    assert faults(tmp_path, content)[0].startswith("mine.toml")


def test_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(cp.errors.FileError, match="No such file or directory") as error:
        cp.read(tmp_path / "none.toml")
    assert str(error.value).startswith(f"{tmp_path}/none.toml: ")


def test_ending_that_says_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        cp.errors.FileError,
        match=r"ending says no format; there are .toml, .json, .csv, .tsv, .xlsx, .xls, .xlsb, .ods, .zip, .xml, or a folder",
    ):
        cp.read(tmp_path / "mine.docx")


def test_plain_data_is_read_without_a_file() -> None:
    plain = {"company": {"acme": {"name": "Acme", "note": "A \u4e00"}}}
    (company,) = dataset_from(plain).companies
    assert company == cp.Company(id="acme", name="Acme", note="A 一")


def test_faults_of_plain_data_have_no_place() -> None:
    with pytest.raises(cp.errors.DatasetError) as error:
        dataset_from({"company": {"acme": {}}})
    assert error.value.faults == (cp.errors.Fault("acme", "name", Sentence("is missing")),)


def test_the_article_is_a_file_that_a_user_could_have_written() -> None:
    assert cp.read(_FOLDER / "article.toml") == cp.load()
