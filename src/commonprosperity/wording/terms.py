"""The words around an amount, in English and Chinese: scales, qualifiers, and what to refuse.

Where a word differs in traditional characters it stands beside the simplified one.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from functools import cache
from typing import Any, NamedTuple

from commonprosperity.sentence import Sentence
from commonprosperity.wording.names import names


class Qualifier(StrEnum):
    """How firm an amount is."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "a number in digits"
    NUMERAL = "a Chinese numeral"
    WORD = "an English number word"
    SCALE = "an English power of ten"
    MYRIAD = "a Chinese power of ten"
    NAME = "a currency"
    SUBUNIT = "a tenth or hundredth of a yuan"
    BEFORE = "a qualifier before the amount"
    AFTER = "a qualifier after the amount"
    ODD = "more than the numeral says"
    BETWEEN = "the opening of a range"
    TO = "the middle of a range"
    RANGE_END = "the end of a range"
    NEUTRAL = "what says nothing about the amount"
    ARTICLE = "a"
    HALF = "half"
    AND = "and"
    COMMA = "a comma"
    REFUSED = "what makes it no single amount"
    UNKNOWN = "anything else"

    __hash__ = object.__hash__  # kinds are keys of what is read; an enumeration's own is in Python


class Term(NamedTuple):
    """What a known word or sign means."""

    kind: TokenKind
    value: Any


_BEFORE = {
    Qualifier.UP_TO: "up to|up to and including|at most|as much as|no more than|not more than|"
    "not over|less than|"
    "under|below|just under|just below|a maximum of|maximum of|a maximum|maximum|max.|max|"
    "capped at|not exceeding|not to exceed|not exceed|does not exceed|cannot exceed|fewer than|<|≤|"
    "不超过|不超過|不高于|不高於|最多|至多|最高|不到|不足|少于|少於|低于|低於|小于|小於|"
    "不多于|不多於|不超|上限|上限为|上限為|未超过|未超過|未达|未達|不得超过|不得超過|"
    "不会超过|不會超過|不能超过|不能超過|不得高于|不得高於|最高可达|最高可達|最多可达|最多可達|"
    "最高达|最高達|最多达|最多達",
    Qualifier.AT_LEAST: "at least|more than|over|exceeding|above|in excess of|upwards of|"
    "upward of|well over|just over|slightly over|slightly more than|a little over|"
    "a little more than|well above|just above|no less than|not less than|no fewer than|"
    "a minimum of|minimum of|a minimum|minimum|north of|greater than|topping|exceed|exceeds|"
    "exceeded|>|≥|"
    "至少|最少|最低|不少于|不少於|不低于|不低於|超过|超過|逾|超|超出|突破|高于|高於|大于|大於|"
    "多于|多於|过|過|破|不得少于|不得少於|不得低于|不得低於|不能少于|不能少於",
    Qualifier.ABOUT: "about|around|roughly|approximately|approx.|approx|nearly|almost|some|"
    "close to|near|an estimated|estimated|circa|c.|ca.|ca|in the region of|in the order of|"
    "~|≈|约|約|约为|約為|大约|大約|大概|约合|約合|近|将近|將近|接近|估计|估計|差不多|约莫|約莫|"
    "大致|逼近",
}
_AFTER = {
    Qualifier.UP_TO: "at most|or less|or under|or below|maximum|max|or fewer|"
    "以内|以內|以下|之内|之內",
    Qualifier.AT_LEAST: "+|plus|or more|at least|and above|and over|or above|or over|and up|"
    "minimum|以上|起",
    Qualifier.ABOUT: "or so|approximately|左右|上下|前后|前後",
}
_SCALES = {
    2: "hundred",
    3: "thousand|k",
    5: "lakh|lakhs",
    6: "million|m|mn|mln|mio|mio.|mil|mil.",
    7: "crore|crores",
    9: "billion|bn|b|bln|bil|bil.|mrd|mrd.",
    12: "trillion|tn|trn|tln",
}
_MYRIADS = {4: "万|萬", 8: "亿|億|个亿|個億", 12: "万亿|萬億|兆"}
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_REASONS_TO_REFUSE = {
    Sentence(
        "it is a rate and no single amount"
    ): "/|per|each|every|annually|yearly|monthly|weekly|daily|"
    "hourly|a year|a month|a week|a day|an hour|a share|a head|apiece|a tonne|a ton|a barrel|"
    "a piece|pa|p.a.|各|一年|每年|每月|每天|每日|每人|每股|每吨|每噸|每|年|人均|平均",
    Sentence(
        "it is too vague for a number"
    ): "tens|dozens|scores|hundreds|thousands|millions|billions|"
    "trillions|several|few|a few|a couple|couple|many|multi|multiple|low|high|mid|undisclosed|"
    "unspecified|数|數|几|幾|若干|上百|上千|上万|上萬|上亿|上億|多少|多个|级|級",
    Sentence(
        "it is a share and no amount of money"
    ): "%|‰|percent|per cent|pct|percentage|basis|bps|百分之|百分点|百分點|个百分点|成",
}
_OTHERS = {
    TokenKind.BETWEEN: "between|from|介于|介於|从|從|由|在",
    TokenKind.TO: "-|--|–|—|——|−|~|〜|to|至|到",
    TokenKind.RANGE_END: "之间|之間|不等|间|間",
    TokenKind.NEUTRAL: "a total of|totalling|totaling|total of|worth of|another|additional|"
    "an additional|further|a further|extra|an extra|initial|an initial|共|共计|共計|合计|合計|"
    "总计|總計|累计|累計|总额|總額|达|達|达到|達到|高达|高達|多达|多達|整|正|钱|錢|(含)|(含本数)|(含本數)",
    TokenKind.ARTICLE: "a|an",
    TokenKind.HALF: "half",
    TokenKind.AND: "and|和|与|與|及",
    TokenKind.COMMA: ",",
    TokenKind.ODD: "多|余|餘|odd|来|來|+",
}
_SUBUNITS = {1: "角|毛|jiao", 2: "分|fen"}


Terms = Mapping[TokenKind, Term]
"""What a spelling may mean, by kind: ``~`` is a qualifier, and the middle of a range."""


@cache
def terms() -> dict[str, Terms]:
    """Return all terms by their spelling in lower case."""
    terms_by_spelling: dict[str, dict[TokenKind, Term]] = {}
    for spelling, term in (
        *((spelling, Term(TokenKind.NAME, name)) for spelling, name in names().items()),
        *_each(TokenKind.BEFORE, _BEFORE),
        *_each(TokenKind.AFTER, _AFTER),
        *_each(TokenKind.SCALE, _SCALES),
        *_each(TokenKind.MYRIAD, _MYRIADS),
        *_each(TokenKind.SUBUNIT, _SUBUNITS),
        *_each(TokenKind.REFUSED, _REASONS_TO_REFUSE),
        *((word, Term(TokenKind.WORD, at)) for at, word in enumerate(_WORDS.split(), start=1)),
        *((word, Term(TokenKind.WORD, at * 10)) for at, word in enumerate(_TENS.split(), start=2)),
        *((word, Term(kind, word)) for kind, words in _OTHERS.items() for word in words.split("|")),
    ):
        terms_by_spelling.setdefault(spelling, {}).setdefault(term.kind, term)
    return {**terms_by_spelling}


def _each(kind: TokenKind, by_value: dict[Any, str]) -> list[tuple[str, Term]]:
    return [
        (word, Term(kind, value)) for value, words in by_value.items() for word in words.split("|")
    ]
