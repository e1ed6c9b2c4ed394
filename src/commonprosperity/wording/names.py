"""What currencies are called: the names and symbols of CLDR in English and Chinese, and newsrooms'.

A name means one currency or several: ``US$`` is the US dollar, ``$`` any of thirty. Beside another
name of the same amount, as in ``RMB 5 million yuan``, both must mean the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from commonprosperity.wording.currencies import currency_codes


class Name(NamedTuple):
    """A name of currencies: what it means by itself, and what it may mean beside another name."""

    spelling: str
    alone: tuple[str, ...]
    beside: frozenset[str]


# The reading of bare words that newsrooms keep for one currency, and their own short forms.
_OWN_SPELLINGS = {
    "AUD": "a$ au$ 澳元 澳币 澳幣",
    "BRL": "r$ real reais",
    "CAD": "c$ ca$ can$ 加元 加币 加幣 加拿大元",
    "CHF": "sfr 瑞郎",
    "CNY": "rmb renminbi yuan cn¥ rmb¥ 人民币 人民幣",
    "CZK": "kč",
    "EUR": "€ euro euros 欧元 歐元",
    "GBP": "£ sterling 英镑 英鎊",
    "GHS": "₵",
    "HKD": "hk$ 港元 港币 港幣 港圆 港圓",
    "IDR": "rp 印尼盾",
    "ILS": "₪",
    "INR": "₹ 印度卢比 印度盧比",
    "JPY": "jp¥ yen 日元 日圆 日圓 日币 日幣 円",
    "KRW": "₩ ￦ won 韩元 韓元 韩圆 韓圓 韓圜 韩币 韓幣",
    "KZT": "₸",
    "MOP": "mop$ pataca patacas 澳门元 澳門元 澳门币 澳門幣",
    "MXN": "mx$",
    "MYR": "rm 林吉特 令吉 马币 馬幣",
    "NGN": "₦",
    "NZD": "nz$ 新西兰元 纽币 紐幣",
    "PHP": "₱",
    "PLN": "zł",
    "RUB": "₽ ruble rubles rouble roubles 卢布 盧布",
    "SEK": "krona kronor",
    "SGD": "s$ sg$ 新元 新币 坡币 坡幣 新加坡元 新加坡币 新加坡幣",
    "THB": "฿ 泰铢 泰銖",
    "TRY": "₺ lira",
    "TWD": "nt$ ntd ntd$ 新台币 新台幣 新臺币 新臺幣 台币 台幣 臺幣",
    "UAH": "₴",
    "USD": "us$ u.s.$ usd$ 美元 美金 美圆 美圓",
    "VND": "₫ 越南盾 越盾",
    "ZAR": "rand",
}
_PHRASES = {
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "brazilian reais": "BRL",
    "us $": "USD",
    "u.s. $": "USD",
    "united states dollar": "USD",
    "united states dollars": "USD",
    "u.s. dollar": "USD",
    "u.s. dollars": "USD",
    "american dollar": "USD",
    "american dollars": "USD",
    "taiwan dollar": "TWD",
    "taiwan dollars": "TWD",
    "chinese renminbi": "CNY",
    "yuan renminbi": "CNY",
    "renminbi yuan": "CNY",
    "indian rupee": "INR",
}
# Those with peso names write $ too; Babel does not hand out CLDR's narrow symbols.
_PESOS = ("ARS", "CLP", "COP", "CUP", "DOP", "MXN", "UYU")
COMMON_WORDS = frozenset({"won", "real", "reals", "rand", "rm"})
"""Names of currencies that mean something else in most texts: she won, in real terms."""

FAMILIAR = ("USD", "CNY", "HKD", "TWD", "JPY", "EUR", "GBP", "AUD", "CAD", "SGD", "SEK")
# They were, or are, those of other countries too, or something else.
_NO_NOUNS = frozenset([
    "cfa", "escudo", "escudos", "florin", "gold", "guilder", "guilders", "lati", "sol", "som",
    "soms",
])  # fmt: skip
# Codes that are words in small letters: all 50, try 5, top 10.
_WORDS = frozenset(
    ["all", "bam", "bob", "cop", "cup", "gel", "mad", "mop", "pen", "ron", "sos", "top", "try"]
)
_BRACKETS = frozenset("(（")
_YUAN = "元圆圓块塊"
_YUAN_BESIDE = ("AUD", "CAD", "EUR", "KRW", "NZD", "USD", "TWD", "JPY", "SGD", "CNY", "HKD", "MOP")
_CHINESE_NOUNS = "法郎 卢比 盧比 比索 披索 克朗 第纳尔 第納爾 镑 鎊 先令 里亚尔 里亞爾 里拉"
_PLURALS = {
    "dollar": "dollars", "pound": "pounds", "peso": "pesos", "franc": "francs", "rupee": "rupees",
    "dinar": "dinars", "dirham": "dirhams", "shilling": "shillings", "rial": "rials",
    "riyal": "riyals",
}  # fmt: skip


def yuan(spelling: str, *, traditional: bool) -> Name:
    """Return what 元 means: in simplified Chinese the yuan, in traditional several currencies.

    >>> yuan("元", traditional=False).alone, yuan("元", traditional=True).alone
    (('CNY',), ('CNY', 'HKD', 'TWD', 'MOP'))
    """
    alone = ("CNY", "HKD", "TWD", "MOP") if traditional else ("CNY",)
    return Name("元" if spelling in _YUAN else spelling, alone, frozenset(_YUAN_BESIDE))


@cache
def names() -> Mapping[str, Name]:
    """Return every name in lower case, with what it means."""
    spellings = (
        (spelling, code) for code, row in _OWN_SPELLINGS.items() for spelling in row.split()
    )
    return (
        dict(_nouns())
        | dict(_of_cldr())
        | {spelling: _name(spelling, [code]) for spelling, code in (*spellings, *_PHRASES.items())}
        | dict(_shared_names())
        | {spelling: yuan(spelling, traditional=False) for spelling in _YUAN}
    )


def candidates(names_of_amount: Sequence[Name]) -> tuple[str, ...]:
    """Return the currencies that the names of one amount may mean together; none if they differ.

    >>> candidates([names()["$"], names()["港元"]]), candidates([names()["¥"], names()["元"]])
    (('HKD',), ('CNY',))
    """
    if len(names_of_amount) == 1 or len(set(names_of_amount)) == 1:
        return names_of_amount[0].alone
    beside = frozenset.intersection(*(name.beside for name in names_of_amount))
    certain = beside & {name.alone[0] for name in names_of_amount if len(name.alone) == 1}
    return ordered(certain or beside)


def _of_cldr() -> Iterator[tuple[str, Name]]:
    codes_by_spelling: dict[str, set[str]] = {}
    for spelling, code in _cldr_names():
        codes_by_spelling.setdefault(_lower(spelling), set()).add(code)
    for spelling, codes in codes_by_spelling.items():
        if not spelling.isascii() or len(spelling) > 1:
            yield spelling, _name(spelling, codes & _current() or codes)


def _nouns() -> Iterator[tuple[str, Name]]:
    """Yield the last words of English names that belong to one currency alone: baht, ringgit."""
    codes_by_noun: dict[str, set[str]] = {}
    for name, code in _cldr_names():
        *before, noun = _lower(name).split(" ")
        if before and noun.isascii() and noun not in _NO_NOUNS:
            codes_by_noun.setdefault(noun, set()).add(code)
    for noun, codes in codes_by_noun.items():
        if len(codes) == 1:
            yield noun, _name(noun, codes)


@cache
def _cldr_names() -> tuple[tuple[str, str], ...]:
    """Return the names and symbols of CLDR, in English and in both Chinese scripts."""
    from babel import Locale  # noqa: PLC0415 (the names load when an amount in words is met)
    from babel.numbers import get_currency_name  # noqa: PLC0415 (as above)

    names_and_codes = {
        (name, code)
        for locale in map(Locale.parse, ("en", "zh_Hans", "zh_Hant"))
        for code in _current() | _before_the_euro()
        for name in (
            *(get_currency_name(code, count, locale) for count in (None, 1, 2)),
            locale.currency_symbols.get(code, code),
        )
        if name not in currency_codes() and _BRACKETS.isdisjoint(name)
    }
    return tuple(sorted(names_and_codes))


def _shared_names() -> Iterator[tuple[str, Name]]:
    """Yield the words that several currencies share, such as dollars, and bare symbols."""
    for one, several in _PLURALS.items():
        codes = _ending_in(several)
        yield from ((word, Name(several, codes, frozenset(codes))) for word in (one, several))
    dollars = ordered((*_ending_in("dollars"), *_PESOS))
    crowns = ("SEK", "DKK", "ISK", "NOK")
    yield "$", _name("$", dollars)
    yield from ((word, _name("$", _ending_in("dollars"))) for word in ("dollar", "dollars"))
    yield "¥", _name("¥", ("CNY", "JPY"))
    yield from ((word, _name("kr", crowns)) for word in ("kr", "kr.", "crowns"))
    yield from ((word, _name("kroner", ("DKK", "NOK"))) for word in ("krone", "kroner"))
    yield from ((word, _name("rupees", _ending_in("rupees"))) for word in ("rs", "rs.", "₨"))
    for noun in _CHINESE_NOUNS.split():
        yield noun, _name(noun, _ending_in(noun))


def _ending_in(noun: str) -> tuple[str, ...]:
    """Return the current currencies whose name in CLDR ends in a word."""
    return ordered(
        code for name, code in _cldr_names() if code in _current() and name.lower().endswith(noun)
    )


@cache
def _current() -> frozenset[str]:
    """Return the currencies that CLDR knows as tender somewhere, without an end."""
    return frozenset().union(*(now for now, _ in _tender_by_territory()))


@cache
def small_codes() -> frozenset[str]:
    """Return the codes of current money that may be in small letters, as in ``20 usd``.

    Those that are English words as well may not.
    """
    return frozenset(map(str.lower, _current())) - _WORDS


@cache
def _before_the_euro() -> frozenset[str]:
    """Return what only the euro replaced; people still use other old names for new money."""
    tender = _tender_by_territory()
    before = frozenset().union(*(old for now, old in tender if now == {"EUR"}))
    return before.difference(*(old for now, old in tender if now != {"EUR"}))


@cache
def _tender_by_territory() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return, for each territory, what is tender there and what was."""
    from babel.core import get_global  # noqa: PLC0415 (as above)

    return tuple(
        (
            frozenset(code for code, _, end, tender in currencies if tender and not end),
            frozenset(code for code, _, end, tender in currencies if tender and end),
        )
        for currencies in get_global("territory_currencies").values()
    )


def _name(spelling: str, codes: Iterable[str]) -> Name:
    codes = ordered(codes)
    return Name(spelling, codes, frozenset(codes))


def ordered(codes: Iterable[str]) -> tuple[str, ...]:
    """Sort codes: the most frequent currencies first, then by the alphabet.

    >>> ordered(["ARS", "HKD", "USD", "HKD"])
    ('USD', 'HKD', 'ARS')
    """
    order = {code: at for at, code in enumerate(FAMILIAR)}
    return tuple(sorted(set(codes), key=lambda code: (order.get(code, len(order)), code)))


def _lower(text: str) -> str:
    return text.lower().replace("\u202f", " ").replace("\u2019", "'")
