"""Chinese numerals below ten thousand, such as 一百二十 and 三点五, in all their forms."""

from decimal import Decimal
from itertools import pairwise

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ["〇零○", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for digit in digits
}
_UNITS = dict(zip("十拾百佰千仟", (1, 1, 2, 2, 3, 3), strict=True))
_POINT = "点點"


def power_of(numeral: str) -> int | None:
    """Return the power of ten of a numeral that is a bare unit: 3 for 千.

    >>> power_of("千"), power_of("一千")
    (3, None)
    """
    return _UNITS.get(numeral) if len(numeral) == 1 else None


def value_of(numeral: str) -> Decimal | None:
    """Return the number of a numeral, or None where it is not certain.

    >>> value_of("一百二十"), value_of("三点五"), value_of("百")
    (Decimal('120'), Decimal('3.5'), Decimal('100'))

    Loose speech is none: 一百二 may be 102 or 120, and 三四 is three or four.
    """
    whole, *decimals = _at_the_point(numeral)
    value = _whole(whole)
    if value is None or not all(decimals) or not set("".join(decimals)) <= set(_DIGITS):
        return None
    if not decimals:
        return Decimal(value)
    digits = "".join(str(_DIGITS[digit]) for digit in decimals[0])
    return Decimal(f"{value}.{digits}") if len(decimals) == 1 else None


def _at_the_point(numeral: str) -> list[str]:
    for point in _POINT:
        numeral = numeral.replace(point, ".")
    return numeral.split(".")


def _whole(numeral: str) -> int | None:
    powers = [_UNITS[c] for c in numeral if c in _UNITS]
    if any(high <= low for high, low in pairwise(powers)):
        return None
    if not powers:
        return _DIGITS[numeral] if len(numeral) == 1 else None
    return _with_units(numeral)


def _with_units(numeral: str) -> int | None:
    """Add up digits with their units; a last digit counts ones only after a zero or ten."""
    total, digit, before = 0, None, ""
    for character in numeral:
        if character in _UNITS:
            if digit is None and before and before not in _DIGITS:
                return None
            total += (1 if digit is None else digit) * 10 ** _UNITS[character]
            digit = None
        elif _DIGITS[character]:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        before = character
    ones = numeral[-2:-1]
    if digit is not None and not (_DIGITS.get(ones) == 0 or _UNITS.get(ones) == 1):
        return None
    return total + (digit or 0)
