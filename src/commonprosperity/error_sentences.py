"""What errors say, as sentences that can be said in Chinese."""

from commonprosperity.errors import RateNotFoundError
from commonprosperity.messages import Sentence


def rate_sentence(error: RateNotFoundError) -> Sentence:
    """Say what the error of a missing rate says, in any language."""
    return Sentence(
        "no {currency:currency} rate on {on}; {known:say} "
        "(asked for {base:currency} to {quote:currency})",
        currency=error.currency, on=error.on, known=error.known,
        base=error.base, quote=error.quote,
    )  # fmt: skip
