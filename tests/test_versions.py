"""Records of one pledge: tellings, later versions, and the day from which their links hold."""

from commonprosperity import Money
from counted import counts
from strategies import dataset, pledge


def test_original_counts_and_its_retellings_do_not() -> None:
    ds = dataset(
        pledge("a", "110 CNY", restates="c", announced="2020"),
        pledge("b", "120 CNY", restates="a", announced="2019"),
        pledge("c"),
    )
    assert counts(ds) == {
        "a": ("0 CNY", "restates c"),
        "b": ("0 CNY", "restates c"),
        "c": ("100 CNY", "counted"),
    }


def test_first_announced_telling_counts_when_the_original_is_not_selected() -> None:
    ds = dataset(
        pledge("original"),
        pledge("a", "110 CNY", restates="original", announced="2021-03"),
        pledge("b", "120 CNY", restates="original", announced="2021-02"),
        pledge("c", "130 CNY", restates="b", announced="2021-04"),
    )
    assert counts(ds.where(id=["a", "b", "c"])) == {
        "a": ("0 CNY", "restates b"),
        "b": ("120 CNY", "counted"),
        "c": ("0 CNY", "restates b"),
    }


def test_smallest_id_counts_of_tellings_of_one_day() -> None:
    ds = dataset(
        pledge("original", announced="2022"),
        pledge("b", restates="original"),
        pledge("a", restates="b"),
    )
    assert counts(ds.where(id=["a", "b"]))["b"] == ("0 CNY", "restates a")


def test_tellings_are_one_pledge_through_records_that_are_not_selected() -> None:
    ds = dataset(
        pledge("old", announced="2020"),
        pledge("one", supersedes="old"),
        pledge("retold", restates="one", announced="2022"),
        pledge("again", restates="retold", announced="2021"),
    )
    assert counts(ds.where(id=["old", "again"])) == {
        "old": ("0 CNY", "superseded by one"),
        "again": ("100 CNY", "counted"),
    }


def test_older_version_never_counts_though_its_successor_is_not_selected() -> None:
    ds = dataset(pledge("old"), pledge("new", "0 CNY", supersedes="old"))
    assert counts(ds.where(id="old")) == {"old": ("0 CNY", "superseded by new")}


def test_older_version_counts_until_the_end_of_the_day_before_its_successor() -> None:
    ds = dataset(pledge("old"), pledge("new", "150 CNY", supersedes="old", announced="2021-05"))
    assert counts(ds.as_of("2021-05-30")) == {"old": ("100 CNY", "counted")}
    assert counts(ds.as_of("2021-05-31")) == {
        "old": ("0 CNY", "superseded by new"),
        "new": ("150 CNY", "counted"),
    }


def test_only_the_newest_version_of_a_chain_counts() -> None:
    ds = dataset(
        pledge("v3", "3 CNY", supersedes="v2", announced="2021-03"),
        pledge("v1", "1 CNY", announced="2021-01"),
        pledge("v2", "2 CNY", supersedes="v1", announced="2021-02"),
    )
    assert counts(ds) == {
        "v3": ("3 CNY", "counted"),
        "v1": ("0 CNY", "superseded by v2"),
        "v2": ("0 CNY", "superseded by v3"),
    }
    assert counts(ds.as_of("2021-02-28"))["v2"] == ("2 CNY", "counted")


def test_version_is_superseded_through_one_that_is_not_known_yet() -> None:
    ds = dataset(
        pledge("v1"),
        pledge("v2", supersedes="v1", announced="2021"),
        pledge("v3", supersedes="v2", announced="2021-06"),
    )
    assert counts(ds.as_of("2021-06-30"))["v1"] == ("0 CNY", "superseded by v3")


def test_version_is_superseded_when_any_telling_of_its_successor_is_known() -> None:
    ds = dataset(
        pledge("old"),
        pledge("new", supersedes="old", announced="2021-08"),
        pledge("late", restates="new", announced="2021-07"),
        pledge("leak", restates="new", announced="2021-06"),
    )
    assert counts(ds.as_of("2021-06-30"))["old"] == ("0 CNY", "superseded by leak")
    assert counts(ds.as_of("2021-07-31"))["old"] == ("0 CNY", "superseded by leak")
    assert counts(ds.as_of("2021-08-31"))["old"] == ("0 CNY", "superseded by new")


def test_every_telling_of_an_older_version_is_superseded() -> None:
    ds = dataset(
        pledge("old"),
        pledge("retold", restates="old"),
        pledge("new", supersedes="retold"),
        pledge("again", restates="new"),
    )
    assert counts(ds) == {
        "old": ("0 CNY", "superseded by new"),
        "retold": ("0 CNY", "superseded by new"),
        "new": ("100 CNY", "counted"),
        "again": ("0 CNY", "restates new"),
    }


