"""What it takes to read an amount in words, and how that grows with the length of the text."""

from measuring import Prepare, Ratio, seconds

from commonprosperity import CommonProsperityError, Money, parse_amount

_REPEATED = (
    "1", "1,", "1,000", "5 ", "100 ", ".", "about ", "up to 5 ", "million ", "and ", "one ", "十",
    "一亿", "百零", "5亿", "5元1角", "5 to ", "多", "元", "$", "US$", "人民币", "-", " ", "(", "a",
)  # fmt: skip
_BEGINNINGS = ("", "5", "RMB", "up to ")


def reading(rounds: int, size: int) -> list[Ratio]:
    """Compare the slowest of texts that repeat one thing with a tenth of it."""
    parse_amount("5 yuan")  # loads the names
    texts = [start + repeated * size for start in _BEGINNINGS for repeated in _REPEATED]
    taken = seconds(1, {_told(text[:size]): _parsed(text[:size]) for text in texts})
    slowest = max(texts, key=lambda text: taken[_told(text[:size])])
    long, short = slowest[:size], slowest[: size // 10]
    taken = seconds(rounds, {_told(long): _parsed(long), _told(short): _parsed(short)})
    growth = Ratio(f"{_told(long)} / {_told(short)}", taken[_told(long)] / taken[_told(short)], 12)
    plain, words = "15.49 billion USD", "US$15.49 billion"
    taken = seconds(rounds, {plain: _often(plain), words: _often(words)})
    return [growth, Ratio(f"Money.parse of {words!r} / {plain!r}", taken[words] / taken[plain])]


def _told(text: str) -> str:
    return f"{text[:12]!r}... of {len(text):,} characters"


def _parsed(text: str) -> Prepare:
    def run() -> None:
        try:
            parse_amount(text)
        except CommonProsperityError as error:
            str(error)

    return lambda: run


def _often(text: str) -> Prepare:
    return lambda: lambda: [Money.parse(text) for _ in range(1_000)]
