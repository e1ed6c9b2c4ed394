"""Modules of ours that Python loads when one of their names is first used."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Deferred(ModuleType):
    """A module that is not loaded yet: looking up anything in it but its name loads it."""

    def __getattribute__(self, name: str) -> Any:
        own = super().__getattribute__("__name__")
        if name == "__name__":
            return own
        try:  # to import what is loaded would take three times as long
            return getattr(sys.modules[own], name)
        except (KeyError, AttributeError):  # not loaded yet, or another thread is at it
            return getattr(import_module(own), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(import_module(self.__name__), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(import_module(self.__name__), name)


def deferred(*modules: str) -> list[Deferred]:
    """Return modules of this package, which nobody has loaded yet.

    >>> [checks] = deferred("checks")
    >>> checks.Severity("error")
    <Severity.ERROR: 'error'>
    """
    return [Deferred(f"commonprosperity.{module}") for module in modules]
