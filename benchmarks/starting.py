"""What a process takes, from its start to its end: CPU time, the interpreter's own included."""

import sys
from subprocess import DEVNULL, run

from measuring import Prepare, Ratio, process_time_of_others, seconds

_BARE = "pass"
_ROOMS = "import attrs, babel.numbers"
_OURS = "import commonprosperity"
_ALL = "from commonprosperity import *"
_TOTAL = 'import commonprosperity as cp; cp.load().total("USD")'
_CONVERTER = "from currency_converter import CurrencyConverter; CurrencyConverter(decimal=True)"
_COMMAND = "the command commonprosperity"


def starting(rounds: int) -> list[Ratio]:
    """Compare imports with that of attrs and Babel, and the command with CurrencyConverter."""
    codes = (_BARE, _ROOMS, _OURS, _ALL, _TOTAL, _CONVERTER)
    subjects = {code: _process("-c", code) for code in codes}
    subjects[_COMMAND] = _process("-m", "commonprosperity")
    taken = seconds(rounds, subjects, process_time_of_others)
    bare, rooms = taken[_BARE], taken[_ROOMS]
    return [
        Ratio(f"{_OURS} / {_ROOMS}", taken[_OURS] / rooms, 1.25),
        Ratio("the same, less a bare interpreter", (taken[_OURS] - bare) / (rooms - bare)),
        Ratio(f"{_ALL} / {_ROOMS}", taken[_ALL] / rooms, 1.5),
        Ratio("the same, less a bare interpreter", (taken[_ALL] - bare) / (rooms - bare)),
        Ratio(f"{_TOTAL} / {_ROOMS}", taken[_TOTAL] / rooms),
        Ratio(
            f"{_COMMAND} / CurrencyConverter(decimal=True)", taken[_COMMAND] / taken[_CONVERTER], 1
        ),
    ]


def _process(*arguments: str) -> Prepare:
    return lambda: lambda: run([sys.executable, *arguments], check=True, stdout=DEVNULL)  # noqa: S603 (our own arguments)
