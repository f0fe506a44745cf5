"""Which school took the place of which."""

from collections import Counter

from graph.records import LinkFact, Row
from tests.connectors import standard

PUBLISHED = "schools-links.csv"
HEADER = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"


def _rows(*lines: str) -> list[Row]:
    return standard.specimen("schools-links").rows("\n".join((HEADER, *lines, "")).encode())


def _link(row: Row) -> LinkFact:
    (link,) = row.facts
    assert isinstance(link, LinkFact)
    return link


def test_of_the_published_file_every_line_with_a_value_is_a_link_of_two_schools_or_says_why_not() -> None:
    rows = standard.specimen("schools-links").rows(standard.shipped(PUBLISHED))
    assert [row.line for row in rows] == list(range(2, 62)), "the 32,299 lines of commas below hold nothing"
    reasons = Counter(reject.reason for row in rows for reject in row.rejects)
    assert reasons == {"says nothing of one school that took another's place": 4}
    kinds = Counter(_link(row).values.get("kind") for row in rows if row.facts)
    assert kinds == {None: 51, "merged": 3, "amalgamated": 2}
    assert all(str(_link(row).values["on"]).startswith("2022-") for row in rows if row.facts)


def test_a_pair_that_is_stated_from_both_sides_is_one_link_from_the_later_school() -> None:
    one, other = _rows(
        "100001,100002,Earlier,Predecessor - merged,01/09/2012", "100002,100001,Later,Successor - merged,01/09/2012"
    )
    assert one.facts == other.facts
    assert one.key != other.key
    link = _link(one)
    assert (link.start.source.key, link.end.source.key) == ("100001", "100002")
    assert link.values == {"kind": "merged", "on": "2012-09-01"}


def test_what_links_nothing_is_set_aside_and_a_bad_day_costs_the_day_only() -> None:
    rows = _rows(
        "100001,,Nobody,Successor,",
        "100001,100001,Itself,Successor,",
        "100001,100002,Centre,Children's Centre Link,01/01/2020",
        "100001,100002,Later,Successor,31/02/2020",
    )
    assert [bool(row.facts) for row in rows] == [False, False, False, True]
    assert [row.rejects[-1].column for row in rows] == ["LinkURN", "LinkURN", "LinkType", "LinkEstablishedDate"]
    assert _link(rows[3]).values == {}
