"""``NumberFormat``: what the format of a cell shows of its number beyond the digits."""

import re
from unicodedata import category

import attrs

from commonprosperity.flat import stated_power
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

# The formats that every xlsx has without naming them (ECMA-376, part 1, 18.8.30).
_BUILT_IN = {
    2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 17: "mmm-yy", 39: "#,##0.00",
    40: "#,##0.00", 43: "#,##0.00", 44: "#,##0.00", 48: "##0.0E+0",
}  # fmt: skip
_SECTION = pattern(r'(?:"[^"]*"|\\.|[^;"\\])*', re.DOTALL)
_LITERAL = pattern(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]', re.DOTALL)
_SIGN = pattern(r"\[\$([^\]-]+)")  # [$€-407]; [$-409] names a language alone
_NUMBER = pattern(r"[#0?,]*0(?:\.(?P<decimals>0+))?(?P<exponent>E[+-]0+)?")
_THOUSANDS = pattern(r"[#0?](,+)(?![#0?,])")


@attrs.frozen
class NumberFormat:
    """What a format shows: how many decimals, or digits of a power of ten; a share; a month.

    ``sign`` is that of a currency, or its code, which the cell itself does not have.

    ``problem`` says why a number in this format may be something else than it is.
    """

    decimals: int | None = None
    is_scientific: bool = False
    is_percent: bool = False
    date: str | None = None
    problem: Sentence | None = None
    sign: str | None = None

    @classmethod
    def of(cls, number: int, codes: dict[int, str]) -> "NumberFormat | None":
        """Return the format of a number, given the codes that a file names; None if plain.

        >>> NumberFormat.of(2, {}).decimals, NumberFormat.of(0, {})
        (2, None)
        """
        return cls.of_code(codes.get(number, _BUILT_IN.get(number, "")))

    @classmethod
    def of_code(cls, code: str) -> "NumberFormat | None":
        """Read the code of a format; its first section is for numbers above zero.

        ``0.00;[Red]-0.00`` has two decimals, ``mmm-yy`` shows a month, and ``0.0,,`` millions.
        """
        matched = _SECTION.match(code)
        section = matched[0] if matched else code
        literals = "".join(quoted or sign for quoted, sign in _LITERAL.findall(section))
        plain = _LITERAL.sub("", section)
        letters = {*plain.casefold()}
        if "y" in letters:
            return None if letters & {*"dhs"} else cls(date="month" if "m" in letters else "year")
        if "%" in plain:
            return cls(is_percent=True)
        thousands = _THOUSANDS.search(plain)
        power = 3 * len(thousands[1]) if thousands else 0
        if power != (stated_power(f"amount ({literals})") or 0):
            return cls(problem=Sentence("is shown in another unit than it is in; show it in full"))
        sign = _currency_sign(section, literals + plain)
        number = _NUMBER.search(plain)
        if power or number is None or not (number["decimals"] or number["exponent"]):
            return cls(sign=sign) if sign else None
        return cls(len(number["decimals"] or ""), bool(number["exponent"]), sign=sign)


def _currency_sign(section: str, shown: str) -> str | None:
    """Return what a format shows of a currency: the one it names, or a sign of its texts."""
    match = _SIGN.search(section)
    return match[1] if match else next((sign for sign in shown if category(sign) == "Sc"), None)
