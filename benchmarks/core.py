"""Compare the library with its neighbours, side by side: see docs/benchmarks.md."""

import platform
from argparse import ArgumentParser
from importlib.metadata import version

from adding import adding
from amounts import converting, keeping, refusing
from comparing import checking, looking_up, looking_up_the_world, quantities
from growing import explaining, growing, shapes
from reading import reading
from searching import searching
from starting import starting
from versions import versions

_BENCHMARKS = {
    "starting": lambda smoke: starting(1 if smoke else 31),
    "adding": lambda smoke: adding(1, 1_000) if smoke else adding(7, 1_000_000),
    "versions": lambda smoke: versions(1, 1_000) if smoke else versions(3, 1_000_000),
    "converting": lambda smoke: converting(1, 10) if smoke else converting(31, 1_000),
    "refusing": lambda smoke: refusing(1, 10) if smoke else refusing(31, 10_000),
    "keeping": lambda smoke: keeping(100 if smoke else 100_000),
    "looking_up": lambda smoke: looking_up(1 if smoke else 31),
    "looking_up_the_world": lambda smoke: looking_up_the_world(1 if smoke else 31),
    "quantities": lambda smoke: quantities(1, 10) if smoke else quantities(31, 1_000),
    "reading": lambda smoke: reading(1, 100) if smoke else reading(7, 100_000),
    "searching": lambda smoke: searching(1, 3_000) if smoke else searching(3, 300_000),
    "growing": lambda smoke: (
        growing(1, (100, 200)) if smoke else growing(3, (1_000, 10_000, 100_000, 1_000_000))
    ),
    "explaining": lambda smoke: explaining(200 if smoke else 100_000),
    "shapes": lambda smoke: shapes((100, 200) if smoke else (1_000, 10_000, 100_000)),
    "checking": lambda smoke: checking((100, 200) if smoke else (1_000, 10_000, 100_000)),
}
_PACKAGES = ("commonprosperity", "attrs", "babel", "currencyconverter", "py-moneyed", "quantulum3")


def main() -> None:
    """Run all benchmarks, or those that are asked for."""
    parser = ArgumentParser(description="Compare the library with its neighbours, side by side.")
    parser.add_argument("--smoke", action="store_true", help="run tiny sizes once, to see them run")
    parser.add_argument("--only", choices=_BENCHMARKS, action="append", help="run this one alone")
    arguments = parser.parse_args()
    print("Python", platform.python_version(), *(f"{name} {version(name)}" for name in _PACKAGES))
    for name in arguments.only or _BENCHMARKS:
        print(f"\n{name}")
        for ratio in _BENCHMARKS[name](arguments.smoke):
            print(ratio)


if __name__ == "__main__":
    main()
