"""``Initiative``: a programme, a joint fund or a campaign."""

import attrs
from attrs.converters import optional

from commonprosperity.period import Period
from commonprosperity.records.facts import Facts
from commonprosperity.records.fields import Id, checked_fields, to_flag, to_period, to_themes


@attrs.frozen(kw_only=True, repr=False, field_transformer=checked_fields)
class Initiative(Facts):
    """A programme, a joint fund or a campaign, perhaps part of a larger one (``part_of``).

    ``company`` is who runs it; whose money it is, each pledge says. ``started`` and ``ends`` are as
    precise as the source has them. It is ``pooled`` where its disbursements are paid out of its
    commitments, and these come of its pledges, though no link says which belongs to which.

    >>> Initiative(id="relief", name="Joint Relief Fund")
    Initiative(id='relief', name='Joint Relief Fund')
    """

    id: Id
    company: Id | None = None
    name: str
    name_zh: str | None = None
    started: Period | None = attrs.field(default=None, converter=optional(to_period))
    ends: Period | None = attrs.field(default=None, converter=optional(to_period))
    themes: tuple[str, ...] = attrs.field(default=(), converter=to_themes)
    lead: str | None = None
    part_of: Id | None = None
    pooled: bool = attrs.field(default=False, converter=to_flag)
    source: Id | None = None
    locator: str | None = None
    note: str | None = None
    locator_zh: str | None = None
    note_zh: str | None = None
