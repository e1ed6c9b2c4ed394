"""Checks amounts that a text states in two currencies, at the rate of its date."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product

import attrs

from commonprosperity.checks import Finding, Findings, Severity
from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.equivalents import compare_equivalent
from commonprosperity.checks.rates import rates_not_found
from commonprosperity.mentions.mention import Mention
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import one_line
from commonprosperity.rates import Rates
from commonprosperity.sentence import Sentence

_SENTENCE_AT_MOST = 240  # characters
_AGREES = "equivalent-agrees"


def check(
    mentions: Iterable[Mention], on: Period, rates: Rates, tolerance: str | Decimal | Fraction
) -> Findings:
    """Compare each amount of a text with its equivalents."""
    comparison = Comparison.of(rates, tolerance)
    findings = [
        _placed(_compare(*places[0], on, comparison), places)
        for places in _pairs(mentions).values()
    ]
    return Findings([*filter(None, findings), *rates_not_found(comparison)])


def _pairs(mentions: Iterable[Mention]) -> dict[object, list[tuple[Mention, Mention]]]:
    """Return the pairs of an amount and its equivalent, with all the places of each pair."""
    pairs: dict[object, list[tuple[Mention, Mention]]] = {}
    for mention in mentions:
        for equivalent in mention.equivalents:
            pairs.setdefault((mention.says, equivalent.says), []).append((mention, equivalent))
    return pairs


def _compare(
    mention: Mention, equivalent: Mention, on: Period, comparison: Comparison
) -> Finding | None:
    """Compare two figures in each currency that they may be in; prefer one in which they agree."""
    place = _place(mention)
    readings = list(_readings(mention, equivalent))
    findings = {
        codes: _gravest(
            compare_equivalent(*ends, on, factor, (place,), comparison) for ends in figures
        )
        for codes, figures in readings
        if (factor := comparison.known_factor(*codes, on)) is not None
    }
    if not findings:
        comparison.factor(*readings[0][0], on, place)  # which notes that it is not known
        return None
    codes = next((each for each, finding in findings.items() if finding.code == _AGREES), None)
    codes = codes or next(iter(findings))
    finding = findings[codes]
    if mention.stated and equivalent.stated:
        return finding
    return attrs.evolve(finding, message=_as_read(finding, codes, mention, equivalent))


def _gravest(findings: Iterable[Finding]) -> Finding:
    return min(findings, key=lambda finding: [*Severity].index(finding.severity))


_Codes = tuple[str, str]
_Figures = tuple[Money, Money]


def _readings(mention: Mention, equivalent: Mention) -> Iterator[tuple[_Codes, list[_Figures]]]:
    """Yield each pair of currencies, with the amounts in them: of two ranges, both ends."""
    ends = [(mention.amount, equivalent.amount)]
    if mention.high is not None and equivalent.high is not None:
        ends.append((mention.high, equivalent.high))
    for base, quote in product(mention.candidates, equivalent.candidates):
        if base != quote:
            yield (base, quote), [(Money(one, base), Money(other, quote)) for one, other in ends]


def _as_read(finding: Finding, codes: tuple[str, str], *both: Mention) -> Sentence:
    """Say which currency an ambiguous symbol was taken for."""
    unclear = next(at for at, mention in enumerate(both) if mention.stated is None)
    facts = {"text": one_line(" ".join(both[unclear].text.split()), 60), "code": codes[unclear]}
    if finding.code == _AGREES:
        return Sentence("{finding:say} ({text} agrees as {code})", finding=finding.message, **facts)
    return Sentence(
        "{finding:say} ({text} taken as {code}; no other currency agrees)",
        finding=finding.message, **facts,
    )  # fmt: skip


def _placed(finding: Finding | None, places: list[tuple[Mention, Mention]]) -> Finding | None:
    """Put the lines and the first sentence into a finding."""
    if finding is None:
        return None
    first = places[0][0]
    message = Sentence(
        "line {line}: {finding:say}; the sentence: {sentence}",
        line=first.line, finding=finding.message,
        sentence=first.excerpt(_SENTENCE_AT_MOST),
    )  # fmt: skip
    ids = tuple(dict.fromkeys(_place(mention) for mention, _ in places))
    return attrs.evolve(finding, ids=ids, message=message)


def _place(mention: Mention) -> str:
    return Sentence("line {line}", line=mention.line)
