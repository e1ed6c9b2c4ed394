"""What it takes to find the amounts of a text, beside quantulum3, and on hostile texts."""

import warnings

from measuring import Prepare, Ratio, seconds

from commonprosperity import find_amounts

# News of our own wording: an amount in a hundred characters, and as many other numbers.
_NEWS = (
    "The company said on 2 September 2021 that it would put 100 billion yuan ($15.49 billion) into "
    "ten projects before 2025. It has 251,000 staff in 31 provinces, and its sales rose 34 per "
    "cent to 205.74 billion yuan in the quarter. A rival gave up to RMB 5.5 million to 1,000 "
    "schools, and 68.7 million users took part in the campaign of the ninth of September. Nobody "
    "expected so much. Some of those who wrote about the plan had doubts whether it would help "
    "the villages that it names; others asked why the state does not raise taxes instead. The "
    "team that is to carry it out has not met yet, and its head would not say when it begins.\n\n"
)
# A market report of our own wording: an amount in sixty characters.
_DENSE = (
    "Alibaba will put up to 100 billion yuan ($15.49 billion) into ten projects by 2025. Tencent "
    "set aside 50 billion yuan in April, and as much in August; JD.com had sales of 253.8 billion "
    "yuan and a profit of 794 million yuan. A rival gave more than US$2.27 billion, or HK$17.6 "
    "billion, to a trust. Its founder added between 5 and 10 million yuan, and half a billion "
    "dollars more came from two banks in Hong Kong.\n"
)
_HOSTILE = (
    "$5 ",
    "$1=5 yuan ",
    "5 to ",
    "up to 5 ",
    "5 million ",
    "一亿",
    "one ",
    "(",
    "$",
    "1",
    "5-",
    "A. ",
)
_QUANTULUM_AT_MOST = 3_000  # characters: it takes a second for some thousands


def searching(rounds: int, size: int) -> list[Ratio]:
    """Compare a search of news with quantulum3's, and the slowest hostile text with news."""
    find_amounts("5 yuan")  # loads the names
    texts = {"news": _text(_NEWS, size), "dense news": _text(_DENSE, size)}
    hostile = {repr(unit): _text(unit, size // 10) for unit in _HOSTILE}
    ours = seconds(rounds, {name: _searched(text) for name, text in (texts | hostile).items()})
    speed = {
        name: size / 1000 / (taken if name in texts else taken * 10) for name, taken in ours.items()
    }
    slowest = min(speed, key=lambda name: speed[name])
    for name in (*texts, slowest):
        print(f"{speed[name]:10.0f} kB/s: find_amounts of {name}")
    short = texts["news"][:_QUANTULUM_AT_MOST]
    theirs = seconds(rounds, {"quantulum3": _parsed(short), "ours": _searched(short)})
    return [
        Ratio(
            "find_amounts / quantulum3, on the same news", theirs["ours"] / theirs["quantulum3"], 1
        ),
        *(
            Ratio(f"{name} / {slowest} repeated, in speed", speed[name] / speed[slowest], 10)
            for name in texts
        ),
    ]


def _text(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _searched(text: str) -> Prepare:
    return lambda: lambda: find_amounts(text)


def _parsed(text: str) -> Prepare:
    with warnings.catch_warnings(action="ignore"):  # it recommends more packages
        from quantulum3 import parser  # noqa: PLC0415 (of the extra benchmark)

    return lambda: lambda: parser.parse(text)
