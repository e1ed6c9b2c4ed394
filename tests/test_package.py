"""The Data Package: accepted by frictionless, and read with every name and size in doubt."""

import io
import json
import stat
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings

import commonprosperity as cp
from commonprosperity.files import package
from strategies import full_datasets

ACME = cp.Dataset(
    companies=[cp.Company(id="acme", name="Acme")],
    pledges=[cp.Pledge(id="a", company="acme", amount="1.50 billion CNY", announced="2021")],
)
KINDS = ("sources", "companies", "initiatives", "pledges", "figures")


def members(**changed: str) -> dict[str, bytes]:
    """Return the files of a package, with some of them changed; one that is empty is left out."""
    files = package.write(ACME)
    files |= {name.replace("_", "."): content.encode() for name, content in changed.items()}
    return {name: content for name, content in files.items() if content}


def zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def faults(content: bytes, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.BytesIO(content), format="zip", **options)
    return [str(fault).removeprefix("the file") for fault in error.value.faults]


def resources(**paths: Any) -> str:
    return json.dumps({"resources": [{"name": name, "path": path} for name, path in paths.items()]})


def test_members_are_the_descriptor_and_a_file_a_kind() -> None:
    assert [*package.write(ACME)] == ["datapackage.json", *(f"{kind}.csv" for kind in KINDS)]
    assert (
        package.write(ACME)["companies.csv"]
        == b"id,name,name_zh,aliases,country,note,note_zh\r\nacme,Acme,,,,,\r\n"
    )


@pytest.mark.parametrize(
    ("cell", "pooled"),
    [("true", True), ("TRUE", True), ("1", True), ("false", False), ("FALSE", False), ("", False)],
)
def test_pool_is_a_boolean(cell: str, pooled: bool) -> None:  # noqa: FBT001 (the fact itself)
    files = members(initiatives_csv=f"id,name,pooled\nhope,Hope,{cell}\n")
    hope = cp.read(io.BytesIO(zipped(files)), format="zip").initiatives[0]
    assert hope.pooled is pooled
    assert cp.read(
        io.BytesIO(zipped(package.write(cp.Dataset(initiatives=[hope])))), format="zip"
    ).initiatives == (hope,)


def test_pool_that_is_neither_true_nor_false_is_refused() -> None:
    files = members(initiatives_csv="id,name,pooled\nhope,Hope,yes\n")
    (fault,) = faults(zipped(files))
    assert fault.endswith(
        "initiatives.csv:2: hope: pooled: 'yes' is neither true nor false; write one of them"
    )


def test_amounts_are_numbers_with_the_precision_that_they_have() -> None:
    heading, row, _ = package.write(ACME)["pledges.csv"].decode().split("\r\n")
    cells = dict(zip(heading.split(","), row.split(","), strict=True))
    assert (cells["amount"], cells["currency"], cells["stage"]) == ("1.50E+9", "CNY", "pledge")


def test_zip_is_the_same_from_run_to_run_and_names_no_day() -> None:
    file = io.BytesIO()
    cp.write(cp.load(), file, format="zip")
    with ZipFile(file) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    again = io.BytesIO()
    cp.write(cp.load(), again, format="zip")
    assert file.getvalue() == again.getvalue()


