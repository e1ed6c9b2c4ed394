"""Tables, findings and the command say everything of the library's own in Chinese."""

import json
import pickle
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.cli import main
from commonprosperity.errors import (
    CommonProsperityError,
    CountryError,
    CurrencyError,
    FieldError,
    LocaleError,
    MissingRatesError,
    PeriodError,
    RecordNotFoundError,
    SharedNameError,
    ValueNotFoundError,
)
from commonprosperity.messages import heading_in, in_language
from commonprosperity.records import in_two_languages
from commonprosperity.sentence import Bilingual, Sentence, together
from commonprosperity.table import Column, Kind, Table, Unit, display_width, fold

ARTICLE = cp.load()
ZH = "zh_CN"
TEXT = "It will spend 100 billion yuan ($15.49 billion). A fund of 20 billion yuan is part of it."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def tables() -> Iterator[tuple[str, Table]]:
    totals = ARTICLE.totals("USD", by=("company", "stage"))
    yield "total", ARTICLE.total("USD").table(locale=ZH)
    yield "explain", ARTICLE.total("USD").explain(locale=ZH)
    yield "totals", totals.table(locale=ZH)
    yield "pivot", totals.pivot(locale=ZH)
    yield "top", ARTICLE.totals("USD", by="company").top(1).table(locale=ZH)
    yield "cumulative", ARTICLE.totals("USD", by=("stage", "month")).cumulative(locale=ZH)
    yield "progress", ARTICLE.progress(to="USD").table(locale=ZH)
    yield "progress by", ARTICLE.progress("company", "USD").table(locale=ZH)
    earlier = ARTICLE.where(company="tencent").as_of("2021-08-31")
    yield "compare", ARTICLE.compare(earlier, "USD").table(locale=ZH)
    yield "compare by", ARTICLE.compare(earlier, "USD", by="company").table(locale=ZH)
    yield "findings", ARTICLE.check().table(locale=ZH)
    yield "dataset", ARTICLE.table(2, locale=ZH)
    for record in _records():
        yield str(record.id), record.table(locale=ZH)


def words_of_the_data() -> set[str]:
    """Return the words of the data itself: ids, titles, notes, and texts without a Chinese form."""
    texts = [str(getattr(record, field)) for record in _records() for field in _fields(record)]
    return set(re.findall(r"[A-Za-z]+", " ".join(texts)))


def _records() -> list[Any]:
    return [
        *ARTICLE.sources, *ARTICLE.companies, *ARTICLE.initiatives, *ARTICLE.pledges,
        *ARTICLE.figures,
    ]  # fmt: skip


def _fields(record: Any) -> list[str]:
    return [field.name for field in type(record).__attrs_attrs__]


@pytest.mark.parametrize(("name", "table"), [*tables()], ids=[name for name, _ in tables()])
def test_a_table_is_in_chinese_but_for_what_the_data_says(name: str, table: Table) -> None:
    codes = {"equivalent", "agrees"}
    for form in (table.text(), table.csv(), table.markdown()):
        words = set(re.findall(r"[A-Za-z]+", form))
        assert words <= words_of_the_data() | codes, name
    assert all(re.search("[一-鿿]", column) for column in json.loads(table.json())["rows"][0])


def test_amounts_are_in_units_of_10_000() -> None:
    amount = Column("amount", Kind.AMOUNT)
    cases = [
        (104_169_000_000, "单位：亿", "1,041.690"), (100_000_000, "单位：亿", "1.000"),
        (99_999_000, "单位：万", "9,999.900"), (10_000, "单位：万", "1.000"), (9_999, "", "9,999.00"),
    ]  # fmt: skip
    for value, unit, text in cases:
        first, *_, last = Table([amount], [[Decimal(value)]], locale=ZH).text().splitlines()
        assert first.strip() == (unit or "金额")
        assert last.strip() == text
    own = Table([amount], [[Decimal(10**6)]], units=[Unit("in myriads", 4)], locale=ZH)
    assert own.text().startswith("In myriads\n")


def test_a_share_has_no_space_before_its_sign() -> None:
    share = Table([Column("share", Kind.SHARE)], [[Fraction(1, 3)]])
    assert "33.3 %" in share.text()
    assert "33.3%" in share.text(locale=ZH)


