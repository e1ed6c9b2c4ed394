"""The headings of a table: as names of columns, and what is wrong with them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from sys import intern

from commonprosperity.errors import Fault
from commonprosperity.flat.columns import COLUMNS, PERIOD_ENDS, POOLED
from commonprosperity.flat.heading_currency import currency_in_heading
from commonprosperity.flat.scales import scale_in_heading
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, suggestion
from commonprosperity.records.fields import composed
from commonprosperity.sentence import NO_SENTENCE, Bilingual, Sentence
from commonprosperity.tags import key_of_tag, tag_field

REQUIRED_COLUMNS = ("company", "amount", "announced")
"""The fields that every pledge has."""

_AMOUNT = pattern(r"\s*(?:(?i:amount|high)(?![a-z])|金额|金額|上限)")
_IN_CHINESE = {
    name: column
    for column, names in {
        "id": "编号 編號", "company": "公司 企业 企業 公司名称 公司名稱 企业名称 企業名稱",
        "initiative": "项目 項目 计划 計劃", "amount": "金额 金額",
        "currency": "币种 幣種 货币 貨幣",
        "high": "上限", "qualifier": "确切程度 確切程度 确定性 確定性", "stage": "阶段 階段",
        "instrument": "形式",
        "announced": "公布日期 宣布日期 公佈日期", "value_date": "汇率日期 匯率日期 估值日期",
        "spend": "支出期间 支出期間 使用期间 使用期間",
        "funder": "出资方 出資方", "recipient": "受益方", "part_of": "所属整体 所屬整體 所属 所屬",
        "supersedes": "取代",
        "restates": "转述 轉述 重述", "equivalents": "等值金额 等值金額", "source": "来源 來源",
        "url": "链接 鏈接 連結", "locator": "出处 出處", "note": "备注 備註",
        "funder_zh": "出资方中文名 出資方中文名", "recipient_zh": "受益方中文名",
        "locator_zh": "中文出处 中文出處", "note_zh": "中文备注 中文備註",
        "title": "标题 標題", "title_zh": "中文标题 中文標題",
        "publisher": "发布者 發布者", "published": "发布日期 發布日期",
        "name": "名称 名稱", "name_zh": "中文名 中文名稱 中文名称", "aliases": "别名 別名",
        "country": "国家 國家",
        "started": "开始 開始", "ends": "结束 結束", "themes": "主题 主題",
        "lead": "负责人 負責人", "pooled": "合并计算 合併計算", "about": "关于 關於",
        "measure": "指标 指標", "value": "数值 數值", "unit": "单位 單位", "period": "期间 期間",
    }.items()
    for name in names.split()
}  # fmt: skip


def heading(text: str) -> str:
    """Return a heading, in English or Chinese, as a column's name; the key of a tag stays as it is.

    >>> heading(" Value date "), heading("公布日期"), heading("Tags.Home Country")
    ('value_date', 'announced', 'tags.Home Country')
    """
    name = re.sub(r"\s+", "_", text.strip().casefold())
    if key_of_tag(name):
        return tag_field(composed(text.strip()[len("tags.") :].strip()))
    # Python compares names letter by letter unless they are one object: then it makes a pledge of
    # cells by their headings in 5 us instead of 6.
    return intern(_IN_CHINESE.get(name, name))


def heading_in(language: str, column: str) -> str:
    """Return what a column is called at the top of a sheet: in Chinese, or else in English.

    >>> heading_in("zh", "value_date"), heading_in("en", "value_date")
    ('汇率日期', 'Value date')
    >>> heading_in("zh", "tags.country")
    'tags.country'
    """
    if key_of_tag(column):
        return column
    chinese = next((name for name, each in _IN_CHINESE.items() if each == column), None)
    return chinese if language == "zh" and chinese else column.replace("_", " ").capitalize()


def headed_in_chinese(fault: Fault) -> Fault:
    """Return a fault of a table with the name of its column in both languages."""
    chinese = heading_in("zh", fault.field) if fault.field in COLUMNS else None
    return fault._replace(field=Bilingual(fault.field, chinese))


def headings_of(
    known: Sequence[str], texts: Sequence[str], place: str, *, tagged: bool = False
) -> tuple[list[str], list[Fault]]:
    """Return headings as the names of columns, and what is wrong with those that are not known.

    ``tagged`` is whether each tag may have a column, such as ``tags.country``.

    >>> names, faults = headings_of(["id", "announced"], ["Id", "anounced"], "mine.csv:1")
    >>> names, str(*faults)
    (['id', 'anounced'], 'mine.csv:1: anounced: is no column; did you mean announced?')
    """
    names = [heading(text) for text in texts]
    is_beside = key_of_tag if tagged else _is_none
    return names, [*_wrong(names, texts, known, place, is_beside)]


def pledge_headings(
    texts: Sequence[str], place: str, *, scaled: bool, symbols: Mapping[str, str] | None = None
) -> tuple[list[str], list[Fault]]:
    """Return the headings of a table of pledges as the names of columns, and what is wrong.

    A heading that states a unit is wrong, unless the caller gives a scale (``scaled``). The
    ``symbols`` say which currency ``Amount ($)`` names.

    >>> pledge_headings(["company", "Amount (USD m)", "announced"], "mine.csv:1", scaled=True)
    (['company', 'amount', 'announced'], [])

    The library's own dataframes and files have other columns too: the ends of periods, and
    whether an initiative is pooled.
    """
    units = [None if key_of_tag(heading(text)) else scale_in_heading(text) for text in texts]
    names = []
    for text, unit in zip(texts, units, strict=True):
        amount = _AMOUNT.match(text)
        is_more = amount and (unit or currency_in_heading(text, symbols))
        names.append(heading(amount[0] if amount and is_more else text))
    faults = [*_wrong(names, texts, COLUMNS, place, _is_beside)]
    way_out = Sentence("add one, or name its column in a layout") if faults else Sentence("add one")
    if not scaled:
        pairs = zip(texts, units, strict=True)
        faults += [Fault("", text.strip(), unit, place) for text, unit in pairs if unit]
    missing = (name for name in REQUIRED_COLUMNS if name not in names)
    problem = Sentence("is no column of it; {way_out:say}", way_out=way_out)
    faults += [Fault("", name, problem, place) for name in missing]
    return names, faults


def headings_below(rows: Iterable[Sequence[str]]) -> tuple[int, Sentence] | None:
    """Return which row has our headings, and what to do about the rows above it.

    None where no row has all that are needed, or the first one that is not blank does.

    >>> headings_below([["Gifts of 2021"], [""], ["company", "amount", "announced"]])
    (3, 'here are the headings; delete the lines above them')
    """
    is_first = True
    for number, texts in enumerate(rows, 1):
        names, _ = pledge_headings(texts, "", scaled=True)
        if {*REQUIRED_COLUMNS} <= {*names}:
            problem = Sentence("here are the headings; delete the lines above them")
            return None if is_first else (number, problem)
        is_first = is_first and not any(map(str.strip, texts))
    return None


def without_heading(cell: str, at: int) -> Sentence:
    """Say that a cell stands under no heading, and the way out.

    The first one is perhaps an index of pandas; any other stands behind a comma too many.

    >>> print(without_heading("12", 0))
    '12' stands under no heading; write one, or leave the column out, as to_csv(index=False) does
    """
    text = brief(cell)
    if at:
        return Sentence("{cell} stands under no heading; a comma in a cell needs quotes", cell=text)
    return Sentence(
        "{cell} stands under no heading; write one, or leave the column out, as "
        "to_csv(index=False) does",
        cell=text,
    )


def _near_in_chinese(name: str, columns: Mapping[str, str], used: Sequence[str]) -> Sentence:
    """Name the nearest Chinese heading; one of a column that the table lacks comes first.

    Where a table has no date of announcement, 日期 is 公布日期, and not 汇率日期.
    """
    missing = [each for each, column in columns.items() if column in {*REQUIRED_COLUMNS} - {*used}]
    return suggestion(name, missing) or suggestion(name, columns)


def _is_beside(name: str) -> bool:
    """Whether a column may stand beside the fields of pledges."""
    return name in PERIOD_ENDS or name == POOLED or key_of_tag(name) is not None


def _is_none(_: str) -> bool:
    return False


def _wrong(
    names: Sequence[str],
    texts: Sequence[str],
    known: Sequence[str],
    place: str,
    is_beside: Callable[[str], object],
) -> Iterator[Fault]:
    """Yield a fault for each name that is not known, and for each that comes twice.

    Names that ``is_beside`` takes may stand beside those that are known.
    """
    in_chinese = {heading_in("zh", column): column for column in known}
    both = [Bilingual(column, chinese) for chinese, column in in_chinese.items()]
    there_are = Sentence("; there are {known:list}", known=both)  # in the first fault alone
    text_of = dict(zip(names, texts, strict=True))
    for name, times in Counter(names).items():
        if name and name not in known and not is_beside(name):
            near = suggestion(name, known, names)
            near = near or _near_in_chinese(name, in_chinese, names)
            if name == "tags" and is_beside("tags.country"):
                near = Sentence("; write one for each tag, such as tags.country")
            problem = Sentence("is no column{near:say}", near=near or there_are)
            yield Fault("", text_of[name].strip(), problem, place)
            there_are = there_are if near else NO_SENTENCE
        if name and times > 1:
            yield Fault(
                "", name, Sentence("is the heading of two columns; leave one of them out"), place
            )
