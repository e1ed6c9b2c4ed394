"""Sectors and countries as tags, with their percentages where there are several."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from commonprosperity.errors import AmountError
from commonprosperity.files.xml import Element
from commonprosperity.records.fields import to_tags
from commonprosperity.tags import Tags
from commonprosperity.wording import number

TAGS = {"recipient-country": "country", "recipient-region": "region", "sector": "sector"}
"""The tags of the elements that say where money goes, and what for."""

_DAC = "1"  # the vocabulary that holds where none is named


def shares_of(elements: Iterable[Element]) -> dict[str, str]:
    """Return the tags of what some elements say, those of sectors in one vocabulary.

    >>> kenya = Element("recipient-country", {"code": "KE", "percentage": "40.0"}, 1)
    >>> chad = Element("recipient-country", {"code": "TD", "percentage": "60"}, 2)
    >>> shares_of([kenya, chad]), shares_of([kenya])
    ({'country': 'TD 60%; KE 40%'}, {'country': 'KE'})
    """
    by_tag: dict[str, list[Element]] = {}
    for element in elements:
        if element.get("code"):
            by_tag.setdefault(TAGS[element.name], []).append(element)
    return {tag: _text(_of_one_vocabulary(several)) for tag, several in by_tag.items()}


@lru_cache(maxsize=1_000)  # the transactions of an activity have the same
def shared_tags(pairs: tuple[tuple[str, str], ...]) -> Tags:
    """Return tags; equal ones are one object, as millions of records may have them.

    Raises `RecordError` for texts that no tag has.
    """
    return to_tags(dict(pairs))


def _of_one_vocabulary(elements: list[Element]) -> list[Element]:
    """Return the codes of the DAC, or those in the vocabulary of the first where it has none.

    The codes of each vocabulary share out the whole once more.
    """
    vocabularies = [element.get("vocabulary") or _DAC for element in elements]
    chosen = _DAC if _DAC in vocabularies else vocabularies[0]
    return [each for each, one in zip(elements, vocabularies, strict=True) if one == chosen]


def _text(elements: list[Element]) -> str:
    shares = {str(each.get("code")): _without_zeros(each.get("percentage")) for each in elements}
    if len(shares) == 1:
        return next(iter(shares))
    ordered = sorted(shares, key=lambda code: (-_size(shares[code]), code))
    return "; ".join(f"{code} {shares[code]}%" if shares[code] else code for code in ordered)


def _without_zeros(percentage: str | None) -> str:
    """Drop the decimals of a percentage that say nothing: some write 80.0000000."""
    text = percentage or ""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _size(percentage: str) -> Decimal:
    try:
        return number(percentage or "0")
    except AmountError:
        return Decimal(0)