@pytest.mark.parametrize("locale", ["en", "en_GB", "de"])
def test_every_other_locale_gets_the_english_table(locale: str) -> None:
    total = ARTICLE.total("USD")
    assert total.table(locale=locale).text() == total.table().text()
    assert total.table(locale=locale).json() == total.table().json()


def test_a_table_goes_from_one_language_to_another_and_back() -> None:
    table = ARTICLE.totals("USD", by="company").table()
    chinese = table.in_locale(ZH)
    assert table.text(locale=ZH) == chinese.text() == str(chinese)
    assert table.markdown(locale=ZH) == chinese.markdown()
    assert table.html(locale=ZH) == chinese.html()
    assert table.html(style=False, locale=ZH) == chinese.html(style=False)
    assert chinese.in_locale("en") == table
    assert chinese.text(locale="en") == table.text()
    assert "腾讯" in chinese._repr_html_()
    assert "腾讯" not in table._repr_html_()


def test_an_unknown_locale_is_an_error_at_once() -> None:
    with pytest.raises(LocaleError):
        ARTICLE.total("USD").table(locale="xx")


def test_what_the_caller_wrote_stays() -> None:
    table = Table([Column("tags.country"), Column("company")], [["total", "{id}"]], title="Mine")
    assert table.text(locale=ZH).splitlines() == [
        "Mine", "", "Country  公司", "-------  ----", "total    {id}",
    ]  # fmt: skip
    assert heading_in("CNY", ZH) == "CNY"
    assert heading_in("company", "de") == "company"


def test_a_long_table_says_in_chinese_how_much_more_there_is() -> None:
    long = Table([Column("note")], [["a" * 900]] * 101, locale=ZH)
    html = long._repr_html_()
    assert "另有1条" in html
    assert "……另有600个字符" in html


def test_a_chinese_form_is_said_in_chinese_and_survives_pickling() -> None:
    tencent = pickle.loads(pickle.dumps(Bilingual("Tencent", "腾讯")))  # noqa: S301 (ours)
    assert tencent == "Tencent" == in_language("en")(tencent)
    assert in_language(ZH)(tencent) == "腾讯"
    assert in_language(ZH)(Bilingual("Acme", None)) == "Acme"
    paid = Sentence("paid by {funder}", funder=tencent)
    assert (paid, in_language(ZH)(paid)) == ("paid by Tencent", "出资方：腾讯")


def test_sentences_are_put_together() -> None:
    assert together([]) == together(["", ""]) == ""
    assert together(["", "one"]) == "one"
    both = together([Sentence("nothing is fixed"), Sentence("no source implies one"), "mine"])
    assert both == "nothing is fixed; no source implies one; mine"
    assert in_language(ZH)(both) == "没有固定汇率；没有来源给出该汇率；mine"


def test_bounds_that_are_not_known_or_do_not_exist_are_said() -> None:
    floor = cp.Pledge(
        id="a-1", company="a", amount="1 billion CNY", qualifier="at_least", announced="2021-09-02"
    )
    floored = ARTICLE.extend(cp.Company(id="a", name="A"), floor).where(company="a")
    assert "上限：未设上限" in floored.total("USD").table(locale=ZH).text()
    assert "at most: no upper end" in floored.total("USD").table().text()


def test_the_command_prints_in_chinese() -> None:
    assert "合计：214,169,000,000元，折合33,063,427,655.59美元" in run("--locale", ZH).output
    assert "至少2041.69亿元" in run("--locale", ZH).output
    total = run("total", "--to", "USD", "--by", "company", "--locale", ZH).output
    assert total.startswith("单位：亿\n\n公司")
    assert "美元" in total
    assert "USD" not in total
    assert "理由" in run("explain", "--locale", ZH).output
    assert "按2021年9月2日汇率计算为154.84亿美元" in run("check", "--locale", ZH).output
    amount = "100 billion CNY", "--to", "USD", "--on", "2021-09-02"
    assert run("convert", *amount, "--locale", ZH).output == "15,484,360,090.45美元\n"
    columns = run("convert", *amount, "--locale", ZH, "--format", "csv").output
    assert columns.splitlines()[0] == "金额,币种,日期,折算金额,折算币种"
    assert "数据集" in run("datasets", "--locale", ZH).output


