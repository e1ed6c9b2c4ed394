"""What a refusal proposes works: each proposal of the gallery of errors is followed, and read."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp

ROOT = Path(__file__).parents[1]
GALLERY = runpy.run_path(str(ROOT / "generators" / "errors.py"))
PROPOSES = re.compile(
    "did you mean|write|such as|save it|keep one|leave it|leave one|leave the row|add one|needs quotes|has one|give |"
    "take one|supersede "
)
LOCALES = {"decimal-comma.csv", "point-in-a-file-with-semicolons.csv"}


def pledged(amount: str, **facts: Any) -> Callable[[cp.Dataset], bool]:
    """Say that the first pledge has an amount, and facts."""
    return lambda dataset: (
        dataset.pledges[0].amount == cp.Money.parse(amount)
        and all(str(getattr(dataset.pledges[0], name)) == str(fact) for name, fact in facts.items())
    )


def named(*names: str) -> Callable[[cp.Dataset], bool]:
    return lambda dataset: tuple(company.name for company in dataset.companies) == names


# A file, what is written in the place of what, and what is then read.
FOLLOWED: dict[str, tuple[dict[str, str], Callable[[cp.Dataset], bool]]] = {
    "address-that-is-none.toml": ({"www.": "https://www."}, lambda ds: ds.sources[0].url == "https://www.example.org"),
    "amount-that-is-a-range.toml": ({'5-10 billion CNY"': '5 billion CNY"\nhigh = "10 billion CNY"'}, pledged("5E+9 CNY", high="10,000,000,000 CNY")),
    "amount-that-is-a-note.csv": ({"Acme,n/a,CNY,2021-09-15\n": ""}, lambda ds: not ds.records),
    "amount-that-is-true.json": ({"true": '"15.49 billion USD"'}, pledged("15.49 billion USD")),
    "id-that-acts-on-a-terminal.json": (
        {r"acme\u001b[31m\nmine.json: all is well": "acme-all-is-well"}, named("Acme"),
    ),
    "amount-that-is-no-text.toml": ({"2000000000": '"2 billion USD"'}, pledged("2E+9 USD")),
    "amount-with-an-uncertain-currency.toml": ({"$2 billion": "2 billion USD"}, pledged("2E+9 USD")),
    "amount-without-a-currency.toml": ({"2 billion": "2 billion CNY"}, pledged("2E+9 CNY")),
    "blank-currency.csv": ({"2000000,": "2000000,CNY"}, pledged("2000000 CNY")),
    "chinese-encoding.csv": ({}, named("阿里巴巴")),
    "circle-of-parts.toml": ({'part_of = "acme-2"\n': ""}, lambda ds: ds.pledges[1].part_of == "acme-1"),
    "column-that-is-missing.csv": ({"amount": "amount,announced", "CNY": "CNY,2021"}, pledged("2000000 CNY")),
    "comma-in-a-cell.csv": ({"Acme, Ltd.": '"Acme, Ltd."'}, named("Acme, Ltd.")),
    "country.toml": ({'"CHN"': '"CN"', '"China"': '"CN"', '"EU"': '"CN"'}, lambda ds: {each.country for each in ds.companies} == {"CN"}),
    "date-in-another-order.toml": ({"05.09.2021": "2021-09-05"}, pledged("2E+9 CNY", announced="2021-09-05")),
    "date-of-a-spreadsheet.csv": ({"05/09/2021": "2021-09-05"}, pledged("1 CNY", announced="2021-09-05")),
    "day-that-does-not-exist.toml": ({"2021-02-30": "2021-02"}, pledged("2E+9 CNY", announced="2021-02")),
    "faults-in-two-files": ({"nam\n": "name\n", "amount,ann": "amount,currency,ann", "9,2021": "9,CNY,2021"}, pledged("1.5E+9 CNY")),
    "firm-in-one-cell-and-loose-in-another.csv": ({"exact": "up_to"}, pledged("5000000 CNY", qualifier="up_to")),
    "grants-of-another-order.json": (
        {"9/15/2021": "2021-09-15", '"5,000"': "5000",
         '"Library",': '"Library", "fundingOrganization": [{"id": "GB-CHC-0", "name": "Example Trust"}],'},
        pledged("40000 GBP", announced="2021-09-15"),
    ),
    "heading-given-twice.csv": ({"amount,amount": "amount", "1,2,": "1,"}, pledged("1 CNY")),
    "id-inside-the-table.toml": ({'id = "acme"\n': ""}, named("Acme")),
    "id-with-a-space.toml": ({"acme ltd": "acme-ltd"}, named("Acme")),
    "key-given-twice.json": ({', "name": "Acme Ltd"': ""}, named("Acme")),
    "list-instead-of-an-object.json": ({'[{"company": "acme"}]': '{"company": {"acme": {"name": "Acme"}}}'}, named("Acme")),
    "near-miss-of-a-company.toml": ({"tencnet": "tencent"}, lambda ds: ds.pledges[0].company == "tencent"),
    "near-miss-of-a-field.toml": ({"anounced": "announced"}, pledged("2E+9 CNY", announced="2021-09-15")),
    "near-miss-of-a-kind.toml": ({"compny": "company"}, named("Acme")),
    "near-miss-of-a-stage.toml": ({"pledged": "pledge"}, pledged("2E+9 CNY", stage="pledge")),
    "number-out-of-bounds.toml": ({"1e999999999": "1e60"}, lambda ds: ds.figures[0].value == 10**60),
    "number-that-is-none.json": ({"NaN": "5"}, lambda ds: ds.figures[0].value == 5),
    "one-id-in-two-rows.csv": ({"\na,": "\nb,", "id,company,amount,currency,announced\nb,": "id,company,amount,currency,announced\na,"},
                               lambda ds: [pledge.id for pledge in ds.pledges] == ["a", "b"]),
    "part-of-an-unknown-pledge.csv": ({",aa": ",a"}, lambda ds: ds.pledges[1].part_of == "a"),
    "part-without-an-equivalent.toml": ({'"5 million USD"': '"5 million USD"\nequivalents = ["32 million CNY"]'},
                                        lambda ds: str(*ds.pledges[1].equivalents) == "32,000,000 CNY"),
    "quote-inside-a-cell.csv": ({'"Acme" Ltd.': '"""Acme"" Ltd."'}, named('"Acme" Ltd.')),
    "record-without-an-id.json": ({'{"name": "Acme"}': '{"name": {"name": "Acme"}}'}, named("Acme")),
    "row-of-totals-in-chinese.csv": ({"合计,2000000,,\n": ""}, pledged("2000000 CNY")),
    "row-of-totals.csv": ({"Total,2000000,CNY,\n": ""}, pledged("2000000 CNY")),
    "several-faults-at-once.toml": ({"pledged": "pledge", "tencnet": "tencent", "amuont": "amount", "2021-13": "2021-12", '"c"': '"a"'},
                                    lambda ds: ds.pledges[1].part_of == "a"),
    "table-that-is-none.toml": ({'company = "Acme"': '[company.its-id]\nname = "Acme"'}, named("Acme")),
    "text-that-turns-around.toml": ({"\\u202E": " "}, named("Acme etd")),
    "transactions-of-no-type-or-currency.xml": (
        {'"C"': '"2"', "<value>": '<value currency="EUR">', "02/09/2021": "2021-09-02", '"12"': '"2"'},
        pledged("5000 EUR", announced="2021-09-02", stage="commitment"),
    ),
    "two-successors.toml": ({'acme-3]\ncompany = "acme"\namount = "2 billion CNY"\nannounced = "2021-09-15"\nsupersedes = "acme-1"':
                             'acme-3]\ncompany = "acme"\namount = "2 billion CNY"\nannounced = "2021-09-15"\nsupersedes = "acme-2"'},
                            lambda ds: ds.total("CNY").items[-1].reason == "counted"),
    "two-kinds-of-separators.csv": ({";": ","}, pledged("1 CNY")),
    "unclosed-quote.csv": ({'"Acme,': '"Acme",'}, named("Acme", "Beta")),
    "unicode-text-of-excel.csv": ({"amount": "amount,announced", ",1": ",1 CNY,2021"}, pledged("1 CNY")),
    "unknown-currency.toml": ({"CYN": "CNY"}, pledged("5 CNY")),
    "unknown-resource": ({'"pledge"': '"pledges"', "pledges.csv": "datapackage.csv"}, lambda ds: not ds.records),
    "windows-encoding.toml": ({}, named("Nestlé")),
}  # fmt: skip