def test_package_of_others_may_have_fewer_files_in_other_places_and_columns_left_out() -> None:
    files = {
        "datapackage.json": resources(companies="data/firms.csv").encode(),
        "data/firms.csv": "\ufeffname;id\nAcme;acme\n".encode(),
        "README.md": b"",
    }
    dataset = cp.read(io.BytesIO(zipped(files)), format="zip")
    assert dataset == cp.Dataset(companies=ACME.companies)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"datapackage_json": ""}, [": it has no datapackage.json at its top"]),
        ({"datapackage_json": "{"}, ["/datapackage.json:1: it is no JSON: Expecting property name enclosed in double quotes"]),
        ({"datapackage_json": "[]"}, ['/datapackage.json: it has no list of "resources"']),
        ({"datapackage_json": '{"resources": {}}'}, ['/datapackage.json: it has no list of "resources"']),
        ({"datapackage_json": '{"resources": [5, {"name": "pledge"}, {"name": "figures"}]}'},
         ["/datapackage.json: resource 1 is none; there are sources, companies, initiatives, pledges, figures",
          "/datapackage.json: resource pledge is none; did you mean pledges?; there are sources, companies, "
          "initiatives, pledges, figures",
          "/datapackage.json: resource figures has no path; write the name of its file"]),
        ({"datapackage_json": '{"resources": [{"name": "figures", "path": "a"}, {"name": "figures", "path": "b"}]}'},
         ["/datapackage.json: resource figures is named twice; leave one of them out"]),
        *(({"datapackage_json": resources(pledges=path)},
           [f"/datapackage.json: resource pledges has the path {path!r}, which leads out of the package"])
          for path in ("../pledges.csv", "/etc/passwd", "a/../../b", "C:\\b", "..\\b", "https://example.org/a.csv",
                       "file:///etc/passwd", "a//b", "./a", "", "a\0b")),
        ({"datapackage_json": resources(pledges="none.csv")}, ["/none.csv: the package names this file but does not have it"]),
        ({"pledges_csv": ""}, ["/pledges.csv: the package names this file but does not have it"]),
        ({"companies_csv": "id,nam\nacme,Acme\n", "pledges_csv": "id,amount\n\n,5\na,5\na,5\n"},
         ["/companies.csv:1: nam: is no column; did you mean name?", "/pledges.csv:3: id: is missing",
          "/pledges.csv:4: a: amount: has no currency beside it; write its code, such as CNY",
          "/pledges.csv:4: a: company: is missing", "/pledges.csv:4: a: announced: is missing",
          "/pledges.csv:5: a: id: two rows have it"]),
        ({"pledges_csv": 'id,company,amount,currency,announced,equivalents\na,acne,1,CNY,2021,"[""1 USD"", 5]"\n'
                         'b,acme,"1,000",CNY,2021,[\nc,acme,x,RMB,2021,"""5"""\n'},
         ["/pledges.csv:2: a: equivalents: '[\"1 USD\", 5]' is no list; write it in JSON: [\"one\", \"two\"]",
          "/pledges.csv:2: a: company: there is no company acne; did you mean acme?",
          "/pledges.csv:3: b: amount: '1,000' is no amount: write digits with one decimal point at the most, such as 15.49",
          "/pledges.csv:3: b: equivalents: '[' is no list; write it in JSON: [\"one\", \"two\"]",
          "/pledges.csv:4: c: amount: 'x' is no amount: write digits with one decimal point at the most, such as 15.49",
          "/pledges.csv:4: c: equivalents: '\"5\"' is no list; write it in JSON: [\"one\", \"two\"]"]),
        ({"pledges_csv": "id,company,amount,currency,announced\nacme,acme,1,CNY,2021\n"},
         ["/companies.csv:2: acme: id: two records, a company and a pledge, have it"]),
    ],
)  # fmt: skip
def test_faults_are_told_with_the_file_and_the_line(
    changed: dict[str, str], expected: list[str]
) -> None:
    assert faults(zipped(members(**changed))) == expected