def test_the_command_prints_an_article_in_chinese(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT.replace("15.49", "12.5"), encoding="utf-8")
    options = ["--on", "2021-09-02", "--symbol", "$=USD", "--to", "USD", "--locale", ZH]
    scan = run("scan", str(file), *options)
    assert scan.exit_code == 1
    assert "原文金额" in scan.output
    assert "核查结果：错误0项，警告1项，提示0项" in scan.output
    assert "前后一年内没有任何一天的汇率与之相符" in scan.output.replace("\n", "")
    without = run("scan", str(file), "--to", "EUR", "--symbol", "$=USD", "--locale", ZH)
    assert "原文未以欧元表述的金额" in without.output
    assert "给出 --on 即可折算" in without.output
    both = json.loads(run("scan", str(file), *options, "--format", "json").output)
    assert both["findings"]["rows"][0]["级别"] == "警告"


def test_the_command_has_no_locale_of_its_own_where_it_prints_json_alone() -> None:
    assert run("schema", "--locale", ZH).exit_code == 2


def test_an_unknown_locale_is_a_wrong_use_of_the_command() -> None:
    result = run("total", "--locale", "xx")
    assert result.exit_code == 2
    assert "'xx' is no locale" in result.output


def test_missing_rates_are_said_with_the_names_of_currencies() -> None:
    early = ARTICLE.extend(
        cp.Pledge(
            id="early", company="tencent", amount="100 CNY", equivalents=["1 DEM"],
            announced="1990-01-02",
        )
    )  # fmt: skip
    text = early.check().table(locale=ZH).text()
    assert "没有1990年1月2日的人民币汇率（用于将 early 由人民币换算为德国马克）" in text


ERRORS: list[tuple[CommonProsperityError, str]] = [
    (CurrencyError("RMB", "CNY"), "RMB 不是货币代码；是否应为 CNY？"),
    (CurrencyError("QQQ"), "QQQ 不是货币代码；请使用 ISO 4217 代码，如 CNY"),
    (CountryError("UK", "GB"), "'UK' 不是两个字母的国家代码；是否应为 GB？"),
    (CountryError("XX"), "'XX' 不是两个字母的国家代码；请使用 ISO 3166 代码，如 CN"),
    (LocaleError("xx"), "'xx' 不是语言区域代码；请使用 en、zh_CN 或 de 之类的代码"),
    (
        PeriodError("soon"),
        "'soon' 不是日期或期间：请写成 2021-09-02、2021-04、2021-Q2、2021 或 2021-09-02/2024-12-31",
    ),
    (RecordNotFoundError("tencnet", ("tencent",)), "没有记录 'tencnet'（是否应为 tencent？）"),
    (RecordNotFoundError("xyz", ("tencent",)), "没有记录 'xyz'"),
    (
        SharedNameError("Fund", ("a", "b")),
        "有2条记录名为 'Fund'；请给出其中一条的编号：a、b",
    ),
    (FieldError("yaer", ("year", "x")), "承诺没有字段 'yaer'（是否应为 year？）；现有：year、x"),
    (
        FieldError("zzz", tuple(f"f{n}" for n in range(42))),
        f"承诺没有字段 'zzz'；现有：{'、'.join(f'f{n}' for n in range(40))} 及另外2个",
    ),
    (ValueNotFoundError("stage", "x", ("pledge",)), "stage：没有 'x'；现有：pledge"),
    (ValueNotFoundError("stage", "x", ("a", "b")), "stage：没有 'x'；现有：a、b"),
]


@pytest.mark.parametrize(("error", "chinese"), ERRORS, ids=[str(e)[:30] for e, _ in ERRORS])
def test_an_error_says_the_same_in_both_languages(
    error: CommonProsperityError, chinese: str
) -> None:
    sentence = error.sentence
    assert sentence == str(error)
    assert in_language(ZH)(sentence) == chinese


