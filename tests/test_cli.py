"""The command, run as a user runs it."""

import csv
import io
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commonprosperity as cp
from commonprosperity.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


ITSELF = f"{sys.executable} -m commonprosperity"

MIXED = """
[company.acme]
name = "Acme"
[initiative.aid]
company = "acme"
name = "Aid"
[pledge.acme-1]
company = "acme"
initiative = "aid"
amount = "2 million CNY"
announced = "2021-09-15"
[pledge.acme-2]
company = "acme"
initiative = "aid"
amount = "1 million CNY"
stage = "disbursement"
announced = "2021-10-15"
"""


def test_without_a_command_it_prints_the_article() -> None:
    assert (
        run().output
        == """\
The Chinese efforts of common prosperity (Dot Dot Stand), amounts in billions

Company    Pledged  Disbursed  Paid by others      CNY    Share     USD
---------  -------  ---------  --------------  -------  -------  ------
Tencent    100.000      4.169           4.169  104.169   48.6 %  16.035
Alibaba    100.000                             100.000   46.7 %  15.484
Pinduoduo   10.000                              10.000    4.7 %   1.544
---------  -------  ---------  --------------  -------  -------  ------
total      210.000      4.169           4.169  214.169  100.0 %  33.063

Total: 214,169,000,000.00 CNY, or 33,063,427,655.59 USD
with each pledge at the ECB's reference rate of its own date.
At least 204.169 billion CNY, as some of it is promised as a ceiling.
"""
    )


def test_the_article_fits_80_columns() -> None:
    assert max(map(len, run().output.splitlines())) <= 80


def test_total_by_initiative_on_one_date_is_that_of_the_library() -> None:
    out = run(
        "total", "--to", "USD", "--by", "initiative", "--on", "2021-09-02", "--format", "json"
    )
    told = json.loads(out.output)
    totals = cp.load().totals("USD", by="initiative", on="2021-09-02")
    assert [row["USD"] for row in told["rows"]] == [f"{t.amount.amount}" for t in totals.values()]
    assert told["totals"][0]["USD"] == f"{totals.grand.amount.amount}"


def test_total_by_several_fields() -> None:
    out = run("total", "--by", "company", "--by", "stage", "--format", "csv").output
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["company"], row["stage"]) for row in rows] == [
        ("Alibaba", "pledge"), ("Tencent", "pledge"), ("Pinduoduo", "pledge"),
        ("Tencent", "disbursement"),
    ]  # fmt: skip


def test_total_without_a_group_tells_stages_and_bounds() -> None:
    out = run("total").output
    assert "pledged                             210.000" in out
    assert "paid by the public                    3.569" in out
    assert "at least                            204.169" in out


def test_explain_tells_each_pledge() -> None:
    out = run("explain", "--to", "USD", "--format", "markdown").output
    assert "| tencent-100-billion | 0 | CNY | its parts count |  |  | 0 |" in out
    assert (
        "| alibaba-ten-actions | 100.0000 | CNY | counted | 0.154844 | 2021-09-02 | 15.4844 |"
        in out
    )
    assert "| mean of 2021-04 |" in out


def test_show_tells_the_facts_of_any_record() -> None:
    out = run("show", "alibaba-ten-actions").output
    assert "equivalents  15.49 billion USD, 15.5 billion USD" in out
    assert "funder" not in out
    assert "阿里巴巴" in run("show", "alibaba").output


