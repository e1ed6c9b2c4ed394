"""Ties mentions together that state the same sum in several currencies."""

import re
from collections.abc import Iterable, Iterator

import attrs

from commonprosperity.mentions.mention import Mention
from commonprosperity.patterns import pattern

_WORTH = (
    r"(?:or|or about|or roughly|worth|equal to|equivalent to|the equivalent of|"
    r"or the equivalent of|equivalent of|which is|that is|i\.e\.|=|≈|即|合|折合|折|折算|相当于|"
    r"相當於|约合|約合|或)"
)
_BRACKET = pattern(rf"\s*[(（\[]\s*(?:{_WORTH},?\s*)?\Z", re.IGNORECASE)
_COMMA = pattern(rf"\s*[,，、]?\s*(?:[-–—]+\s*)?{_WORTH}\s*\Z|\s*[/=≈]\s*\Z", re.IGNORECASE)
_ABOUT = pattern(r"\s*[,，]\s*\Z")
_ABOUT_BEGINS = pattern(
    r"about\b|around\b|roughly\b|approximately\b|nearly\b|约|約|合", re.IGNORECASE
)
_NEXT = pattern(rf"\s*[,，;；/、]\s*(?:and|or|和|或)?\s*(?:{_WORTH}\s*)?\Z", re.IGNORECASE)
_INSIDE_ENDS = pattern(r"\s*(?:[)）\]]|[,，;；/]|(?:at|as of|in|based on|by)\b|按)")
_BETWEEN_AT_MOST = 60  # characters


def with_equivalents(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Tie each mention to the later ones that state the same sum in other currencies."""
    tied: list[Mention] = []
    for group in _groups(list(mentions)):
        first, *others = group
        tied += [attrs.evolve(first, equivalents=tuple(others)), *others] if others else [first]
    return tuple(tied)


def _groups(mentions: list[Mention]) -> Iterator[list[Mention]]:
    group: list[Mention] = []
    in_brackets = False
    for mention in mentions:
        if group:
            joint = _joint(group, mention, in_brackets=in_brackets)
            if joint:
                in_brackets = joint == "brackets"
                group.append(mention)
                continue
            yield group
        group, in_brackets = [mention], False
    if group:
        yield group


def _joint(group: list[Mention], other: Mention, *, in_brackets: bool) -> str:
    """Return how a mention restates the sum before it: in brackets, in words, or not at all."""
    last = group[-1]
    if other.start - last.end > _BETWEEN_AT_MOST or not _other_currency(group, other):
        return ""
    between, after = other.whole[last.end : other.start], other.whole[other.end : other.end + 12]
    if in_brackets:
        goes_on = _NEXT.match(between) and _INSIDE_ENDS.match(after)
        return "brackets" if goes_on else ""
    if _BRACKET.match(between):
        return "brackets" if _INSIDE_ENDS.match(after) else ""
    if _COMMA.match(between) or (_ABOUT.match(between) and _ABOUT_BEGINS.match(other.text)):
        return "words"
    return ""


def _other_currency(group: list[Mention], other: Mention) -> bool:
    """Whether a mention may be in a currency that the sum is not stated in yet.

    Two of one symbol are of one currency: $2m or $3m states no sum twice.
    """
    return all(one.candidates != other.candidates for one in group)


def without_equivalents(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, without those that state a sum a second time."""
    second: set[tuple[int, int]] = set()
    for mention in mentions:
        second |= {(one.start, one.end) for one in mention.equivalents}
        if (mention.start, mention.end) not in second:
            yield mention
