"""Modules of ours that Python loads when one of their names is first used."""

from importlib import import_module
from types import ModuleType
from typing import Any


class Deferred(ModuleType):
    """A module that is not loaded yet: looking up anything in it but its name loads it."""

    def __getattribute__(self, name: str) -> Any:
        own = super().__getattribute__("__dict__")
        if name == "__name__":
            return own[name]
        if "module" not in own:  # the import waits where another thread is loading the module
            own["module"] = import_module(own["__name__"])
        return getattr(own["module"], name)

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
