"""Where an amount may begin and end in a running text.

A word of the grammar may belong to something else in a sentence: the 约 of 签约 is not "about",
"won" before a number is a verb, and "plus" may begin the next thing that was given.
"""

import re
from collections.abc import Callable
from functools import cache

from commonprosperity.mentions.candidate import (
    Candidate,
    is_chinese,
    is_number,
    is_scale,
    is_year,
)
from commonprosperity.patterns import pattern
from commonprosperity.wording.characters import EMPTY_LINE
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.names import COMMON_WORDS
from commonprosperity.wording.terms import TokenKind, terms
from commonprosperity.wording.tokens import Token

_UNITS_OF_YUAN = frozenset("元圆圓块塊角毛分")
_SHORT_NAMES = frozenset(["rmb", "ntd", "rs", "rp", "kr", "sfr", "fcfa", "cfpf"])

# The characters before a qualifier that make it the end of another word or phrase: 签约, 通过,
# 最近, 历史最低, 降至最低.
_BEFORE_TAIL = {
    "约": "签簽条條契节節预預违違纽邀续續履公毁解缔特赴失守",
    "約": "签簽条條契节節预預违違紐邀续續履公毀解締特赴失守",
    "过": "通经度错难透越路",
    "過": "通經度錯難透越路",
    "近": "最附靠临远亲邻臨遠親鄰",
    "破": "打爆攻侦",
    "最低": "史至到",
    "最高": "史",
}
_TAIL_OF = {tail: frozenset(before) for tail, before in _BEFORE_TAIL.items()}
_TAKEN_OVER = pattern(
    r"\b(?:hand(?:ed|s|ing)?|turn(?:ed|s|ing)?|tak(?:es?|en|ing)|took|carr(?:y|ied|ies)|roll(?:ed)?|"
    r"sign(?:ed)?|left|all|start(?:ed)?)\s\Z"
)
_YEAR_AFTER = pattern(
    r"\b(?:in|since|by|from|until|till|during|of|after|before|late|early|mid|constant|fiscal|real|"
    r"thousand|million|billion|trillion|bn|tn|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|[0-9]{1,2},)[\s-]*\Z"
)
_CHANGE = pattern(
    r"\b(?:rose|ris(?:e|es|en|ing)|gr[eo]w\w*|increas\w*|rais\w+|lift\w*|boost\w*|climb\w*|jump\w*|"
    r"surg\w+|soar\w*|gain\w*|expand\w*|f[ae]ll\w*|drop\w*|declin\w*|decreas\w*|cut|cuts|cutting|"
    r"reduc\w*|lower\w*|slash\w*|shrank|shrink\w*|slump\w*|plung\w*|doubl\w*|tripl\w*|"
    r"quadrupl\w*|upgrad\w*|revis\w*|narrow\w*|widen\w*|swung|went|moved?|up from|down from)\b"
    r"[^.;!?]{0,60}\Z"
)
_CHANGE_IN_CHINESE = pattern(
    r"(?:增加?|增长|增長|上升|上涨|上漲|升|涨|漲|提高|提升|扩大|擴大|减少|減少|下降|下跌|降低?|跌|缩减|縮減|回落|"
    r"攀升|收窄)[了约約近超]?\Z"
)
_CHANGES = {"to": _CHANGE, "至": _CHANGE_IN_CHINESE, "到": _CHANGE_IN_CHINESE}
_INSIDE_A_WORD = pattern(
    r"(?:[a-z0-9_\\^]|[a-z0-9][.,:/'-]|第|[#±/]|\b(?:no\.?|section|article|chapter|page|table|figure|"
    r"part|item|step|version|level|phase|class|room|flight|route|clause) )\Z"
)

_SHORT = 3  # letters of a scale such as bn, mln and mio

_STANDS_ALONE = frozenset([
    "plus", "at least", "over", "or over", "approximately", "maximum", "max", "minimum", "at most",
    "+",
])  # fmt: skip
_ADJECTIVES = ("another", "additional", "further", "extra", "initial")
_HYPHEN = pattern(r"\w-\w")
_AT_A_STOP = pattern(r"\s*(?:\Z|[.,;:!?)\]\"”’。，；：！？）」』、—–¶])")
_GOES_ON = pattern(
    r"\s*(?:\Z|[.,;:!?)\]\"”’。，；：！？）」』、—–¶]|(?:in|for|by|over|from|this|next|on|at|to|and|or|"
    r"a|an|the|with|as|of)\b)"
)