def text_of(path: Path, sentences: str) -> str:
    """Return a file's text, in the encoding that the sentence names."""
    encoding = re.search(r"(?:looks like|is in) (GBK|Windows-1252|UTF-16)", sentences)
    return path.read_bytes().decode(encoding[1] if encoding else "utf-8")


@pytest.mark.parametrize("path", GALLERY["paths"](), ids=lambda path: path.name)
def test_what_is_proposed_is_read_with_the_meaning_intended(path: Path, tmp_path: Path) -> None:
    sentences = GALLERY["sentences"](path)
    if path.name not in FOLLOWED:
        assert path.name in LOCALES or not PROPOSES.search(sentences)
        return
    replaced, is_meant = FOLLOWED[path.name]
    target = tmp_path / path.name
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        text = text_of(file, sentences)
        for old, new in replaced.items():
            text = text.replace(old, new)
        copied = target / file.name if path.is_dir() else target
        copied.parent.mkdir(exist_ok=True)
        copied.write_text(text, encoding="utf-8")
    if path.name == "unknown-resource":
        (target / "datapackage.csv").write_text("id\n")
    assert is_meant(cp.read(target))


@pytest.mark.parametrize("name", sorted(LOCALES))
def test_locale_that_is_proposed_reads_the_amount(name: str) -> None:
    path = ROOT / "tests" / "errors" / name
    advised = re.findall(r'locale="(\w+)"', GALLERY["sentences"](path))
    amounts = [str(cp.read(path, locale=locale).pledges[0].amount.amount) for locale in advised]
    assert amounts == {"decimal-comma.csv": ["1234.5"]}.get(name, ["1234", "1.234"])


