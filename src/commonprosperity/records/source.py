"""``Source``: where facts come from."""

import attrs
from attrs.converters import optional

from commonprosperity.period import Period
from commonprosperity.records.facts import Facts
from commonprosperity.records.fields import Id, Url, checked_fields, to_period


@attrs.frozen(kw_only=True, repr=False, field_transformer=checked_fields)
class Source(Facts):
    """Where facts come from: an article, a press release, a report."""

    id: Id
    title: str
    publisher: str | None = None
    published: Period | None = attrs.field(default=None, converter=optional(to_period))
    url: Url | None = None
    note: str | None = None
    title_zh: str | None = None
    note_zh: str | None = None