def test_rates_that_are_missing_are_said_pair_by_pair() -> None:
    codes = ["KRW", "RUB", "BRL", "TRY", "INR", "THB", "MXN"]
    pledges = [
        cp.Pledge(id=f"p-{code}", company="tencent", amount=f"1 {code}", announced=day)
        for code in codes
        for day in ["1990-01-02"]
    ]
    with pytest.raises(MissingRatesError) as caught:
        ARTICLE.extend(*pledges).total("USD")
    sentence = caught.value.sentence
    assert sentence == str(caught.value)
    chinese = in_language(ZH)(sentence)
    assert "没有1990年1月2日的韩元汇率（用于将 p-KRW 由韩元换算为美元）；欧洲央行" in chinese
    assert chinese.endswith("；另有2条")


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (["total", "--to", "RMB"], "'--to' 的值无效：RMB 不是货币代码；是否应为 CNY？"),
        (
            ["total", "nosuch"],
            "'[DATASET]' 的值无效：'nosuch' 既不是文件，也不是数据集；现有数据集：",
        ),
        (["total", "--by", "yaer"], "--by 的值无效：承诺没有字段 'yaer'（是否应为 year？）"),
        (["show", "tencnet"], "没有记录 'tencnet'（是否应为 tencent？）"),
        (["total", "--twice"], "没有选项 --twice"),
        (["show"], "缺少 'ID'"),
        (["report", "page.pdf"], "'[DATASET] OUT.html' 的值无效：'page.pdf' 不是可写入的网页"),
        (["total", "--out", "-"], "'--out' 的值无效：'-' 不是文件；请写明文件名"),
        (["total", "--on", "1990-01-02", "--to", "USD"], "没有1990年1月2日的人民币汇率（用于将 "),
    ],
)
def test_an_error_of_the_command_is_in_chinese(arguments: list[str], chinese: str) -> None:
    for locale in (["--locale", ZH], [f"--locale={ZH}"]):
        result = run(*arguments, *locale)
        assert result.exit_code != 0
        assert chinese in result.output
        english = run(*arguments)
        assert not re.search("[一-鿿]", english.output.replace("腾讯", ""))


@given(st.text(st.sampled_from("合计，。（“”a1 -/承诺2021")), st.integers(8, 20))
def test_a_folded_text_loses_nothing_and_no_line_begins_with_a_comma(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)


def test_a_chinese_line_ends_between_characters_and_not_inside_a_number() -> None:
    sentence = "按2021年汇率计算为154.84亿美元，应为笔误。"
    assert fold(sentence, 18) == ["按2021年汇率计算为", "154.84亿美元，应为", "笔误。"]
    assert fold("约合（10亿元）", 8) == ["约合（10", "亿元）"]
    assert fold("（", 8) == ["（"]


def test_texts_of_a_dataset_have_a_chinese_form() -> None:
    public = ARTICLE["giving-day-2021-public"]
    assert isinstance(public, cp.Pledge)
    assert str(in_two_languages(public, "funder")) == "the public"
    assert in_language(ZH)(in_two_languages(public, "funder") or "") == "公众"
    assert in_two_languages(ARTICLE["alibaba-ten-actions"], "funder") is None
    table = ARTICLE.total("CNY").table()
    assert "paid by the public" in table.text()
    assert "出资方：公众" in table.text(locale=ZH)
    assert "出资方：腾讯公益慈善基金会" in table.text(locale=ZH)


def test_a_funder_is_called_as_the_first_pledge_that_has_it_in_chinese_says() -> None:
    gifts = [
        cp.Pledge(id=f"g-{n}", company="tencent", amount="1 CNY", announced="2021", funder="Fund",
                  funder_zh=chinese)
        for n, chinese in enumerate([None, "基金", None])
    ]  # fmt: skip
    total = ARTICLE.extend(*gifts).where(funder="Fund").total("CNY")
    assert total.names("funder")["Fund"].chinese == "基金"


def test_the_article_has_every_text_in_chinese() -> None:
    for record in _records():
        for field in ("funder", "locator", "note"):
            text = getattr(record, field, None)
            chinese = getattr(record, f"{field}_zh", None)
            assert (text is None) is (chinese is None), record.id
            assert chinese is None or re.search("[一-鿿]", chinese)


