"""Where a bar may be written: a terminal, a pipe, and the kernel of a notebook."""

import io
import sys
from types import SimpleNamespace

import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


where_a_bar_is_shown = pytest.mark.parametrize(
    ("stream", "is_notebook", "bar", "shows"),
    [
        (Terminal, False, True, True),
        (Terminal, False, False, False),
        (io.StringIO, False, True, False),
        (io.StringIO, True, True, True),
        (io.StringIO, True, False, False),
    ],
    ids=["terminal", "told not to", "pipe", "notebook", "notebook told not to"],
)
"""The kinds of standard error, whether it is a notebook's, what is asked for, and what comes."""


def write_errors_to(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, is_notebook: bool
) -> None:
    app = SimpleNamespace(initialized=lambda: is_notebook)
    monkeypatch.setitem(sys.modules, "ipykernel.kernelapp", SimpleNamespace(IPKernelApp=app))
    monkeypatch.setattr(sys, "stderr", stream)
