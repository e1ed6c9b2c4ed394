"""Leaves out numbers that are no amount of money: rates, counts, vague numbers, names.

Each rule is a fact about how newspapers write. In doubt the amount is left out, because a wrong
mention is worse than a missing one.
"""

import re

from commonprosperity.mentions.bounds import may_begin
from commonprosperity.mentions.candidate import (
    Candidate,
    is_chinese,
    is_number,
    is_scale,
    is_year,
)
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.wording import Qualifier
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.names import FAMILIAR, small_codes
from commonprosperity.wording.runs import ends_in_qualifier
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import TRADITIONAL, Token

_VAGUE = Sentence("it is too vague for a number")
_TIME_APART = pattern(r"\s*(?:ago|earlier|before|prior|later|after|on|from|previously)\b")
_LATER = frozenset("前后後来來内內中多间間")
# These say of what follows them that it is a rate, and nothing of what they follow.
_OF_WHAT_FOLLOWS = frozenset(["年", "平均", "人均", "每人", "每股", "每吨", "每噸"])
_NOT_OF_WHAT_FOLLOWS = frozenset(["级", "級", "high", "low", "mid", "/"])

_DOLLARS = (
    r"(?:dollars?|greenback|euros?|yuan|renminbi|pounds?|yen|roubles?|rubles?|rupees?|sterling|won)"
)
_PER_UNIT = pattern(
    rf"\s*(?:to|for|against|per)\s+(?:(?:the|an?|one|each|every|1)\s+)?"
    rf"(?:u\.?s\.?\s+|american\s+|hong kong\s+|chinese\s+)?{_DOLLARS}\b"
)
_PER_THING = pattern(
    r"-an?-(?:year|month|week|day|hour|share|head|tonne|ton|barrel)\b|"
    r"[\s-]+an?[\s-]+(?:second|minute|night|quarter|unit|piece|time|person|pupil|student|child|family|"
    r"household|worker|job|vote|ticket|seat|bottle|pair|pound|ounce|kilo\w*|kg|lit(?:re|er)|gallon|"
    r"mile|acre|square|megawatt|gigawatt|kilowatt|dose|copy|plate|room)\b"
)
_FOR_EACH = pattern(r"\s+(?:for|in|from|by)\s+(?:each|every)\b")
_AT_A_STOP = pattern(r"\s*(?:\Z|[.,;:!?)。，；：！？）、¶])")
_AVERAGE = pattern(
    r"(?:\b(?:an average of|on average|annual|averag(?:e|es|ed|ing))|[年月日人户戶]均|"
    r"每[人年月天日户戶股名][^，,。；;、！？!?0-9]{0,8}|每(?:[0-9]+)?[^，,。；;、！？!?0-9]{1,4})\s*\Z"
)
_RATE_BEFORE = pattern(
    r"\b(?:exchange rate|rate|rates|parity|fixing|midpoint|mid-point)\b[^.;!?0-9]{0,24}\Z|"
    rf"\b(?:the|a|one)\s+(?:u\.?s\.?\s+)?{_DOLLARS}\s+(?:buys?|bought|fetched|was worth|is worth|"
    r"traded at|trades at|closed at|stood at|at|to|fell to|rose to)\s*\Z|"
    r"(?:汇率|匯率|中间价|中間價)[^。；，,;0-9]{0,12}(?:1(?:00)?[^。；，,;0-9]{1,6})?\Z"
)
_PER_UNIT_IN_CHINESE = pattern(
    r"(?:\A|[^0-9一百千 ])(?:美元|[欧歐]元|英[镑鎊]|日[元圆圓]|港[元币幣]|[韩韓]元|[卢盧]布)"
    r"(?:[兑兌][换換]?|[对對])\Z"
)
_PAIR = pattern(r"(?<![a-z0-9])([a-z]{3})\s?/\s?\Z")
_MEASURE = pattern(
    r"\s*(?:%|‰|percent|per cent|pct)|"
    r"\s?[年月日号號时時岁歲人名位家所个個倍只隻辆輛台件项項次户戶天周週股亩畝吨噸届屆号集期轮章页頁]"
)
_OTHER_WORD = pattern("[素旦宵首帅帥老宝寶]")
_NOT = pattern(
    r"(?:\b(?:not|never|nor|nothing|cannot|hardly|no|not be|never be|not have been)|n't)\s+\Z|"
    r"(?:不|未|没|沒|没有|沒有|不会|不會|不能|不可|不应|不應|难以|難以|无法|無法)\Z"
)
_ADJECTIVES = frozenset(
    ["a", "an", "the", "its", "their", "his", "her", "additional", "another", "extra", "further",
     "initial", "estimated", "annual", "record", "whopping", "combined", "cumulative", "reported",
     "planned", "total"]
)  # fmt: skip
_AND_OVER = frozenset(["and over", "or over", "and above", "or above", "or under", "or below"])
_MARKS = " *_\"“'‘「『(（"
_AT_MOST = pattern(r"(?:最高|最多|上限|至多)[^，,。；;！？!?0-9]{0,8}\Z")
_PART = pattern(
    r"(?:\band[\s-]*(?:an?[\s-]+)?|\b(?:quarters?|thirds?|fifths?|tenths?|half)\s+of\s+)\Z"
)
_CODE_IN_BRACKETS = pattern(r"\s?\(([a-z]{3})\)")
_WEIGHTS_AND_VERBS = frozenset(
    ["won", "real", "reals", "pound", "pounds", "crowns", "rand", "lek", "lev", "leva", "lats",
     "leone", "leones", "dong", "dram", "drams", "kip", "kips", "kina", "tala", "taka", "para"]
)  # fmt: skip
_NAMES_IN_CAPITALS = frozenset(["AMD", "PHP", "NPR", "CAD", "ANG", "CRC", "BND"])
_GOES_ON_WITHOUT = pattern(
    r"\s*(?:\Z|[.,;:!?)\]\"”’。，；：！？）」』、¶]|(?:to|in|for|on|into|toward|towards|from|by|over|this|last|"
    r"during|as|at|and|or|with|more|of)\b|用于|用於|投入|资金|資金|元)"
)