def may_begin(one: Candidate) -> bool:
    """Whether an amount may begin with the first token of a candidate."""
    token = one.tokens[0]
    return next((rule(one, token) for kind, rule in _RULES if token.of(kind)), False)


def _name_may_begin(one: Candidate, token: Token) -> bool:
    """Whether a currency's name may stand in front: RMB, $ and 人民币 may, 元 and "won" may not."""
    word = token.text.lower()
    if token.text in _UNITS_OF_YUAN or word in COMMON_WORDS - {"rm"} or token.text == "rm":
        return False
    if not word.isalpha() or is_chinese(word) or token.text.isupper() or word in _SHORT_NAMES:
        # An unknown sign of dollars, as in J$5 and AUS$5, is not the bare one.
        before = one.before[-1:]
        return not (word[0] in "$£¥" and before.isalpha() and not is_chinese(before))
    return any(map(is_scale, one.run.tokens[one.first + 1 : one.first + 5]))


def _qualifier_may_begin(one: Candidate, token: Token) -> bool:
    word = token.text.lower()
    if one.before[-1:] in _TAIL_OF.get(word, ()):
        return False
    if word in {"<", ">"} and one.before[-1:] not in {"", " ", EMPTY_LINE, "("}:
        return False  # the end of a tag of HTML
    if word == "~" and "~" in (one.before[-1:], one.words.lower(token.at + 1, token.at + 2)):
        return False
    return not (word in {"over", "under"} and _TAKEN_OVER.search(one.near))


def _range_may_begin(one: Candidate, token: Token) -> bool:
    """Whether "from" opens a range, and tells of no change: grew from 3 to 5 billion yuan."""
    return token.text.lower() != "from" or not _CHANGE.search(one.before)


def _minus_may_begin(one: Candidate, _token: Token) -> bool:
    """Whether what may be a minus is no hyphen: in covid-19 yuan it is one."""
    return one.before[-1:] in {"", " ", EMPTY_LINE, "("}


def _number_may_begin(one: Candidate, token: Token) -> bool:
    """Whether a number is one of its own, no part of another, of a name, or a year."""
    if token.of(TokenKind.NUMBER) and _INSIDE_A_WORD.search(one.near):
        return False
    following = one.token(one.first + 1)
    if is_year(token) and following is not None:
        if following.of(TokenKind.NAME):
            return not _YEAR_AFTER.search(one.near)
        return not following.of(TokenKind.TO)
    return True


_RULES: tuple[tuple[TokenKind, Callable[[Candidate, Token], bool]], ...] = (
    (TokenKind.NAME, _name_may_begin),
    (TokenKind.BEFORE, _qualifier_may_begin),
    (TokenKind.BETWEEN, _range_may_begin),
    (TokenKind.TO, _minus_may_begin),
    *(
        (kind, _number_may_begin)
        for kind in (
            TokenKind.NUMBER,
            TokenKind.NUMERAL,
            TokenKind.WORD,
            TokenKind.HALF,
            TokenKind.ARTICLE,
        )
    ),
    (TokenKind.NEUTRAL, lambda _one, token: not token.text.endswith(_ADJECTIVES)),
)


def may_end(one: Candidate) -> bool:
    """Whether an amount may end where a candidate ends."""
    last, following = one.tokens[-1], one.following
    if _is_glued_to_what_follows(one, last) or _ends_in_other_words(one, last):
        return False
    if following is not None:
        if is_scale(following) and not _begins_a_word(one, following):
            return False
        if _takes_name_away(one, last, following):
            return False
    return _upper_end_belongs(one)


def _is_glued_to_what_follows(one: Candidate, last: Token) -> bool:
    """Whether an amount ends inside a word: 20 amd64, $5 million3 (a note), 1 $words, 5 bnyuan."""
    after = one.after[:1]
    if (after.isdigit() and not is_chinese(last.text)) or (last.text == "$" and after.isalpha()):
        return True
    if last.of(TokenKind.NAME):
        return False
    if _scale_run_together().match(one.after):
        return True
    middle = "to|and" if _BETWEEN.search(one.near) else "to"
    return not is_scale(last) and bool(_scale_of_upper_end(middle).match(one.after))


_BETWEEN = pattern(r"\bbetween\b[^0-9,;:]*\Z")