def asking(**settings: Any) -> str:
    return json.dumps({"resources": [{"name": "pledges", "path": "pledges.csv", **settings}]})


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"encoding": "gbk"}, "encoding 'gbk', which cannot be read; write 'utf-8'"),
        ({"schema": {"missingValues": ["", "NA"]}}, 'missingValues ["", "NA"], which cannot be read; write [""]'),
        ({"schema": {"fields": [{"name": "amount", "decimalChar": ","}]}}, "decimalChar ',', which cannot be read; write '.'"),
        ({"schema": {"fields": [{"name": "amount", "groupChar": "."}]}}, "groupChar '.', which cannot be read; leave it out"),
        ({"dialect": {"commentChar": "#"}}, "commentChar '#', which cannot be read; leave it out"),
        ({"dialect": {"quoteChar": "'"}}, "quoteChar \"'\", which cannot be read; write '\"'"),
        ({"compression": "gz"}, "setting compression, which is not understood; leave it out"),
        ({"data": [{"id": "a"}]}, "setting data, which is not understood; leave it out"),
        ({"format": "xlsx"}, "format 'xlsx', which cannot be read; write 'csv'"),
        ({"unit": "million"}, "setting unit, which is not understood; leave it out"),
        ({"schema": "schema.json"}, "schema in another file, 'schema.json'; write it into this one"),
        ({"dialect": "https://example.org/d.json"}, "dialect in another file, 'https://example.org/d.json'; write it into this one"),
        ({"dialect": [1]}, "dialect [1], which is no object; leave it out"),
        ({"schema": {"fields": {"name": "id"}}}, '"fields" that are no list of objects; write [{"name": "id"}, ...]'),
        ({"schema": {"fields": ["id"]}}, '"fields" that are no list of objects; write [{"name": "id"}, ...]'),
        ({"schema": {"fields": [{"name": "announced", "type": "date", "format": "%Y-%d-%m"}]}},
         "format '%Y-%d-%m', which cannot be read; write 'default'"),
        ({"schema": {"fields": [{"name": "note", "format": "binary"}]}}, "format 'binary', which cannot be read; write 'default'"),
        ({"schema": {"fields": [{"name": "note", "missingValues": ["n/a"]}]}}, 'missingValues ["n/a"], which cannot be read; write [""]'),
        ({"schema": {"fields": [{"name": "amount", "bareNumber": False}]}}, "bareNumber false, which cannot be read; write true"),
        ({"schema": {"fields": [{"name": "amount", "unit": "million"}]}}, "setting unit, which is not understood; leave it out"),
        ({"schema": {"fields": [{"name": "amount", "type": "list"}]}}, "type 'list', which cannot be read; write 'string'"),
        ({"schema": {"fields": [{"name": "note", "categories": [{"value": "0", "label": "none"}]}]}},
         "setting categories, which is not understood; leave it out"),
        ({"schema": {"transforms": []}}, "setting transforms, which is not understood; leave it out"),
        ({"dialect": {"nullSequence": "\\N"}}, "nullSequence '\\\\N', which cannot be read; leave it out"),
        ({"dialect": {"headerRows": [1, 2]}}, "headerRows [1, 2], which cannot be read; write [1]"),
        ({"dialect": {"commentRows": [2]}}, "commentRows [2], which cannot be read; leave it out"),
        ({"dialect": {"escapeChar": "\\"}}, "escapeChar '\\\\', which cannot be read; leave it out"),
        ({"dialect": {"doubleQuote": False}}, "doubleQuote false, which cannot be read; write true"),
        ({"dialect": {"skipInitialSpace": True}}, "skipInitialSpace true, which cannot be read; leave it out"),
        ({"dialect": {"delimiter": "|"}}, "delimiter '|', which cannot be read; write ','"),
        ({"dialect": {"csv": {"delimiter": ";"}}}, "setting csv, which is not understood; leave it out"),
        ({"dialect": {"header": False}}, "header false, which cannot be read; write true"),
    ],
)  # fmt: skip
def test_settings_that_would_change_what_a_cell_says_are_refused(
    settings: dict[str, Any], problem: str
) -> None:
    assert faults(zipped(members(datapackage_json=asking(**settings)))) == [
        f"/datapackage.json: resource pledges has the {problem}"
    ]


def test_settings_that_change_nothing_are_read() -> None:
    schema = {
        "fields": [
            {"name": "id", "type": "string", "title": "Id", "constraints": {"unique": True}},
            {"name": "amount", "type": "number", "decimalChar": ".", "bareNumber": True},
            {"name": "announced", "type": "year", "format": "default", "missingValues": [""]},
        ],
        "missingValues": [""], "primaryKey": "id", "fieldsMatch": "subset",
    }  # fmt: skip
    dialect = {
        "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
        "skipInitialSpace": False, "header": True, "headerRows": [1], "commentChar": None,
    }  # fmt: skip
    facts = {"schema": schema, "dialect": dialect, "encoding": "UTF-8", "format": "csv", "bytes": 5}
    descriptor = json.loads(asking(**facts, hash="x", title="Pledges"))
    descriptor["resources"].append({"name": "companies", "path": "companies.csv"})
    files = members(datapackage_json=json.dumps(descriptor))
    assert cp.read(io.BytesIO(zipped(files)), format="zip") == ACME


def test_every_setting_of_ours_is_understood() -> None:
    assert cp.read(io.BytesIO(zipped(package.write(cp.load()))), format="zip") == cp.load()


def test_path_may_stand_in_a_list_of_one() -> None:
    resources_ = [{"name": name, "path": [f"{name}.csv"]} for name in ("companies", "pledges")]
    changed = members(datapackage_json=json.dumps({"resources": resources_}))
    assert cp.read(io.BytesIO(zipped(changed)), format="zip").pledges


