"""Chinese words for the values of enumerations, as Chinese tables write them."""

from collections.abc import Mapping

from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, suggestion
from commonprosperity.sentence import Sentence

_CHINESE = pattern("[\u3400-\u9fff]")
_IN_CHINESE = {
    "stage": {
        "pledge": "承诺 已承诺 承諾 已承諾 认捐 認捐",
        "commitment": "立约 已立约 立約 已立約 签约 已签约 簽約 已簽約",
        "disbursement": "拨付 已拨付 撥付 已撥付 支付 已支付 到账 已到账 到賬 已到賬 到帳 已到帳",
    },
    "instrument": {
        "cash": "现金 現金",
        "shares": "股份",
        "loan": "贷款 貸款",
        "in_kind": "实物 實物",
    },
    "qualifier": {
        "exact": "确数 確數",
        "about": "约数 約數",
        "at_least": "至少",
        "up_to": "不超过 不超過",
    },
}
_VALUES = {
    field: {word: value for value, chinese in words.items() for word in chinese.split()}
    for field, words in _IN_CHINESE.items()
}


def values_of(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the values that cells mean in Chinese words of one meaning, by their fields.

    >>> values_of({"stage": "已拨付", "instrument": "cash", "company": "承诺"})
    {'stage': 'disbursement'}
    """
    return {
        field: values[cells[field]]
        for field, values in _VALUES.items()
        if cells.get(field) in values
    }


def stated_values(
    cells: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, Sentence]]:
    """Return what `values_of` does, and what is wrong with other Chinese words, by their fields.

    >>> stated_values({"stage": "捐赠", "instrument": "现金", "qualifier": "rough"})
    ({'instrument': 'cash'}, {'stage': "'捐赠' is none of 承诺, 立约, 拨付"})
    """
    chinese = {field: cell for field in _VALUES if not (cell := cells.get(field, "")).isascii()}
    if not chinese:
        return {}, {}  # as in most rows
    problems = {
        field: Sentence(
            "{value} is none of {values:list}{near:say}", value=brief(cell),
            values=[words.split()[0] for words in _IN_CHINESE[field].values()],
            near=suggestion(cell, _VALUES[field]),
        )
        for field, cell in chinese.items()
        if cell not in _VALUES[field] and _CHINESE.search(cell)
    }  # fmt: skip
    return values_of(chinese), problems


def words_of(field: str, value: str) -> tuple[str, ...]:
    """Return the words that a cell may have for a value: the value itself, and Chinese ones.

    >>> words_of("instrument", "cash")
    ('cash', '现金', '現金')
    """
    return (value, *_IN_CHINESE[field][value].split())
