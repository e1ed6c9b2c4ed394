"""What 360Giving calls what a pledge says, for reading and for writing."""

from commonprosperity.tags import REGRANT_TYPE

REQUIRED = {
    "id": "id",
    "company": "fundingOrganization",
    "amount": "amountAwarded",
    "currency": "currency",
    "announced": "awardDate",
}
"""The columns that every award fills, and the keys of them; the same for payments below."""

REQUIRED_OF_PAYMENTS = {"amount": "value", "announced": "transactionDate"}

IDENTIFIER = "identifier"
FUNDER = "funding org identifier"
RECIPIENT = "recipient org identifier"
INDIVIDUAL = "recipient ind identifier"
LOCATION = "beneficiary location"
COUNTRY = "country"
REGRANT = REGRANT_TYPE

TAGS = {
    RECIPIENT: ("recipientOrganization", "id"),
    INDIVIDUAL: ("recipientIndividual", "id"),
    LOCATION: ("beneficiaryLocation", "name"),
    COUNTRY: ("beneficiaryLocation", "countryCode"),
}
"""Tags that keep what a pledge has no field for, and the keys of them: in a list, in its objects.

The others are `IDENTIFIER`, what a publisher wrote that is no id of ours (``360G-Acme/21``),
`FUNDER`, of the first funder, and `REGRANT`.
"""

SEVERAL = "; "
"""What stands between the names of several recipients or places in one cell."""


_TITLE_AT_MOST = 140  # characters, as the standard asks for
_ELLIPSIS = "…"


def note_of(title: str, description: str, regrant: str) -> str:
    """Return the note of a grant: its title, its description, and that it is for regranting.

    >>> note_of("Books", "Books for 30 schools", "FRG010"), note_of("Books", "For schools", "")
    ('Books for 30 schools (regrant type FRG010)', 'Books: For schools')
    """
    begins = description and description.startswith(title.removesuffix(_ELLIPSIS))
    words = description if begins else ": ".join(filter(None, [title, description]))
    return " ".join(filter(None, [words, _regranted(regrant)]))


def title_and_description(note: str, regrant: str) -> tuple[str, str]:
    """Return the title and the description that a note is written as, from which it is read back.

    >>> title_and_description("Books for 30 schools (regrant type FRG010)", "FRG010")
    ('Books for 30 schools', 'Books for 30 schools')
    """
    words = note.removesuffix(_regranted(regrant)).rstrip() if regrant else note
    title = words if len(words) <= _TITLE_AT_MOST else f"{words[: _TITLE_AT_MOST - 1]}{_ELLIPSIS}"
    return title, words


def _regranted(code: str) -> str:
    return f"({REGRANT} {code})" if code else ""
