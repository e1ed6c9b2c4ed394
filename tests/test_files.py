"""Reading and writing, whatever the form: round trips, limits, encodings, and the disk."""

import io
import json
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

import commonprosperity as cp
from commonprosperity.cli import main
from commonprosperity.errors import FileError, RecordError
from commonprosperity.files import schema
from strategies import full_datasets, pledge

FORMS = ("toml", "json", "zip")
ACME = cp.Dataset(companies=[cp.Company(id="acme", name="Acme")])


def written(dataset: cp.Dataset, form: str) -> bytes:
    file = io.BytesIO()
    cp.write(dataset, file, format=form)
    return file.getvalue()


def by_id(dataset: cp.Dataset) -> dict[str, str]:
    """Return each record's text, which shows the precision of its amounts."""
    return {record.id: repr(record) for record in dataset.records}


@pytest.mark.parametrize("form", FORMS)
@given(dataset=full_datasets())
def test_every_record_is_read_back_and_written_the_same(form: str, dataset: cp.Dataset) -> None:
    content = written(dataset, form)
    back = cp.read(io.BytesIO(content), format=form)
    assert by_id(back) == by_id(dataset)
    assert written(back, form) == content


@settings(max_examples=20)
@given(full_datasets())
def test_folder_holds_every_record_in_order(dataset: cp.Dataset) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        cp.write(dataset, folder / "package")
        assert repr(cp.read(folder / "package").records) == repr(dataset.records)


@pytest.mark.parametrize("form", FORMS)
def test_a_selection_is_not_written_and_both_ways_out_are(form: str) -> None:
    article = cp.load()
    for narrowed in (article.where(company="alibaba"), article.as_of("2021-08-31")):
        with pytest.raises(FileError) as caught:
            written(narrowed, form)
        assert f"{len(narrowed)} of 8 pledges are selected, and a file has no selection" in str(
            caught.value
        )
        assert written(narrowed.select_all(), form) == written(article, form)
        extract = cp.read(io.BytesIO(written(narrowed.extract(), form)), format=form)
        assert by_id(extract) == by_id(narrowed.extract())


def test_what_is_no_dataset_is_not_written() -> None:
    with pytest.raises(RecordError, match=r"comes first: write\(dataset, "):
        cp.write("mine.toml", cp.load())  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["toml", "zip"])
def test_order_of_the_records_is_kept(form: str) -> None:
    back = cp.read(io.BytesIO(written(cp.load(), form)), format=form)
    assert back == cp.load()


@pytest.mark.parametrize("ending", [".toml", ".json", ".zip", ".TOML", ""])
def test_form_is_that_of_the_ending(tmp_path: Path, ending: str) -> None:
    cp.write(cp.load(), tmp_path / f"mine{ending}")
    assert by_id(cp.read(str(tmp_path / f"mine{ending}"))) == by_id(cp.load())


