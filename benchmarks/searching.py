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
    news = _text(_NEWS, size)
    hostile = {repr(unit): _text(unit, size // 10) for unit in _HOSTILE}
    ours = seconds(
        rounds, {"news": _searched(news)} | {k: _searched(t) for k, t in hostile.items()}
    )
    speed = {
        name: size / 1000 / (taken if name == "news" else taken * 10)
        for name, taken in ours.items()
    }
    print(f"{speed['news']:10.0f} kB/s: find_amounts of news, {size:,} characters")
    slowest = min(speed, key=lambda name: speed[name])
    print(
        f"{speed[slowest]:10.0f} kB/s: find_amounts of the slowest hostile text, {slowest} repeated"
    )
    short = news[:_QUANTULUM_AT_MOST]
    theirs = seconds(rounds, {"quantulum3": _parsed(short), "ours": _searched(short)})
    return [
        Ratio(
            "find_amounts / quantulum3, on the same news", theirs["ours"] / theirs["quantulum3"], 1
        ),
        Ratio(f"news / {slowest} repeated, in speed", speed["news"] / speed[slowest]),
    ]


def _text(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _searched(text: str) -> Prepare:
    return lambda: lambda: find_amounts(text)


def _parsed(text: str) -> Prepare:
    with warnings.catch_warnings(action="ignore"):  # it recommends more packages
        from quantulum3 import parser  # noqa: PLC0415 (of the extra benchmark)

    return lambda: lambda: parser.parse(text)