def is_no_money(one: Candidate) -> bool:
    """Whether what stands around an amount says that it is none, or another one."""
    return any(rule(one) for rule in _RULES)


def _is_rate(one: Candidate) -> bool:
    """As in 5,000 yuan a month, 3000元/月, 每人3000元, and 6.45 yuan to the dollar."""
    return (
        _is_rate_of_what_follows(one)
        or _refuses_before(one)
        or any(each.match(one.after) for each in (_PER_UNIT, _PER_THING, _FOR_EACH))
        or bool(_AVERAGE.search(one.near))
    )


def _is_rate_of_what_follows(one: Candidate) -> bool:
    following = one.following
    if following is not None and following.text == "-" and not following.spaced:
        following = one.token(one.stop + 1)  # a 5,000 yuan-per-month wage
    refused = following.of(TokenKind.REFUSED) if following else None
    if following is None or refused is None or refused.value == _SHARE:
        return False
    if refused.value == _VAGUE:
        return following.text in {"级", "級"}
    end = following.at + len(following.text)
    after = one.words.lower(end, end + 20)
    if following.text == "/":
        # 5 yuan/$6 are two amounts; 6.45 yuan/US dollar and 3000元/年 are rates.
        name = one.token(one.stop + 1)
        is_named = name is not None and name.of(TokenKind.NAME)
        return not is_number(one.token(one.stop + 2) if is_named else name)
    if following.text in _OF_WHAT_FOLLOWS or following.text[:1].isupper():
        return following.text.startswith("每") and bool(_AT_A_STOP.match(after))  # 5000元每人
    return not (_TIME_APART.match(after) or (following.text == "一年" and after[:1] in _LATER))


_SHARE = Sentence("it is a share and no amount of money")


def _refuses_before(one: Candidate) -> bool:
    """Whether a word in front of an amount makes it a rate or vague: per, each, 每, 几, several."""
    token, count = one.preceding, one.token(one.first - 2)
    if token and token.text == "年" and count and is_number(count) and count.text != "1":
        return False  # 2021年5亿元, 五年5亿元; 1年5000元 is a rate, as 一年5000元 is
    refused = token.of(TokenKind.REFUSED) if token else None
    if token is None or refused is None or refused.value == _SHARE:
        return False
    word = token.text.lower()
    return word not in _NOT_OF_WHAT_FOLLOWS and not word.startswith(("a ", "an "))


