"""What errors advise, said in the options of the command.

The library's sentences name its own arguments, such as ``give locale="de"``.
"""

from commonprosperity.patterns import pattern

_OPTIONS = {
    "default": "default",
    "encoding": "encoding",
    "layout": "layout",
    "locale": "numbers",  # `locale` is for which readers a page is
    "scale": "scale",
}
"""The option that each argument is, by its name without the hyphens."""

_ARGUMENT = pattern(rf'\b({"|".join(_OPTIONS)})=(?:"([\w-]+)"|(\d+))')
_SYMBOLS = pattern(r'\bsymbols=\{"([^"]+)": "([A-Z]{3})"\}')
_SHEET = pattern(r'\bsheet="([^"]*)"')
_RATES = pattern(r"\brates=cp\.rates\.(\w+)\(\)")
_BARE = pattern(r"\b(symbol|on|locale|scale)s?=(?![^\s，；])")
_OF_DATES = r'(?:dates|zone)="[^"]+"'
# No option says how dates are read: a layout does, and only a table read by one is advised so.
_ON_DATES = pattern(rf", or (give {_OF_DATES})")
_ON_DATES_IN_CHINESE = pattern(rf"，或(给出 {_OF_DATES})")


def in_options(sentence: str) -> str:
    """Say what a sentence advises in the options of the command.

    >>> in_options('write 1234.5 or give locale="de"')
    'write 1234.5 or give --numbers de'
    >>> in_options('give symbols={"$": "USD"} if that is meant')
    "give --symbol '$=USD' if that is meant"
    """
    sentence = _SYMBOLS.sub(r"--symbol '\1=\2'", sentence)
    sentence = _SHEET.sub(r"--sheet '\1'", sentence)
    sentence = _RATES.sub(r"--rates \1", sentence)
    sentence = _ARGUMENT.sub(lambda m: f"--{_OPTIONS[m[1]]} {m[2] or m[3]}", sentence)
    sentence = _BARE.sub(r"--\1", sentence)
    sentence = _ON_DATES.sub(r", or, in the layout, \1", sentence)
    return _ON_DATES_IN_CHINESE.sub(r"，或在 layout 中\1", sentence)
