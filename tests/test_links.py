"""Links that contradict each other: two wholes, two successors, circles."""

import pytest

from commonprosperity import Company, Dataset, Initiative, Money
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.sentence import Sentence
from counted import counts, faults_of
from strategies import dataset, pledge


def test_two_wholes_of_one_pledge_are_refused() -> None:
    faults = faults_of(
        pledge("one"),
        pledge("two"),
        pledge("old", part_of="one"),
        pledge("new", supersedes="old"),
        pledge("retold", restates="new", part_of="two"),
    )
    problem = "old, the same pledge, is a part of one, not of two"
    assert faults == (Fault("retold", "part_of", Sentence(problem)),)


def test_two_records_of_one_whole_are_not_two_wholes() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("retold", restates="whole"),
        pledge("old", "10 CNY", part_of="whole"),
        pledge("new", "20 CNY", supersedes="old"),
        pledge("again", restates="new", part_of="retold"),
    )
    assert counts(ds)["whole"] == ("80 CNY", "left over by its parts")


def test_two_successors_of_one_record_are_refused() -> None:
    faults = faults_of(
        pledge("old"), pledge("new", supersedes="old"), pledge("newer", supersedes="old")
    )
    assert faults == (
        Fault(
            "newer",
            "supersedes",
            Sentence(
                "new supersedes old already; supersede new, or restate it if both are of the same version"
            ),
        ),
    )


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_pledge_that_links_to_itself_is_refused(link: str) -> None:
    assert faults_of(pledge("a", **{link: "a"}))[0] == Fault(
        "a", link, Sentence("a circle: a -> a; take one link out")
    )


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_circle_of_links_is_refused_and_what_points_into_it_is_not_blamed(link: str) -> None:
    faults = faults_of(
        pledge("a", **{link: "b"}),
        pledge("b", **{link: "c"}),
        pledge("c", **{link: "a"}),
        pledge("into", **{link: "into-too"}),
        pledge("into-too", **{link: "c" if link != "supersedes" else "out"}),
        pledge("out"),
    )
    assert faults == (Fault("a", link, Sentence("a circle: a -> b -> c -> a; take one link out")),)


@pytest.mark.parametrize(
    ("tie", "link"),
    [("restates", "part_of"), ("supersedes", "part_of"), ("restates", "supersedes")],
)
def test_record_of_a_pledge_is_no_part_and_no_successor_of_it(tie: str, link: str) -> None:
    same = "a is the same pledge, by the other links; take one link out"
    faults = faults_of(pledge("a"), pledge("b", **{tie: "a", link: "a"}))
    assert Fault("b", link, Sentence(same)) in faults
    retold = faults_of(pledge("a"), pledge("b", **{tie: "a"}), pledge("c", **{tie: "b", link: "a"}))
    assert Fault("c", link, Sentence(same)) in retold


def test_every_circle_is_told() -> None:
    faults = faults_of(
        pledge("z", part_of="y"),
        pledge("y", part_of="z"),
        pledge("c", restates="b"),
        pledge("b", restates="c"),
        pledge("p", part_of="q"),
        pledge("q", part_of="p"),
    )
    assert {(fault.field, fault.problem) for fault in faults} >= {
        ("restates", "a circle: b -> c -> b; take one link out"),
        ("part_of", "a circle: p -> q -> p; take one link out"),
        ("part_of", "a circle: y -> z -> y; take one link out"),
    }


def test_circle_of_versions_through_their_retellings_is_refused() -> None:
    faults = faults_of(
        pledge("a", supersedes="b"),
        pledge("a2", restates="a"),
        pledge("b"),
        pledge("b2", restates="b", supersedes="a2"),
    )
    assert faults == (
        Fault("a", "supersedes", Sentence("a circle: a -> b -> a; take one link out")),
    )


def test_record_that_supersedes_what_it_retells_is_refused() -> None:
    assert (
        faults_of(pledge("a"), pledge("b", restates="a", supersedes="a"))[0].field == "supersedes"
    )


@pytest.mark.parametrize("link", ["restates", "supersedes"])
def test_part_of_another_record_of_the_same_pledge_is_refused(link: str) -> None:
    faults = faults_of(pledge("a"), pledge("b", part_of="a", **{link: "a"}))
    assert [fault.field for fault in faults] == ["part_of"]


def test_circle_of_parts_through_a_retelling_is_refused() -> None:
    faults = faults_of(
        pledge("a", part_of="b"), pledge("b"), pledge("b2", restates="b", part_of="a")
    )
    assert faults == (Fault("a", "part_of", Sentence("a circle: a -> b -> a; take one link out")),)


def test_circle_of_initiatives_is_refused() -> None:
    company = Company(id="acme", name="Acme")
    one = Initiative(id="one", company="acme", name="One", part_of="two")
    two = Initiative(id="two", company="acme", name="Two", part_of="one")
    with pytest.raises(
        DatasetError, match=r"^one: part_of: a circle: one -> two -> one; take one link out$"
    ):
        Dataset(companies=[company], initiatives=[one, two])


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_deep_chains_need_no_recursion(link: str) -> None:
    depth = 5000
    links = [{}, *({link: f"p{at - 1}"} for at in range(1, depth))]
    ds = dataset(*(pledge(f"p{at}", Money(depth, "CNY"), **to) for at, to in enumerate(links)))
    assert ds.total("CNY").amount == Money(depth, "CNY")
    assert ds.where(id=["p0", f"p{depth - 1}"]).total("CNY").amount == Money(depth, "CNY")


def test_long_circle_is_told_by_its_ends_and_its_length() -> None:
    depth = 2000
    (fault,) = faults_of(
        *(pledge(f"p{at:04}", part_of=f"p{(at + 1) % depth:04}") for at in range(depth))
    )
    circle = "a circle: p0000 -> p0001 -> p0002 -> ... -> p1999 -> p0000 (2,000 links); take one link out"
    assert fault == Fault("p0000", "part_of", Sentence(circle))


@pytest.mark.parametrize(
    ("depth", "end"),
    [
        (8, "p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> p0"),
        (9, "p1 -> p2 -> ... -> p8 -> p0 (9 links)"),
    ],
)
def test_circle_of_eight_is_told_whole(depth: int, end: str) -> None:
    (fault,) = faults_of(*(pledge(f"p{at}", part_of=f"p{(at + 1) % depth}") for at in range(depth)))
    assert fault.problem == f"a circle: p0 -> {end}; take one link out"