def _is_quoted_rate(one: Candidate) -> bool:
    """As in an exchange rate of 6.45 yuan, and USD/CNY 6.45."""
    pair = "/" in one.near[-2:] and _PAIR.search(one.near)
    is_pair = pair and pair[1].upper() in currency_codes()
    is_small = not one.has(TokenKind.SCALE, TokenKind.MYRIAD)
    is_after_its_unit = is_small and _PER_UNIT_IN_CHINESE.search(one.near)
    return bool(is_pair or is_after_its_unit or _RATE_BEFORE.search(one.before[-_RATE_WITHIN:]))


_RATE_WITHIN = 40  # characters; the pattern needs 38, with the one before its first word


def is_rate_quoted(one: Candidate, other: Candidate) -> bool:
    """Whether two amounts that follow each other say what one unit is worth: $1 = 6.4558 yuan."""
    if one.currencies == other.currencies:
        return False
    between = one.words.lower(one.end, min(other.start, one.end + _QUOTE_AT_MOST + 1))
    is_joined = bool(between.strip()) or other.tokens[0].of(TokenKind.BEFORE) is not None
    return is_joined and bool(_QUOTE.fullmatch(between)) and (_is_unit(one) or _is_unit(other))


_QUOTE_AT_MOST = 20  # characters
_QUOTE = pattern(
    r"\s*(?:=|≈|:|兑换?|兌換?|对|對|兑人民币|等于|等於|合|equals?|is|was|to|at|buys|bought|costs?|"
    r"is worth|was worth|is equal to)?\s*"
)
_UNITS = (1, 10, 100, 1000, 10_000)


def _is_unit(one: Candidate) -> bool:
    """Whether an amount is one unit of a currency, or a round number of small ones: ¥100."""
    plain = not one.has(TokenKind.SCALE, TokenKind.MYRIAD)
    return plain and one.reading is not None and one.reading.amount in _UNITS


def _is_count(one: Candidate) -> bool:
    """As in 人民币2021年 and $5%: what the number counts follows it."""
    last = one.tokens[-1]
    if last.of(TokenKind.NAME):
        return last.text in "元圆圓" and bool(_OTHER_WORD.match(one.after))
    if is_number(last) and re.match(r"[a-z]|[-/:][a-z0-9]", one.after):
        return True
    return not last.of(TokenKind.AFTER) and bool(_MEASURE.match(one.after))


def _is_negated(one: Candidate) -> bool:
    """As in never more than 5 million yuan, whose qualifier says the opposite."""
    firm = one.reading is None or one.reading.qualifier in {Qualifier.EXACT, Qualifier.ABOUT}
    return not firm and bool(_NOT.search(one.near))


def _is_qualified_from_afar(one: Candidate) -> bool:
    """As in up to **5 million yuan**, at least another 5 million yuan, 最高可拨付2亿元."""
    if one.preceding is not None and one.preceding.of(TokenKind.BEFORE):
        # It was left out since it contradicts another one, or since it is the end of a word.
        return may_begin(one.at(one.first - 1, one.stop))
    if one.preceding is not None and one.preceding.text.lower() in _AND_OVER:
        return True
    at_most = _AT_MOST.search(one.near)
    if at_most and not one.tokens[0].of(TokenKind.BEFORE):
        return True
    bare = one.before.rstrip()
    return any(
        shorter != bare and ends_in_qualifier(shorter)
        for shorter in (bare.rstrip(_MARKS), _without_adjectives(bare))
    )


def _without_adjectives(before: str) -> str:
    """Return a text without the words at its end that part "at least another" from its amount."""
    rest, _, word = before.rpartition(" ")
    while word in _ADJECTIVES:
        before = rest
        rest, _, word = before.rpartition(" ")
    return before


