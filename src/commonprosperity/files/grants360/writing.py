"""A dataset as a 360Giving package: each commitment is a grant, and has its payments inside."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.grants360 import terms
from commonprosperity.files.grants360.grant import web_address
from commonprosperity.files.grants360.reading import plain_records
from commonprosperity.files.json import parse
from commonprosperity.files.losses import refuse_losses
from commonprosperity.flat import pledge_cells
from commonprosperity.flat.columns import Cell
from commonprosperity.patterns import pattern
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.records import Pledge, Stage
from commonprosperity.records.labels import VALUES
from commonprosperity.records.names import id_or_none
from commonprosperity.sentence import Sentence
from commonprosperity.tags import tag_field

_HOLDS = Sentence(
    "a 360Giving package holds commitments, what is paid of them, and of their companies, "
    "initiatives and sources the names alone; write .toml, .json, .zip or a folder, which hold all"
)
_COUNTRIES = pattern(r"[A-Z]{2}(; [A-Z]{2})*")


def write(dataset: Dataset) -> bytes:
    """Write a dataset as a 360Giving package.

    Raises `FileError` with everything that a package could not hold: it is read back to see.
    """
    faults = [*_wrong(dataset)]
    if faults:
        raise FileError((Fault("", "", _HOLDS), *faults))
    content = f"{_text(_package(dataset))}\n".encode()
    refuse_losses(
        dataset, lambda intake: plain_records(parse(content, intake), intake), _HOLDS,
        filled=("note", "tags"),
    )  # fmt: skip
    return content


def _wrong(dataset: Dataset) -> Iterator[Fault]:
    """Yield what keeps pledges from being written as grants."""
    pledges = [record for record in dataset.records if isinstance(record, Pledge)]
    if not any(map(_is_grant, pledges)):
        yield Fault(
            "", "", Sentence("there is no commitment, and a package has at least one grant")
        )
    for pledge in pledges:
        if not _is_grant(pledge) and not _is_payment(pledge, dataset):
            problem = Sentence(
                "this {stage:say} is neither a grant nor a payment of one",
                stage=VALUES[pledge.stage],
            )
            yield Fault(pledge.id, "stage", problem)
        if not pledge.announced.is_day:
            problem = Sentence("{announced} is no day; give the day", announced=pledge.announced)
            yield Fault(pledge.id, "announced", problem)
        if _is_grant(pledge) and pledge.recipient is None:
            yield Fault(pledge.id, "recipient", Sentence("is missing; a grant says who gets it"))
        countries = pledge.tags.get(terms.COUNTRY)
        if countries and not _COUNTRIES.fullmatch(countries):
            problem = Sentence(
                "{countries} is no code of two letters, such as GB", countries=brief(countries)
            )
            yield Fault(pledge.id, tag_field(terms.COUNTRY), problem)


def _is_grant(pledge: Pledge) -> bool:
    return pledge.stage == Stage.COMMITMENT and pledge.part_of is None


def _is_payment(pledge: Pledge, dataset: Dataset) -> bool:
    whole = dataset[pledge.part_of] if pledge.part_of else None
    is_of_grant = isinstance(whole, Pledge) and _is_grant(whole)
    return pledge.stage == Stage.DISBURSEMENT and is_of_grant


def _package(dataset: Dataset) -> dict[str, Any]:
    """Return the whole package; all its grants have one title of a source."""
    pledges = [record for record in dataset.records if isinstance(record, Pledge)]
    payments: dict[str | None, list[Pledge]] = {}
    for pledge in pledges:
        payments.setdefault(pledge.part_of, []).append(pledge)
    grants = [
        _grant(pledge, payments.get(pledge.id, ()), pledge_cells(pledge, dataset.__getitem__))
        for pledge in pledges
        if _is_grant(pledge)
    ]
    titles = [source.title for source in dataset.sources if not web_address(source.title)]
    return {"version": "1.4", **({"title": titles[0]} if titles else {}), "grants": grants}


def _grant(pledge: Pledge, payments: Iterable[Pledge], cells: Mapping[str, Cell]) -> dict[str, Any]:
    """Return a grant; what a pledge leaves out is left out of it too, unless it is required."""
    tags = pledge.tags
    note = pledge.note or f"Grant to {pledge.recipient}"
    title, description = terms.title_and_description(note, tags.get(terms.REGRANT, ""))
    funder = {"id": tags.get(terms.FUNDER, f"360G-{pledge.company}"), "name": cells["company"]}
    grant = {
        "id": tags.get(terms.IDENTIFIER, pledge.id),
        "title": title,
        "description": description,
        "currency": pledge.amount.currency,
        "amountAwarded": pledge.amount.amount,
        "awardDate": str(pledge.announced),
        "url": pledge.locator,
        "plannedDates": [_days(pledge.spend)] if pledge.spend else None,
        **_recipient(pledge),
        "beneficiaryLocation": [*_locations(tags)],
        "fundingOrganization": [funder],
        "grantProgramme": [{"title": cells["initiative"]}] if pledge.initiative else None,
        "regrantType": tags.get(terms.REGRANT),
        "disbursementTransaction": [*map(_payment, payments)],
        "dataSource": cells["url"] or web_address(cells.get("source")),
    }
    return {key: value for key, value in grant.items() if value not in (None, [])}


def _recipient(pledge: Pledge) -> dict[str, Any]:
    """Return who gets a grant: organisations, or a person whose name is kept back."""
    name = str(pledge.recipient)
    if terms.INDIVIDUAL in pledge.tags:
        return {"recipientIndividual": {"id": pledge.tags[terms.INDIVIDUAL], "name": name}}
    names = name.split(terms.SEVERAL)
    if terms.RECIPIENT in pledge.tags:
        ids = pledge.tags[terms.RECIPIENT].split(terms.SEVERAL)
    else:
        ids = [f"360G-{id_or_none(each) or 'recipient'}" for each in names]
    if len(ids) != len(names):
        names, ids = [name], [terms.SEVERAL.join(ids)]
    organizations = [{"id": id_, "name": each} for id_, each in zip(ids, names, strict=True)]
    return {"recipientOrganization": organizations}


def _locations(tags: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the places of a grant: the names, and the codes of countries, in their order."""
    names, countries = (
        tags[tag].split(terms.SEVERAL) if tag in tags else []
        for tag in (terms.LOCATION, terms.COUNTRY)
    )
    for name, country in zip_longest(names, countries):
        yield {key: text for key, text in (("name", name), ("countryCode", country)) if text}


def _payment(pledge: Pledge) -> dict[str, Any]:
    payment = {
        "id": pledge.id,
        "transactionDate": str(pledge.announced),
        "currency": pledge.amount.currency,
        "value": pledge.amount.amount,
        "valueDate": None if pledge.value_date == pledge.announced else str(pledge.value_date),
        "description": pledge.note,
    }
    return {key: value for key, value in payment.items() if value is not None}


def _days(period: Period) -> dict[str, str]:
    return {"startDate": str(period.start), "endDate": str(period.end)}


def _text(value: Any, indent: str = "") -> str:
    r"""Write JSON whose numbers have the digits that they were written with.

    >>> _text([Decimal("40000.0"), "School"])
    '[\n  40000.0,\n  "School"\n]'
    """
    inside = f"{indent}  "
    if isinstance(value, dict):
        pairs = (f"{inside}{json.dumps(key)}: {_text(each, inside)}" for key, each in value.items())
        return "{\n" + ",\n".join(pairs) + f"\n{indent}}}"
    if isinstance(value, list):
        items = (f"{inside}{_text(each, inside)}" for each in value)
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
