"""Amounts of money in running text: found, checked, and drafted as records.

The grammar of amounts is that of `wording`; this room tells amounts of money from other numbers.
"""

from commonprosperity.mentions.find import TEXT_AT_MOST, find_amounts
from commonprosperity.mentions.mention import Mention
from commonprosperity.mentions.mentions import Mentions

__all__ = ["TEXT_AT_MOST", "Mention", "Mentions", "find_amounts"]