def _is_part(one: Candidate) -> bool:
    """As in 5 and a half million yuan, and a quarter of a billion yuan."""
    first = one.tokens[0]
    hyphen = first.of(TokenKind.ARTICLE) and "-" in one.text and not one.has(TokenKind.HALF)
    in_words = first.of(TokenKind.ARTICLE) or first.of(TokenKind.HALF)
    return bool(hyphen or (in_words and _PART.search(one.near)))


def _is_other_word(one: Candidate) -> bool:
    """As in she won 3, 5 pounds, TOP 10, 三元桥 and 一块地: the name is a word of its own."""
    names = one.names
    if not names:
        return one.has(TokenKind.SUBUNIT) and one.after[:1] not in _MONEY
    if all(name.text in "块塊" for name in names):
        return one.text[-1] not in _MONEY
    joined = [name.text for name in names if name.text in small_codes() and not name.spaced]
    if joined:
        # In 80732cdf the code is none; in 20usd and US$20usd it is.
        return not all(text.upper() in FAMILIAR for text in joined)
    if len(names) == 1 and _is_small_numeral(one):
        return is_chinese(one.after)
    return all(map(_is_word, names)) and (not one.is_large or bool(re.match(r"\s+of\b", one.after)))


_MONEY = frozenset("钱錢")


def _is_small_numeral(one: Candidate) -> bool:
    numerals = [token.text for token in one.tokens if token.of(TokenKind.NUMERAL)]
    return (
        len(numerals) == 1
        and len(numerals[0]) == 1
        and not one.has(TokenKind.MYRIAD, TokenKind.NUMBER)
    )


def _is_word(name: Token) -> bool:
    if name.text in currency_codes():
        return name.text in _NAMES_IN_CAPITALS or name.text.lower() not in small_codes()
    if name.text in small_codes():
        return name.text.upper() not in FAMILIAR
    return name.text in {"rs", "rp"} or name.text.lower() in _WEIGHTS_AND_VERBS


def _is_of_years(one: Candidate) -> bool:
    """As in between 2018 and 2020 yuan loans rose."""
    if not one.tokens[0].of(TokenKind.BETWEEN) or one.has(TokenKind.SCALE, TokenKind.MYRIAD):
        return False
    return all(map(is_year, (token for token in one.tokens if token.of(TokenKind.NUMBER))))


def _names_another_currency(one: Candidate) -> bool:
    """As in $5 million (AUD), and in 100元 beside traditional characters, which may be dollars."""
    if _follows_another_currency(one):
        return True
    code = _CODE_IN_BRACKETS.match(one.after)
    if code and code[1].upper() in currency_codes() and code[1].upper() not in one.currencies:
        return True
    only_yuan = one.names and all(name.text in "元圆圓" for name in one.names)
    certain = one.currencies == ("CNY",) and "元" not in one.meanings.codes
    return bool(only_yuan and certain and not _TRADITIONAL.isdisjoint(one.before + one.after))


def _follows_another_currency(one: Candidate) -> bool:
    """Whether a currency in front belongs to no other number, as in RMB 5 million USD."""
    token, before = one.preceding, one.token(one.first - 2)
    name = token.of(TokenKind.NAME) if token else None
    if token is None or name is None or _is_word(token):
        return False
    is_of_another = is_number(before) or is_scale(before)
    return not is_of_another and name.value.beside.isdisjoint(one.currencies)


_TRADITIONAL = TRADITIONAL.union("這們國會學與來說時對開發經業動體實現資產長電區團據報稱總額")


def _has_no_currency(one: Candidate) -> bool:
    """Without a currency, a number is money only where it is large and counts nothing."""
    if one.names or one.has(TokenKind.SUBUNIT):
        return False
    grouped = any("," in token.text for token in one.tokens)
    large = grouped or one.has(TokenKind.SCALE, TokenKind.MYRIAD)
    return not (large and _GOES_ON_WITHOUT.match(one.after))


_RULES = (
    _has_no_currency,
    _is_rate,
    _is_quoted_rate,
    _is_count,
    _is_negated,
    _is_qualified_from_afar,
    _is_part,
    _is_other_word,
    _is_of_years,
    _names_another_currency,
)