def test_one_counts_where_two_tellings_have_each_a_successor() -> None:
    ds = dataset(
        pledge("old"),
        pledge("retold", restates="old"),
        pledge("b", "150 CNY", supersedes="old", announced="2021-02"),
        pledge("a", "160 CNY", supersedes="retold", announced="2021-03"),
    )
    assert counts(ds) == {
        "old": ("0 CNY", "superseded by b"),
        "retold": ("0 CNY", "superseded by b"),
        "b": ("150 CNY", "counted"),
        "a": ("0 CNY", "restates b"),
    }


def test_link_holds_from_the_day_on_which_the_record_that_states_it_is_known() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "50 CNY"),
        pledge("again", "50 CNY", supersedes="part", part_of="whole", announced="2022"),
    )
    assert ds.as_of("2021").total("CNY").amount == Money(150, "CNY")
    assert ds.as_of("2022").total("CNY").amount == Money(100, "CNY")


def test_retelling_ties_two_pledges_only_when_it_is_known() -> None:
    ds = dataset(
        pledge("a", "10 CNY"),
        pledge("b", "11 CNY", restates="a", announced="2022"),
        pledge("c", "12 CNY", supersedes="b"),
    )
    # "c" is known and names "b", which lends the link that it will state: one pledge.
    assert counts(ds.as_of("2021")) == {
        "a": ("0 CNY", "superseded by c"),
        "c": ("12 CNY", "counted"),
    }
    lone = dataset(pledge("a", "10 CNY"), pledge("b", "11 CNY", restates="a", announced="2022"))
    assert counts(lone.as_of("2021")) == {"a": ("10 CNY", "counted")}


def test_record_that_is_named_lends_its_links_over_any_steps_and_none_backwards() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("later", part_of="whole", announced="2022"),
        pledge("latest", part_of="later", announced="2022"),
        pledge("part", "30 CNY", part_of="latest"),
        pledge("old", "20 CNY"),
        pledge("stated-later", "20 CNY", supersedes="old", part_of="whole", announced="2022"),
    )
    assert counts(ds.as_of("2021")) == {
        "whole": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
        "old": ("20 CNY", "counted"),
    }


def test_version_that_is_not_known_yet_supersedes_nothing_though_a_part_names_it() -> None:
    ds = dataset(
        pledge("old"),
        pledge("new", "200 CNY", supersedes="old", announced="2022"),
        pledge("part", "30 CNY", part_of="new"),
    )
    assert counts(ds.as_of("2021")) == {
        "old": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
    }


def test_part_of_a_retelling_is_a_part_of_the_pledge() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("retold", "110 CNY", restates="whole"),
        pledge("part", "30 CNY", part_of="retold"),
    )
    assert counts(ds) == {
        "whole": ("70 CNY", "left over by its parts"),
        "retold": ("0 CNY", "restates whole"),
        "part": ("30 CNY", "counted"),
    }
    assert counts(ds.where(id=["retold", "part"]))["retold"] == ("80 CNY", "left over by its parts")


def test_part_of_an_older_version_is_a_part_of_the_newest() -> None:
    ds = dataset(
        pledge("old"),
        pledge("part", "30 CNY", part_of="old"),
        pledge("new", "200 CNY", supersedes="old"),
    )
    assert counts(ds)["new"] == ("170 CNY", "left over by its parts")


def test_newest_version_is_inside_the_whole_that_its_original_names() -> None:
    ds = dataset(
        pledge("old-whole"),
        pledge("new-whole"),
        pledge("old", "10 CNY", part_of="old-whole"),
        pledge("new", "20 CNY", part_of="new-whole", supersedes="old", announced="2021-02"),
        pledge("retold", "20 CNY", part_of="a-third-whole", restates="new", announced="2021-01"),
        pledge("a-third-whole"),
    )
    assert counts(ds)["new-whole"] == ("80 CNY", "left over by its parts")
    assert counts(ds)["old-whole"] == counts(ds)["a-third-whole"] == ("100 CNY", "counted")
    before = ds.as_of("2021-01-30")
    assert counts(before)["old-whole"] == ("90 CNY", "left over by its parts")


def test_newest_version_is_inside_the_whole_of_any_record_where_its_original_names_none() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("old", "10 CNY", part_of="whole"),
        pledge("new", "20 CNY", supersedes="old"),
    )
    assert counts(ds)["whole"] == ("80 CNY", "left over by its parts")
