"""The examples in the README, the docs and the docstrings are run as tests."""

from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser as MarkdownCode
from sybil.parsers.rest import DocTestParser

_markdown = Sybil(parsers=[MarkdownCode(doctest_optionflags=ELLIPSIS)], patterns=["*.md"])
_docstrings = Sybil(parsers=[DocTestParser()], patterns=["*.py"], path="src")

pytest_collect_file = (_markdown + _docstrings).pytest()