def test_show_of_a_dataset_leads_to_its_ids(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    cp.write(cp.load(), file)
    for name in (str(file), "wave-2021"):
        failed = run("show", name)
        assert failed.exit_code == 2
        assert f"show ID {name} (explain {name} lists the ids" in failed.output
        listed = run("explain", name).output
        (id_,) = [
            line.split()[0]
            for line in listed.splitlines()
            if line.startswith(("alibaba-t", "byte"))
        ][:1]
        assert id_ in run("show", id_, name).output
    assert "no record 'absent.toml'" in run("show", "absent.toml").output


def test_convert_prints_the_amount() -> None:
    out = run("convert", "100 billion CNY", "--to", "USD", "--on", "2021-09-02")
    assert out.output == f"{cp.convert('100 billion CNY', 'USD', on='2021-09-02')}\n"


def test_convert_as_json_holds_amounts_in_full() -> None:
    out = run("convert", "5 USD", "--to", "USD", "--on", "2021", "--format", "json").output
    (row,) = json.loads(out)["rows"]
    assert row == {
        "amount": "5", "currency": "USD", "on": "2021", "converted": "5", "to": "USD",
    }  # fmt: skip


def test_datasets_lists_the_built_in_ones() -> None:
    lines = [line.split("  ") for line in run("datasets").output.splitlines()]
    assert ["article", "The Chinese efforts of common prosperity", "8"] in [
        [cell.strip() for cell in line if cell] for line in lines
    ]
    assert ["wave-2021", "50 reports", "52"] in [
        [cell.strip() for cell in line if cell] for line in lines
    ]


def test_dataset_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MIXED.replace('initiative = "aid"\n', ""), encoding="utf-8")
    assert run("total", str(file), "--format", "csv").output.startswith("what,CNY\npledged,2000000")


def test_mixed_stages_are_warned_of_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MIXED, encoding="utf-8")
    out = run("total", str(file))
    assert out.exit_code == 0
    assert out.stderr == (
        "Warning: aid: acme-1 is a pledge and acme-2 a disbursement, neither inside the other; "
        "if they are the same money, link them with part_of\n"
    )


def test_the_callers_warnings_are_left_as_they_were() -> None:
    before = warnings.showwarning
    run("datasets")
    assert warnings.showwarning is before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["total", "--by", "compny"], "'compny' is no field of a pledge; did you mean company?"),
        (["total", "--to", "RMB"], "RMB is no currency code; did you mean CNY?"),
        (["total", "--on", "2021-13"], "'2021-13' is no period"),
        (["total", "nope"], "'nope' is no file, and no dataset; there are article"),
        (
            ["convert", "5", "--to", "USD", "--on", "2021"],
            "'5' names no currency; give --default CNY if",
        ),
        (
            ["convert", "5 yuan a year", "--to", "USD", "--on", "2021"],
            "'5 yuan a year' is no amount: at character 8, 'a year': it",
        ),
        (["convert", "5 CNY", "--to", "USD"], "Missing option '--on'"),
        (["conver"], "No such command 'conver'"),
        (["--nope"], "No such option"),
        (["total", "--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(arguments: list[str], sentence: str) -> None:
    out = run(*arguments)
    assert out.exit_code == 2
    assert sentence in out.stderr
    assert out.stderr.startswith("commonprosperity: ")
    assert len(out.stderr.splitlines()) == 1
    assert not out.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["total", "--to", "USD", "--on", "1998-03-01"],
            "no CNY rate on 1998-03-01; the ECB's are",
        ),
        (["show", "alibab"], "no record 'alibab'; did you mean alibaba?"),
        (["convert", "5 KZT", "--to", "USD", "--on", "2021"], "no KZT rate on 2021"),
    ],
)
def test_data_at_fault_is_one_sentence_and_status_1(arguments: list[str], sentence: str) -> None:
    out = run(*arguments)
    assert out.exit_code == 1
    assert sentence in out.stderr
    assert len(out.stderr.splitlines()) == 1
    assert not out.stdout


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MIXED.replace('name = "Aid"', 'nam = "Aid"'), encoding="utf-8")
    out = run("total", str(file))
    assert out.exit_code == 1
    assert out.stderr.splitlines() == [
        f"commonprosperity: {file}:4: aid: name: is missing",
        f"{file}:4: aid: nam: is no field of an initiative; did you mean name?",
    ]


def test_help_is_no_error() -> None:
    out = run("--help")
    assert out.exit_code == 0
    assert "every yuan counted once" in out.output


def test_it_can_be_called_from_code_without_leaving_the_process() -> None:
    assert main(["datasets"], standalone_mode=False) is None
    with pytest.raises(cp.errors.RecordNotFoundError):
        main(["show", "nope"], standalone_mode=False)


def test_interruption_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("commonprosperity.cli.commands._article", interrupt)
    out = run()
    assert (out.exit_code, out.stderr.strip()) == (1, "commonprosperity: interrupted")


def test_reader_that_has_left_ends_the_command_with_status_1() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "commonprosperity", "schema"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_reader_that_leaves_is_no_traceback() -> None:
    done = shell(f"{ITSELF} explain | true")
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


