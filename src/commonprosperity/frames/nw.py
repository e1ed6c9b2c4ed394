"""Narwhals, of the extra ``frames``: imported here alone, when it is first used."""

from typing import TYPE_CHECKING, Any

from commonprosperity.extras import needed

__all__ = ["nw", "view_of"]

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import Frame, IntoFrame

    View = Frame
    """A dataframe as Narwhals sees it, whatever package it is of."""
else:

    class _Narwhals:
        def __getattr__(self, name: str) -> Any:
            return getattr(needed("narwhals", extra="frames"), name)

    nw = _Narwhals()


def view_of(frame: "IntoFrame") -> "View":
    """Return Narwhals' view of a dataframe; raise `TypeError` for what is none."""
    view: View = nw.from_native(frame)
    return view