# Casts of dataframes


def acme(**columns: Any) -> dict[str, Any]:
    return {"company": "Acme", "amount": "1", "currency": "EUR", "announced": "2021", **columns}


FRAMES = {"pandas": "pd", "polars": "pl", "pyarrow": "table"}


@pytest.mark.parametrize("engine", FRAMES)
@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [("announced", [2021.0, 2020.0], ["2021", "2020"]), ("spend", [2022.0, None], ["2022", "None"]),
     ("amount", [0.5, 250.0], ["0.5 EUR", "250.0 EUR"]), ("amount", [250.125, 3.0], ["250.125 EUR", "3.0 EUR"]),
     ("id", [1.0, 2.0], ["1", "2"])],
)  # fmt: skip
def test_cast_that_is_proposed_is_read_with_the_meaning_intended(
    engine: str, column: str, values: list[Any], expected: list[str]
) -> None:
    package = pytest.importorskip(engine, reason="needs the extra `engines`")
    pytest.importorskip("narwhals", reason="needs the extra `frames`")
    rows = {name: [value] * 2 for name, value in acme().items()} | {column: values}
    frame = package.table(rows) if engine == "pyarrow" else package.DataFrame(rows)
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.read(frame)
    cast = re.search(
        r"cast it: (.*?)(?: and give locale=\"(\w+)\")?$", str(error.value).split("\n")[0]
    )
    assert cast is not None
    if engine == "polars":
        series = frame.select(eval(cast[1], {"pl": package}))[column]  # noqa: S307 (our own sentence)
        frame = frame.with_columns(series)
    elif engine == "pandas":
        frame = frame.assign(**{column: eval(cast[1], {"df": frame})})  # noqa: S307
    else:
        column_of_it = eval(cast[1], {"table": frame})  # noqa: S307
        frame = frame.set_column(frame.column_names.index(column), column, column_of_it)
    locale = re.search(r'locale="(\w+)"', str(error.value))
    dataset = cp.frames.read(frame, locale=locale and locale[1])
    values_read = [getattr(pledge, column) for pledge in dataset]
    if column == "amount":
        assert values_read == [*map(cp.Money.parse, expected)]
    else:
        assert [*map(str, values_read)] == expected