def test_format_overrides_the_ending(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine.txt", format=".JSON")
    assert cp.read(tmp_path / "mine.txt", format="json") == ACME


def test_descriptor_of_a_package_is_read_as_the_package(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine")
    assert cp.read(tmp_path / "mine" / "datapackage.json") == ACME


def test_open_files_are_read_and_written_for_text_and_bytes() -> None:
    text = io.StringIO()
    cp.write(ACME, text, format="toml")
    assert cp.read(io.StringIO(text.getvalue()), format="toml") == ACME
    assert cp.read(io.BytesIO(text.getvalue().encode()), format="toml") == ACME


@pytest.mark.parametrize(
    ("file", "format_", "problem"),
    [
        (io.BytesIO(), None, "the file: an open file needs format=; there are toml, json, csv, tsv, xlsx, xls, xlsb, ods, zip, iati, folder, 360giving"),
        (io.BytesIO(), "jsn", "the file: 'jsn' is no format; did you mean json?; there are toml"),
        (io.BytesIO(), "folder", "the file: an open file is no folder"),
        ("mine.docx", None, "mine.docx: its ending says no format; there are .toml, .json, .csv, .tsv, .xlsx, .xls, .xlsb, .ods, .zip"),
        ("none.json", None, "none.json: No such file or directory"),
        ("none", None, "none: there is no such folder; a file has an ending, such as .csv, or needs format="),
        (io.TextIOWrapper(io.BytesIO(b"\xff"), "utf-8"), "toml", "the file: its text is in another encoding"),
        (io.StringIO("\ud800"), "toml", "the file: its text is in another encoding; open it for bytes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(file: Any, format_: str | None, problem: str) -> None:
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(file, format=format_)
    assert str(error.value).startswith(problem)


@pytest.mark.parametrize("format_", [None, "csv", "folder"])
def test_the_text_of_a_table_is_no_name_of_a_file_and_is_read_as_the_error_advises(
    format_: str | None,
) -> None:
    text = "company,amount,announced\n" + "Acme,5 CNY,2021\n" * 500
    advised = 'not what it contains; give io.{}, with format="csv" or another'
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(text, format=format_)
    assert str(error.value).endswith(advised.format("StringIO(text)"))
    assert len(str(error.value)) < 250
    contents: list[Any] = [text.encode(), bytearray(text.encode())]
    for content in contents:
        with pytest.raises(cp.errors.FileError) as error:
            cp.read(content, format=format_)
        assert str(error.value).endswith(advised.format("BytesIO(content)"))
    assert cp.read(io.StringIO(text), format="csv").pledges
    assert cp.read(io.BytesIO(text.encode()), format="csv").pledges


def test_the_name_of_a_file_may_have_two_lines(tmp_path: Path) -> None:
    file = tmp_path / "my\ntable.csv"
    file.write_text("company,amount,announced\nAcme,5 CNY,2021\n")
    assert len(cp.read(str(file))) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("name,amount\n阿里,1\n".encode("utf-16"), 'it is in UTF-16; save it in UTF-8, or give encoding="utf-16"'),
        ("name,amount\n阿里,1\n".encode("utf-16-le"), 'it is in UTF-16; save it in UTF-8, or give encoding="utf-16-le"'),
        ("name,amount\nAcme,1\n".encode("utf-16-be"), 'it is in UTF-16; save it in UTF-8, or give encoding="utf-16-be"'),
        ("name,amount\n".encode("utf-32"), 'it is in UTF-32; save it in UTF-8, or give encoding="utf-32"'),
        ("公司,金额\n阿里巴巴,一千亿元\n".encode("gbk"), "it is not in UTF-8 (byte 1 does not fit); it "
         'looks like GBK (GB 18030); save it in UTF-8, or give encoding="gb18030"'),
        ("company,note\n騰訊,共同富裕專項計劃資金\n".encode("big5"), "it is not in UTF-8 (byte 14 does not fit); "
         'it looks like Big5; save it in UTF-8, or give encoding="big5"'),
        ("company,note\nNestlé,café au lait – à Genève\n".encode("cp1252"), "it is not in UTF-8 (byte 19 does "
         'not fit); it looks like Windows-1252; save it in UTF-8, or give encoding="cp1252"'),
        (bytes(range(128, 256)) * 9, "it is not in UTF-8 (byte 1 does not fit); is it a text file?; save it in UTF-8"),
        (b"a,b\nc\0", "it has a NUL byte, which no text has; is it a text file?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["toml", "json", "csv", "360giving"])
def test_other_encodings_are_named_and_never_guessed(
    form: str, content: bytes, problem: str
) -> None:
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.BytesIO(content), format=form)
    assert [fault.problem for fault in error.value.faults] == [problem]


@pytest.mark.parametrize("form", [*FORMS, "csv", "360giving", "iati"])
def test_file_larger_than_the_limit_is_refused_without_being_read(form: str) -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size == 1001
            return b" " * size

    with pytest.raises(
        cp.errors.FileError, match="more than 1,000 bytes; divide it, or give bytes_at_most="
    ):
        cp.read(Endless(), format=form, bytes_at_most=1000)


@pytest.mark.parametrize("form", [*FORMS, "csv"])
def test_cell_larger_than_the_limit_is_refused(form: str) -> None:
    record = pledge("a", note="x" * 41)
    dataset = cp.Dataset(companies=ACME.companies, pledges=[record])
    content = written(dataset, form)
    assert cp.read(io.BytesIO(content), format=form, cell_at_most=41) == dataset
    with pytest.raises(cp.errors.FileError, match="note: has more than 40 characters; shorten it"):
        cp.read(io.BytesIO(content), format=form, cell_at_most=40)


@pytest.mark.parametrize(
    ("form", "content"),
    [("json", "[[]," * 2_100_000), ("toml", "a={a=[[]," * 1_100_000), ("csv", "," * 4_100_000),
     ("csv", "\r" * 4_100_000)],
)  # fmt: skip
def test_file_of_millions_of_small_values_is_refused_before_they_are_made(
    form: str, content: str
) -> None:
    with pytest.raises(cp.errors.FileError, match="more than 4,000,000 values; divide it"):
        cp.read(io.StringIO(content), format=form)


def test_whoever_allows_more_bytes_allows_more_values() -> None:
    content = "," * 4_100_000
    allowed = 4_100_001 * 25 // 2 + 1
    with pytest.raises(cp.errors.FileError, match="more than 1,000 columns"):
        cp.read(io.StringIO(content), format="csv", bytes_at_most=allowed)
    with pytest.raises(cp.errors.FileError, match="more than 4,080,000 values; divide it, or give"):
        cp.read(io.StringIO(content), format="csv", bytes_at_most=51_000_000)


@pytest.mark.parametrize(
    ("form", "head", "record"),
    [
        ("toml", "", "[company.c{0}]\n"),
        ("toml", "", "[figure.f{0}]\nabout='c{0}'\nvalue=1\n"),
        ("toml", "[company.a]\n", "c{0} = nan\n"),
    ],
)
def test_the_first_thousand_faults_are_told(form: str, head: str, record: str) -> None:
    content = head + "".join(record.format(at) for at in range(1_500))
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.StringIO(content), format=form)
    assert len(error.value.faults) == 1000


def test_one_fault_of_many_rows_is_told_once_with_the_first_five() -> None:
    content = "company,amount,announced\n" + "".join(f"c{at},x,2021\n" for at in range(1_500))
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.StringIO(content), format="csv")
    (fault,) = error.value.faults
    assert fault.problem.endswith("(at least 1,000 lines: 2, 3, 4, 5, 6, ...)")


def test_the_first_thousand_faults_of_a_package_are_told(tmp_path: Path) -> None:
    cp.write(ACME, tmp_path / "mine")
    (tmp_path / "mine" / "figures.csv").write_text("id,about,value\n" + "a,acme,1\n" * 1_500)
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(tmp_path / "mine")
    assert len(error.value.faults) == 1000


# The disk


@pytest.mark.parametrize("name", ["mine.toml", "mine.zip", "mine"])
def test_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    cp.write(ACME, tmp_path / name)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(cp.errors.FileError, match="No space left on device"):
        cp.write(cp.load(), tmp_path / name)
    assert cp.read(tmp_path / name) == ACME
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.write(ACME, tmp_path / "mine.json")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cp.write(cp.load(), tmp_path / "mine.json")
    assert cp.read(tmp_path / "mine.json") == ACME
    assert len([*tmp_path.iterdir()]) == 1


def test_folder_that_cannot_be_exchanged_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.write(ACME, tmp_path / "mine")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "mine" and not self.name.endswith("-old"):
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(cp.errors.FileError, match="mine: Permission denied"):
        cp.write(cp.load(), tmp_path / "mine")
    assert cp.read(tmp_path / "mine") == ACME
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_folder_with_other_files_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(
        cp.errors.FileError, match=r"also holds thesis.doc, which would be lost; write to a"
    ):
        cp.write(ACME, tmp_path)
    assert (tmp_path / "thesis.doc").exists()


def test_old_package_is_replaced(tmp_path: Path) -> None:
    cp.write(cp.load(), tmp_path / "mine")
    cp.write(ACME, tmp_path / "mine")
    assert cp.read(tmp_path / "mine") == ACME
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").touch(mode=0o600)
    (tmp_path / "link.toml").symlink_to("mine.toml")
    cp.write(ACME, tmp_path / "link.toml")
    assert (tmp_path / "link.toml").is_symlink()
    assert stat.S_IMODE((tmp_path / "mine.toml").stat().st_mode) == 0o600
    assert cp.read(tmp_path / "mine.toml") == ACME


def test_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(cp.errors.FileError, match="No such file or directory"):
        cp.write(ACME, tmp_path / "none" / "mine.toml")


def test_dataset_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("old")
    with pytest.raises(cp.errors.FileError, match="a flat CSV holds pledges"):
        cp.write(cp.load(), tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text() == "old"


# The command


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.mark.parametrize("name", ["mine.toml", "mine.json", "mine.zip", "mine"])
def test_any_form_is_exported_to_any_other_and_added_up(tmp_path: Path, name: str) -> None:
    first, second = tmp_path / name, tmp_path / "again.json"
    written = command("export", "article", str(first))
    assert (written.stdout, written.stderr) == ("", f"Wrote {first}: 8 pledges.\n")
    assert command("export", str(first), str(second)).exit_code == 0
    assert by_id(cp.read(second)) == by_id(cp.load())
    total = command("total", "--format", "json").output
    assert command("total", str(first), "--format", "json").output == total
    assert command("check", str(first)).exit_code == command("check").exit_code


def test_flat_csv_is_added_up_and_checked(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.csv"
    sheet.write_text("company,amount,announced\nAcme,2 billion CNY,2021\n")
    assert "2.000" in command("total", str(sheet)).output
    assert command("check", str(sheet)).exit_code == 1  # it names no source
    assert command("export", str(sheet), str(tmp_path / "mine.toml")).exit_code == 0
    assert cp.read(tmp_path / "mine.toml") == cp.read(sheet)


def test_export_that_would_lose_something_says_what_and_writes_nothing(tmp_path: Path) -> None:
    result = command("export", "article", str(tmp_path / "mine.csv"))
    assert result.exit_code == 1
    assert "pinduoduo-revenue: this figure would be lost" in result.output
    assert not [*tmp_path.iterdir()]


def test_loose_amounts_of_a_sheet_are_told_on_the_command_line(tmp_path: Path) -> None:
    sheet, out = str(tmp_path / "mine.csv"), str(tmp_path / "mine.json")
    Path(sheet).write_text("company;amount;announced\nA;$5;2021\nA;1.234,5;2021\n")
    assert command("export", sheet, out).exit_code == 1
    result = command(
        "export", sheet, out, "--symbol", "$=USD", "--default", "EUR", "--numbers", "de"
    )
    assert result.stdout == ""
    assert [str(pledge.amount) for pledge in cp.read(out)] == ["5 USD", "1,234.5 EUR"]
    assert "write '$=USD'" in command("export", sheet, out, "--symbol", "$").output
    assert "did you mean CNY?" in command("export", sheet, out, "--symbol", "$=RMB").output


def test_scale_of_a_sheet_is_told_on_the_command_line(tmp_path: Path) -> None:
    sheet, out = str(tmp_path / "mine.csv"), str(tmp_path / "mine.json")
    Path(sheet).write_text("company,Amount (USD m),currency,announced\nA,5.5,USD,2021\n")
    assert "give --scale million" in command("export", sheet, out).output
    assert command("export", sheet, out, "--scale", "million").exit_code == 0
    assert [str(pledge.amount) for pledge in cp.read(out)] == ["5,500,000 USD"]
    assert command("export", sheet, out, "--scale", "1").exit_code == 0
    assert [str(pledge.amount) for pledge in cp.read(out)] == ["5.5 USD"]
    refused = command("export", sheet, out, "--scale", "dozen")
    assert refused.exit_code == 2
    assert "is no scale with one meaning" in refused.output


def test_schema_is_printed() -> None:
    assert command("schema").output == schema()


@pytest.mark.parametrize("name", ["a\0b.csv", f"{'x' * 300}.csv"])
def test_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises(cp.errors.FileError):
        cp.read(name)
    with pytest.raises(cp.errors.FileError):
        cp.write(cp.load(), name.replace(".csv", ".toml"))


NAMELESS = {
    "read": cp.read,
    "write": lambda name: cp.write(cp.Dataset(), name),
    "from_csv": cp.rates.from_csv,
    "ecb": cp.rates.ecb,
    "frames.total": lambda name: cp.frames.total(name, "CNY"),
}
"""What takes a path, each called with one."""


@pytest.mark.parametrize("call", NAMELESS.values(), ids=NAMELESS)
@pytest.mark.parametrize("name", ["", Path()])
def test_what_names_no_file_is_refused_and_is_never_the_working_folder(
    call: Any, name: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.write(cp.load(), tmp_path / "datapackage.json")
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(cp.errors.FileError, match=r"names no file|is an empty text"):
        call(name)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert cp.read(".") == cp.load()  # as the sentence advises


def test_command_takes_no_empty_name_for_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.write(cp.load(), tmp_path / "datapackage.json")
    monkeypatch.chdir(tmp_path)
    result = command("total", "")
    assert result.exit_code == 2
    assert "'' is no file, and no dataset" in result.output


@pytest.mark.parametrize("out", ["-", ""])
def test_export_names_a_file(out: str) -> None:
    done = command("export", "article", out)
    assert done.exit_code == 2
    assert f"{out!r} is no file; write the name of one" in done.stderr


@pytest.mark.parametrize(
    ("encoding", "text", "codec"),
    [
        ("cp1250", "Łódź Sp. z o.o.\nŚwięty Żółw", "cp1250"),
        ("cp1250", "Žďár nad Sázavou\nČeská spořitelna", "cp1250"),
        ("cp1251", "Газпром\nЛукойл", "cp1251"),
        ("cp1251", "Міністерство України", "cp1251"),
        ("cp1252", "Müller\nSão Paulo\nStraße – “x” £5", "cp1252"),
        ("cp932", "トヨタ自動車\nソニー", "cp932"),
        ("cp932", "会社\nソフトバンク", "cp932"),
        ("euc-kr", "삼성전자\n현대자동차", "cp949"),
        ("gbk", "公司\n阿里巴巴", "gb18030"),
        ("gbk", "公司,金额,币种,公布日期\n阿里巴巴\n拼多多", "gb18030"),
    ],
)
def test_encoding_that_is_proposed_reads_the_text(encoding: str, text: str, codec: str) -> None:
    content = f"company,amount,currency,announced\n{text},5,EUR,2021\n".encode(encoding)
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(io.BytesIO(content), format="csv")
    assert str(error.value).endswith(f'or give encoding="{codec}"')
    assert content.decode(codec) == content.decode(encoding)


def test_encoding_that_is_none_of_those_known_is_not_proposed() -> None:
    content = "company,amount\nTürkiye İş Bankası,5\n".encode("cp1254")
    with pytest.raises(cp.errors.FileError, match=r"is it a text file\?; save it in UTF-8$"):
        cp.read(io.BytesIO(content), format="csv")


@pytest.mark.parametrize("name", ["mine.toml", "mine.json", "mine.csv", "mine.zip", "mine"])
def test_a_dataset_has_the_name_of_its_file_without_its_folders(tmp_path: Path, name: str) -> None:
    cp.write(cp.Dataset(), tmp_path / name)
    assert cp.read(tmp_path / name).name == name
    assert cp.read(str(tmp_path / name)).name == name


def test_an_open_file_has_its_name_or_none(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("")
    with (tmp_path / "mine.toml").open("rb") as file:
        assert cp.read(file, format="toml").name == "mine.toml"
    assert cp.read(io.BytesIO(), format="toml").name == ""


@pytest.mark.parametrize(
    ("title", "name"), [("Pledges of 2021", "Pledges of 2021"), (7, "mine"), ("", "mine")]
)
def test_a_data_package_says_what_it_is_called(tmp_path: Path, title: object, name: str) -> None:
    cp.write(cp.Dataset(), tmp_path / "mine")
    descriptor = tmp_path / "mine" / "datapackage.json"
    content = json.loads(descriptor.read_text()) | {"title": title}
    descriptor.write_text(json.dumps(content))
    assert cp.read(tmp_path / "mine").name == name