@pytest.mark.parametrize("field", ["funder", "recipient"])
def test_groups_by_funder_and_recipient_are_called_so_in_chinese(field: str) -> None:
    names = ("Fund", None), ("Fund", "基金"), ("Fund", "会"), ("School", None)
    called: list[dict[str, Any]] = [{field: name, f"{field}_zh": zh} for name, zh in names]
    gifts = [
        cp.Pledge(id=f"g-{at}", company="tencent", amount="1 CNY", announced="2021", **facts)
        for at, facts in enumerate(called)
    ]
    given = ARTICLE.extend(*gifts).where(id=[gift.id for gift in gifts])
    totals = given.totals("CNY", by=field)
    assert [totals.names_of(group, ZH) for group in totals] == [["基金"], ["School"]]
    assert [totals.names_of(group) for group in totals] == [["Fund"], ["School"]]
    by_two = given.totals("CNY", by=("year", field))
    for table in (totals.table(), by_two.table(), by_two.pivot(), given.progress(by=field).table()):
        assert "基金" in table.text(locale=ZH)
        assert "Fund" in table.text()


@pytest.mark.parametrize(
    ("period", "chinese"),
    [
        ("2021-09-02", "2021年9月2日"), ("2021-10", "2021年10月"), ("2021", "2021年"),
        ("2021-Q1", "2021年第一季度"), ("2021-Q4", "2021年第四季度"), ("2021-H1", "2021年上半年"),
        ("2021-H2", "2021年下半年"), ("2021-04/2024", "2021年4月至2024年"),
        ("2020-12-31/2021-01-01", "2020年12月31日至2021年1月1日"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_chinese_newspapers_do(period: str, chinese: str) -> None:
    sentence = Sentence("{day:date}", day=cp.Period.parse(period))
    assert sentence == period
    assert in_language(ZH)(sentence) == chinese
    assert "至" in chinese or cp.Period.parse(chinese) == cp.Period.parse(period)


@pytest.mark.parametrize("text", ["", "soon", "2021-13-99x", "2021/", "2021-Q5", "/"])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert in_language(ZH)(Sentence("{day:date}", day=text)) == text


def test_a_record_shows_its_facts_in_chinese() -> None:
    pledge = ARTICLE["alibaba-ten-actions"].table(locale=ZH).text()
    assert "等值金额      154.9亿美元、155亿美元" in pledge
    assert "支出期间      2021年9月2日至2024年" in pledge
    figure = ARTICLE["pinduoduo-revenue"].table(locale=ZH).text()
    assert "所属          pinduoduo" in figure
    assert "about       pinduoduo" in ARTICLE["pinduoduo-revenue"].table().text()


@pytest.mark.parametrize(
    ("amount", "chinese"),
    [
        ("214169000000.00 CNY", "214,169,000,000元"), ("0.5 USD", "0.5美元"),
        ("-1234.50 JPY", "-1,234.5日元"), ("1E+12 CNY", "1,000,000,000,000元"),
    ],
)  # fmt: skip
def test_an_amount_in_full_has_the_unit_that_chinese_has(amount: str, chinese: str) -> None:
    sentence = Sentence("{amount:full}", amount=cp.Money.parse(amount))
    assert in_language(ZH)(sentence) == chinese


def test_a_group_by_a_tag_is_headed_by_its_key() -> None:
    tagged = ARTICLE.replace(
        attrs.evolve(ARTICLE.pledge("tencent-common-wealth"), tags={"地区": "中国"})
    )
    assert tagged.totals("CNY", by="tags.地区").table().text().splitlines()[2].startswith("地区 ")
    assert (
        tagged.totals("CNY", by="tags.地区").table(locale=ZH).text().splitlines()[2][:2] == "地区"
    )


TABLE = "公司,金额,公布日期\n腾讯,5亿元,2021-09-02\n"


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (["total", "mine.csv", "--by", "公司、阶段"], "公司  阶段"),
        (["total", "mine.csv", "--by", "年份"], "2021   5.000"),
        (["total", "mine.csv", "--by", "月"], "2021-09   5.000"),
        (["total", "mine.csv", "--where", "阶段=承诺"], "已承诺   5.000"),
        (["total", "mine.csv", "--to", "美元"], "美元"),
        (["total", "mine.csv", "--where", "公司=腾讯"], "5.000"),
        (["export", "mine.csv", "mine.toml"], "已写入 mine.toml：1条承诺。"),
        (["totl"], "没有命令 totl"),
        (["total", "--tto", "USD"], "没有选项 --tto（是否应为 --to？）"),
        (["total", "article", "b"], "参数过多：b"),
        (["total", "--format", "表格"], "'表格' 不在可选值之内；可选值：text、markdown、json、csv"),
        (["total", "article", "--encoding", "gbk"], ": article 不是文件；--layout"),
        (["total", "headed.csv"], "日期：不是可用的列（是否应为 公布日期？）"),
        (["total", "headed.csv"], "公布日期：表中没有这一列；请添加"),
        (["total", "wrong.csv"], "wrong.csv:2：腾讯-1：金额：'5亿' 未写明币种"),
        (["total", "wrong.csv"], "可能是 2021-06-05 或 2021-05-06；请写明其中之一\n"),
        (["total", "scaled.csv"], "请给出 --scale 万；若金额已写全，请给出 --scale 1"),
        (["total", "article", "--scale", "斤"], "scale：'斤' 不是含义明确的数量级"),
        (["total", "broken.toml"], "broken.toml:2：不是有效的 TOML：值无效（第2行第8列）"),
        (["total", "broken.json"], "broken.json:1：不是有效的 JSON：此处应为以双引号括住的属性名"),
        (["total", "many.csv"], "（8行：3、4、5、6、7……）"),
        (["export", "article", "no/such/folder.toml"], "没有这个文件或文件夹"),
        (["show", "mine", "mine.csv"], "没有记录 'mine'"),
    ],
)  # fmt: skip
def test_a_desk_that_works_in_chinese_is_answered_in_chinese(
    arguments: list[str], chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "mine.csv": TABLE,
        "headed.csv": TABLE.replace("公布日期", "日期"),
        "wrong.csv": TABLE.replace("5亿元", "5亿").replace("2021-09-02", "05/06/2021"),
        "scaled.csv": TABLE.replace("金额", "金额(万元)"),
        "broken.toml": "[company.acme]\nname = oops\n",
        "broken.json": "{company}",
        "many.csv": TABLE + "腾讯,很多,2021\n" * 8,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    run = CliRunner().invoke(main, [*arguments, "--locale", ZH])
    assert chinese in run.output
    assert not run.exception or isinstance(run.exception, SystemExit)


def test_a_warning_of_the_command_is_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = "公司,项目,金额,公布日期,阶段\n腾讯,基金,5亿元,2021,承诺\n腾讯,基金,2亿元,2022,拨付\n"
    (tmp_path / "mine.csv").write_text(table, "utf-8")
    run = CliRunner().invoke(main, ["total", "mine.csv", "--locale", ZH])
    assert run.stderr == (
        "警告：基金：腾讯-1 为承诺，腾讯-2 为拨付，两者互不包含；若为同一笔资金，请以 part_of（所属整体）关联\n"
    )


def test_an_option_without_its_value_is_told_in_chinese() -> None:
    run = CliRunner().invoke(main, ["total", "--locale", ZH, "--to"])
    assert run.output == "commonprosperity: 选项 --to 须带一个值\n"


def test_an_effect_names_fields_and_values_in_chinese() -> None:
    old = ARTICLE.pledge("tencent-common-wealth")
    changes: list[tuple[dict[str, Any], str]] = [
        ({"funder": "马化腾"}, "出资方：原为“–”，现为“马化腾”"),
        ({"instrument": "shares"}, "形式：原为“–”，现为“股份”"),
        ({"value_date": "2021-08"}, "原为2021年8月18日，现为2021年8月"),
    ]
    for changed, words in changes:
        new = ARTICLE.replace(attrs.evolve(old, **changed))
        by = "funder" if "funder" in changed else "instrument"
        assert words in new.compare(ARTICLE, "USD", by=by).table(locale=ZH).text()
