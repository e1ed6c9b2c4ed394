"""Modules of ours that Python loads when one of their names is first used."""

from importlib import import_module
from types import ModuleType
from typing import Any


class Deferred(ModuleType):
    """A module that is not loaded yet: looking up a name in it loads it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def deferred(*modules: str) -> list[Deferred]:
    """Return modules of this package, which nobody has loaded yet.

    >>> [checks] = deferred("checks")
    >>> checks.Severity("error")
    <Severity.ERROR: 'error'>
    """
    return [Deferred(f"commonprosperity.{module}") for module in modules]