NAMES = """
[company.tencent]
name = "腾讯"
[company.huawei]
name = "华为"
[pledge.a]
company = "tencent"
amount = "2 billion CNY"
announced = "2021-09-15"
[pledge.b]
company = "huawei"
amount = "1 billion CNY"
announced = "2021-09-15"
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.toml"
    file.write_text(NAMES, encoding="utf-8")
    return file


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_encoding_that_has_every_character_is_printed_in(
    names: Path, encoding: str, form: str
) -> None:
    done = shell(f"{ITSELF} total {names} --by company --format {form}", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "腾讯" in done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_encoding_without_chinese_is_an_error_that_names_the_way_out(
    names: Path, encoding: str, form: str
) -> None:
    command = f"{ITSELF} total {names} --by company --format {form}"
    done = shell(command, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"commonprosperity: the output is in ")
    assert b", which has no " in done.stderr
    assert done.stderr.endswith(b"; write to a file in UTF-8 with --out FILE\n")
    out = names.with_suffix(".out")
    followed = shell(f"{command} --out {out}", PYTHONIOENCODING=encoding)
    assert (followed.returncode, followed.stdout, followed.stderr) == (0, b"", b"")
    assert "腾讯" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_json_is_ascii_where_the_encoding_has_no_chinese(names: Path, encoding: str) -> None:
    command = f"{ITSELF} total {names} --by company --format json"
    done = shell(command, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii() is (encoding != "utf-8")
    rows = json.loads(done.stdout)["rows"]
    assert [row["company"] for row in rows] == ["腾讯", "华为"]
    assert rows[0]["CNY"] == "2000000000.00"


def test_plain_c_locale_of_python_prints_chinese(names: Path) -> None:
    done = shell(f"{ITSELF} total {names} --by company", LANG="C", LC_ALL="C")
    assert done.returncode == 0
    assert "腾讯" in done.stdout.decode("utf-8")


def test_terminal_without_chinese_shows_question_marks(names: Path) -> None:
    command = f"script -qec '{ITSELF} total {names} --by company' /dev/null"
    done = shell(command, PYTHONIOENCODING="latin-1")
    if done.returncode == 127:
        pytest.skip("script(1), which makes a terminal, is not installed")
    assert done.returncode == 0
    assert b"??" in done.stdout


PRINTING = [
    [], ["total"], ["total", "--by", "company"], ["explain"], ["show", "alibaba"], ["check"],
    ["convert", "5 CNY", "--to", "USD", "--on", "2021-09-02"], ["datasets"], ["schema"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_every_command_that_prints_writes_the_same_to_a_file(
    arguments: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "out"
    printed, written = run(*arguments), run(*arguments, "--out", str(file))
    assert (written.exit_code, written.output) == (printed.exit_code, "")
    assert file.read_text(encoding="utf-8") == printed.output


def test_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    out = run("total", "--out", str(tmp_path / "no" / "such" / "folder"))
    assert out.exit_code == 1
    assert out.stderr.startswith(f"commonprosperity: {tmp_path}")
    for name in ("", "-"):
        assert run("total", "--out", name).exit_code == 2
        assert run("export", "article", name).exit_code == 2


def test_closed_output_is_an_error_and_no_success() -> None:
    done = shell(f"{ITSELF} total >&-")
    assert done.returncode == 1
    assert (
        b"there is no output to print to; write to a file in UTF-8 with --out FILE" in done.stderr
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "json", "total"], "--format stands after its command: commonprosperity total --format"),
        (["--out", "a", "check"], "--out stands after its command: commonprosperity check --out"),
        (["--to", "USD", "total"], "--to stands after its command: commonprosperity total --to"),
        (["--by", "company", "total"], "--by stands after its command: commonprosperity total --by"),
        (["--format", "json", "export", "article", "a"], "export has no option --format"),
        (["--format", "json", "schema"], "schema has no option --format"),
        (["--nope", "total"], "No such option"),
    ],
)  # fmt: skip
def test_option_in_a_wrong_place_is_refused_with_the_right_one(
    arguments: list[str], sentence: str
) -> None:
    out = run(*arguments)
    assert (out.exit_code, out.stdout) == (2, "")
    assert sentence in out.stderr


def test_options_without_a_command_are_those_of_the_article() -> None:
    assert json.loads(run("--format", "json").output)["rows"][0]["company"] == "Tencent"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-5 CNY", "--to", "USD", "--on", "2021-09-02"],
        ["--to", "USD", "-5 CNY", "--on", "2021-09-02"],
        ["--to", "USD", "--on", "2021-09-02", "-5 CNY"],
        ["--to", "USD", "--on", "2021-09-02", "--", "-5 CNY"],
        ["-¥5", "--to", "USD", "--on", "2021-09-02"],
    ],
)
def test_amount_below_zero_is_no_option(arguments: list[str]) -> None:
    out = run("convert", *arguments)
    if "-¥5" in arguments:
        assert "'-¥5' is ambiguous: ¥ is CNY, JPY; give --symbol '¥=CNY' if" in out.stderr
    else:
        assert (out.exit_code, out.output) == (0, "-0.77 USD\n")


def test_option_that_is_mistyped_is_no_amount() -> None:
    out = run("convert", "5 CNY", "--tp", "USD", "--on", "2021-09-02")
    assert out.exit_code == 2
    assert "No such option '--tp'" in out.stderr or "No such option: --tp" in out.stderr


def test_terminal_of_80_columns_is_filled_and_not_passed() -> None:
    done = shell(f"COLUMNS=80 script -qec '{ITSELF} explain --to USD' /dev/null")
    if done.returncode == 127:
        pytest.skip("script(1), which makes a terminal, is not installed")
    lines = done.stdout.decode().splitlines()
    assert "its parts" in done.stdout.decode()
    assert 75 <= max(map(len, lines)) <= 80


def test_check_of_the_article_finds_nothing_at_fault() -> None:
    out = run("check")
    assert out.exit_code == 0
    assert out.output.count("equivalent-agrees") == 2


def test_check_with_an_error_or_a_warning_has_status_1(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MIXED, encoding="utf-8")
    out = run("check", str(file), "--format", "json")
    assert out.exit_code == 1
    found = {(row["severity"], row["code"]) for row in json.loads(out.stdout)["rows"]}
    assert found == {("warning", "no-source"), ("warning", "stages-unlinked")}


def test_it_is_a_module_too() -> None:
    assert shell(f"{ITSELF} --version").stdout.startswith(b"commonprosperity, version")


def test_nothing_to_bound_is_not_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    firm = cp.load().where(qualifier="exact")
    monkeypatch.setattr("commonprosperity.cli.commands.load", lambda: firm)
    assert "At least" not in run().output


def test_output_that_cannot_be_written_is_no_traceback() -> None:
    for command in (f"{ITSELF} > /dev/full", f"{ITSELF} >&-"):
        assert b"Traceback" not in shell(command).stderr


SLIPPED = "A fund of 20 billion yuan ($31 billion).\n\nIt gave 100 billion yuan ($15.49 billion).\n"


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.md"
    path.write_text(SLIPPED, encoding="utf-8")
    return str(path)


def test_scan_prints_amounts_and_findings_and_exits_with_1_at_a_slip(article: str) -> None:
    result = run("scan", article, "--on", "2021-09-02", "--to", "USD", "--symbol", "$=USD")
    assert result.exit_code == 1
    assert "1     20 billion yuan   $31 billion     31.000  A fund of 20 billion" in result.output
    assert "Findings: 1 error, 0 warning, 1 info" in result.output
    assert "line 1: 31 billion USD is 10 times too much" in result.output
    assert run("scan", article).exit_code == 0
    assert "Findings" not in run("scan", article).output


def test_scan_reads_the_standard_input_and_writes_each_form(article: str) -> None:
    for form in ("text", "markdown", "json", "csv"):
        arguments = ["scan", "-", "--on", "2021-09-02", "--format", form]
        result = CliRunner().invoke(main, arguments, input=SLIPPED)
        assert result.exit_code == 1
        assert "unit-slip" in result.output or form == "csv"
    both = json.loads(run("scan", article, "--on", "2021-09-02", "--format", "json").output)
    assert [row["line"] for row in both["amounts"]["rows"]] == ["1", "3"]
    assert [row["code"] for row in both["findings"]["rows"]] == ["unit-slip", "equivalent-agrees"]
    result = run("scan", article, "--on", "2021-09-02", "--format", "csv")
    assert result.stdout.splitlines()[0] == "line,stated,equivalents,sentence"
    assert result.stderr.startswith("error: line 1: 31 billion USD is 10 times too much")


def test_scan_takes_a_currency_and_a_locale_for_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Sie gab 1.234,5 EUR, insgesamt 10 Mrd.", encoding="utf-8")
    result = run("scan", str(path), "--numbers", "de", "--default", "EUR", "--format", "csv")
    assert [row.split(",")[0] for row in result.output.splitlines()[1:]] == ["1", "1"]


def test_draft_writes_toml_once(article: str, tmp_path: Path) -> None:
    out = tmp_path / "mine.toml"
    arguments = ("draft", article, "--source", "Tea", "--symbol", "$=USD", "--out", str(out))
    assert (run(*arguments).exit_code, run(*arguments).exit_code) == (0, 2)
    draft = out.read_text(encoding="utf-8")
    assert 'title = "Tea"' in draft
    assert draft.count("[pledge.") == 2
    assert run("check", str(out)).exit_code == 1
    assert "is there already; write to another file, or delete it" in run(*arguments).output


def test_an_article_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert run("scan", str(tmp_path / "none.txt")).exit_code == 2
    assert run("scan", "").exit_code == 2
    path = tmp_path / "gbk.txt"
    path.write_bytes("腾讯投入500亿元，用于可持续社会价值创新".encode("gb18030"))
    result = run("scan", str(path))
    assert result.exit_code == 1
    assert "it looks like GBK (GB 18030); save it in UTF-8" in result.output
    assert run("scan", str(path), "--on", "soon").exit_code == 2
    assert run("draft", str(path)).exit_code == 2


def test_every_command_that_takes_a_dataset_takes_a_layout(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[columns]\ncompany = "Who"\namount = "USD"\nannounced = "When"\n', encoding="utf-8"
    )
    (tmp_path / "them.csv").write_text(
        "When,Who,USD,More\n2021-09-02,Acme,5000,x\n", encoding="utf-8"
    )
    table, layout = str(tmp_path / "them.csv"), ("--layout", str(tmp_path / "mine.toml"))
    assert "5.000" in run("total", table, "--to", "USD", *layout).output
    assert "Acme" in run("total", table, "--to", "USD", "--by", "company", *layout).output
    assert "acme-1" in run("explain", table, "--to", "USD", *layout).output
    assert "5,000 USD" in run("show", "acme-1", table, *layout).output
    assert "no-source" in run("check", table, *layout).output
    assert run("export", table, str(tmp_path / "out.toml"), *layout).exit_code == 0
    assert cp.read(tmp_path / "out.toml").pledges[0].amount == cp.Money(5000, "USD")


def test_what_a_layout_leaves_out_is_told_beside_the_output(tmp_path: Path) -> None:
    (tmp_path / "them.csv").write_text("Who,Sum,Day\nAcme,5,2021-09-02\nBeta,n/a,2021-09-02\n")
    (tmp_path / "mine.toml").write_text(
        'columns = { company = "Who", amount = "Sum", announced = "Day" }\n'
        'constants.currency = "USD"\nskip.amount = "n/a"\n'
    )
    out = run("total", str(tmp_path / "them.csv"), "--layout", str(tmp_path / "mine.toml"))
    assert out.stderr == "commonprosperity: rows left out as amount is 'n/a': 1\n"
    assert "left out" not in out.stdout


def test_schema_of_layouts_is_printed() -> None:
    assert json.loads(run("schema", "--layout").output)["title"] == "A layout of commonprosperity"


def test_a_layout_that_is_none_is_a_wrong_use_and_one_of_a_built_in_dataset_too() -> None:
    wrong = run("total", "--layout", "360givng")
    assert wrong.exit_code == 2
    assert "did you mean 360giving?" in wrong.stderr
    built_in = run("total", "article", "--layout", "360giving")
    assert built_in.exit_code == 2
    assert (
        "article is no file; --layout, --symbol and the like say how a file is" in built_in.stderr
    )
