"""``Company``: who promises money."""

import attrs

from commonprosperity.records.facts import Facts
from commonprosperity.records.fields import Country, Id, checked_fields, to_aliases


@attrs.frozen(kw_only=True, repr=False, field_transformer=checked_fields)
class Company(Facts):
    """A company that promises money.

    ``aliases`` are other names that it goes by, in any language. ``country`` is where it is at
    home, by the two-letter code of ISO 3166: its prices are those that constant prices go by.

    >>> Company(id="tencent", name="Tencent", name_zh="腾讯", aliases="Tencent Holdings").aliases
    ('Tencent Holdings',)

    Raises `CountryError` for what is no code of a country, with a suggestion where there is one.
    """

    id: Id
    name: str
    name_zh: str | None = None
    aliases: tuple[str, ...] = attrs.field(default=(), converter=to_aliases)
    country: Country | None = None
    note: str | None = None
    note_zh: str | None = None
