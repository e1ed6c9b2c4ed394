"""Why a number changed: `Effects`, which add up exactly to the difference of two totals."""

from commonprosperity.compare.effect import Cause, Effect, Effects
from commonprosperity.compare.side import Side

__all__ = ["Cause", "Effect", "Effects", "Side"]