def entry(name: str, **facts: Any) -> tuple[ZipInfo, bytes]:
    info = ZipInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info, b"x"


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([entry("../datapackage.json")], "its member '../datapackage.json' leads out of it"),
        ([entry("/etc/passwd")], "its member '/etc/passwd' leads out of it"),
        ([entry("a\\b")], "its member 'a\\\\b' leads out of it"),
        ([entry("link", external_attr=(stat.S_IFLNK | 0o777) << 16)], "its member 'link' is a link; put the file itself in"),
        ([entry("a.csv"), entry("a.csv")], "it has two members 'a.csv'"),
        ([entry("a.csv", compress_type=ZIP_BZIP2)], "its member 'a.csv' is compressed in an unusual way; use deflate"),
        ([entry(f"{at}.csv") for at in range(101)], "it has more than 100 members"),
    ],
)  # fmt: skip
def test_zip_that_is_a_trap_is_refused(entries: list[tuple[ZipInfo, bytes]], problem: str) -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive, warnings.catch_warnings(action="ignore"):
        for info, content in entries:
            archive.writestr(info, content)
    assert faults(file.getvalue()) == [f": {problem}"]


def test_encrypted_member_is_refused() -> None:
    content = bytearray(zipped({"a.csv": b"x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert faults(bytes(content)) == [
        ": its member 'a.csv' is encrypted; write it without a password"
    ]


def test_expansion_is_counted_and_not_believed() -> None:
    content = zipped({"a.csv": b"0" * 600, "b.csv": b"0" * 600})
    assert len(content) < 1000
    problem = ": it has more than 1,000 bytes; divide it, or give bytes_at_most="
    assert faults(content, bytes_at_most=1000) == [problem]
    untrue = bytearray(zipped({"a.csv": b"0" * 100_000}))
    size = untrue.index(b"PK\x01\x02") + 24
    untrue[size : size + 4] = (10).to_bytes(4, "little")
    assert faults(bytes(untrue), bytes_at_most=1000)[0] in {
        problem, ": it is no zip file, or a damaged one",
    }  # fmt: skip


@given(full_datasets())
@settings(max_examples=5)
def test_zip_that_is_cut_short_or_damaged_is_refused(dataset: cp.Dataset) -> None:
    file = io.BytesIO()
    cp.write(dataset, file, format="zip")
    whole = file.getvalue()
    for at in range(0, len(whole), 97):
        assert faults(whole[:at])
        damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            back = cp.read(io.BytesIO(damaged), format="zip")
        except cp.errors.FileError:
            continue
        assert back == dataset


def test_no_zip_file_is_refused() -> None:
    assert faults(b"id,company\n") == [": it is no zip file, or a damaged one"]


# The folder


def test_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine")
    (tmp_path / "secret.csv").write_text("id,name\na,Secret\n")
    (tmp_path / "mine" / "companies.csv").unlink()
    (tmp_path / "mine" / "companies.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(
        cp.errors.FileError, match=r"its file 'companies.csv' is a link that leads out"
    ):
        cp.read(tmp_path / "mine")


def test_files_of_a_folder_are_limited_together(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine")
    sizes = [path.stat().st_size for path in (tmp_path / "mine").iterdir()]
    assert cp.read(tmp_path / "mine", bytes_at_most=sum(sizes)) == ACME
    with pytest.raises(cp.errors.FileError, match="bytes; divide it"):
        cp.read(tmp_path / "mine", bytes_at_most=sum(sizes) - 1)


def test_folder_without_a_descriptor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cp.errors.FileError, match=r"it has no datapackage.json at its top"):
        cp.read(tmp_path)


# frictionless


@pytest.mark.parametrize("name", ["mine/datapackage.json", "mine.zip"])
def test_frictionless_accepts_the_article(tmp_path: Path, name: str) -> None:
    cp.write(cp.load(), tmp_path / name)
    assert not errors(tmp_path / name)


@settings(max_examples=10)
@given(full_datasets())
def test_frictionless_accepts_any_dataset(dataset: cp.Dataset) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        cp.write(dataset, Path(folder) / "mine.zip")
        assert not errors(Path(folder) / "mine.zip")


def test_frictionless_finds_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine")
    pledges = tmp_path / "mine" / "pledges.csv"
    pledges.write_text(pledges.read_text().replace("a,acme", "a,acne").replace("exact", "exactly"))
    assert {kind for kind, _ in errors(tmp_path / "mine" / "datapackage.json")} == {
        "constraint-error", "foreign-key",
    }  # fmt: skip


def errors(path: Path) -> list[list[str]]:
    frictionless = pytest.importorskip("frictionless", reason="needs the extra `schemas`")
    with warnings.catch_warnings(action="ignore"), frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(path), type="package")
    told: list[list[str]] = report.flatten(["type", "message"])
    return told