@cache
def _scale_of_upper_end(middle: str) -> re.Pattern[str]:
    """Return the pattern of an upper end whose scale may be that of both: $5 to $10 million.

    ``middle`` is what joins both ends: "and", too, after "between". `read_wording` refuses it, as
    the lower end may be 5 million dollars or 5.
    """
    scales = "|".join(
        word for word in terms() if word.isalpha() and TokenKind.SCALE in terms()[word]
    )
    currency = r"(?:[^\W\d]{1,3} ?)?[$€£¥]?"
    number = "[0-9](?:[0-9.,]*[0-9])?"
    upper_end = rf"(?:{middle}|or|[-–—~至到]) ?{currency} ?{number}"
    others = rf"(?:(?:, ?{number})+,?)? and {number}"  # of RMB 5, 6 and 7 million
    return re.compile(rf"(?:-? ?{upper_end}|{others}| ?and a half)[ -]?(?:{scales})\b")


@cache
def _scale_run_together() -> re.Pattern[str]:
    """Return the pattern of a scale without a space behind it: 5 millioncny, 5 to 6 bnyuan.

    A short scale begins other words, too (milk, BNB), so a currency must follow it, as one must
    where the scale is that of the upper end: they gave 5 million yuan to 20 millionaires.
    """
    scales = [word for word in terms() if word.isalpha() and TokenKind.SCALE in terms()[word]]
    long = "|".join(word for word in scales if len(word) > _SHORT)
    short = "|".join(word for word in scales if 1 < len(word) <= _SHORT)
    words = {word for word in terms() if word.isalpha() and TokenKind.NAME in terms()[word]}
    names = "|".join(sorted(words.union(map(str.lower, currency_codes()))))
    named = rf"(?:{long}|{short})(?:(?:{names})\b|[0-9])"
    upper_end = r" ?(?:to|and|or|[-–—~至到]) ?[^\W\d]{0,3}[$€£¥]? ?(?:[0-9.,]+|a half) ?"
    return re.compile(rf"(?: *(?:(?:{long})[^\W_]|milliard|{named})|{upper_end}{named})")


def _takes_name_away(one: Candidate, last: Token, following: Token) -> bool:
    """Whether the end parts a currency from the number that it belongs to."""
    if last.of(TokenKind.NAME) and is_number(following):
        before = one.token(one.stop - 2)
        is_second_name = last.spaced and before is not None and before.of(TokenKind.NAME)
        # 2021 RMB 5 million, and 5 million yuan RMB 6 million
        return bool(is_year(before) or is_second_name) and not last.text.islower()
    if following.of(TokenKind.NAME) and following.text.lower() not in COMMON_WORDS:
        return not is_number(one.token(one.stop + 1))
    return False


def _ends_in_other_words(one: Candidate, last: Token) -> bool:
    """Whether the last token begins what follows: 起诉, 正在, plus 5 schools, a T-shirt."""
    chinese = is_chinese(one.after)
    if last.of(TokenKind.AFTER) and last.spaced:
        following = one.following
        if following is not None and (is_number(following) or following.of(TokenKind.NAME)):
            return True
        return last.text.lower() in _STANDS_ALONE and not _AT_A_STOP.match(one.after)
    if last.text == "起" or last.of(TokenKind.ODD):
        return chinese
    if last.of(TokenKind.NEUTRAL):
        return chinese or last.text[0] not in "整正钱錢("
    return bool(last.of(TokenKind.SCALE)) and _begins_a_word(one, last)


def _begins_a_word(one: Candidate, token: Token) -> bool:
    """Whether a letter is that of another word: the T of $5 T-shirts is no trillion."""
    return token.spaced and bool(_HYPHEN.match(one.words.lower(token.at, token.at + 3)))


def _upper_end_belongs(one: Candidate) -> bool:
    """Whether the upper end of a range is one: in "500 yuan to 1,000 families" it is none."""
    middle = next((at for at, token in enumerate(one.tokens[1:], 1) if _is_middle(token)), None)
    if middle is None or one.tokens[0].text.lower() == "between":
        return True
    low, high = one.tokens[:middle], one.tokens[middle + 1 :]
    names = [token for token in low if token.of(TokenKind.NAME)]
    word = one.tokens[middle].text.lower()
    in_words = word in _CHANGES
    if any(token.of(TokenKind.NAME) for token in high):
        changed = in_words and _CHANGES[word].search(one.before)
        return not (changed and (names or one.before.rstrip().endswith("from")))
    if not names:
        return True
    after_number = any(map(is_number, low[: low.index(names[-1])]))
    return not after_number and (not in_words or bool(_GOES_ON.match(one.after)))


def _is_middle(token: Token) -> bool:
    return token.of(TokenKind.TO) is not None
