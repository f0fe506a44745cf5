"""The words of a marking."""

import pytest

from connectors.errors import BadValue
from connectors.markings import marking
from graph.records import Marking
from policies.vocabulary import Protection, Sensitivity

PLAIN = Marking(sensitivity=Sensitivity.OFFICIAL)
DEFAULT = Marking(sensitivity=Sensitivity.OFFICIAL_SENSITIVE, protections=frozenset({Protection.WITNESS}))
SENSITIVE = Sensitivity.OFFICIAL_SENSITIVE


@pytest.mark.parametrize(
    ("cell", "sensitivity", "protections"),
    [
        ("OFFICIAL", Sensitivity.OFFICIAL, ""),
        ("official-sensitive", SENSITIVE, ""),
        ("OFFICIAL_SENSITIVE", SENSITIVE, ""),
        ("Official - Sensitive", SENSITIVE, ""),
        ("OFFICIAL: SENSITIVE refuge", SENSITIVE, "refuge"),
        ("refuge; Adoption", Sensitivity.OFFICIAL, "refuge adoption"),
        ("OFFICIAL/covert+silent", Sensitivity.OFFICIAL, "covert silent"),
        (" ", Sensitivity.OFFICIAL, ""),
    ],
)
def test_a_marking_is_read_however_it_is_written(cell: str, sensitivity: Sensitivity, protections: str) -> None:
    read = marking(cell, PLAIN)
    assert read == Marking(sensitivity=sensitivity, protections=frozenset(map(Protection, protections.split())))


def test_what_a_cell_leaves_open_is_as_the_dataset_is_marked() -> None:
    assert marking("refuge", DEFAULT) == Marking(
        sensitivity=SENSITIVE, protections=frozenset({Protection.REFUGE, Protection.WITNESS})
    )


@pytest.mark.parametrize("cell", ["SECRET", "TOP SECRET", "Top-Secret refuge", "OFFICIAL SECRET", "confidential"])
def test_anything_above_official_sensitive_is_refused(cell: str) -> None:
    with pytest.raises(BadValue, match="above OFFICIAL_SENSITIVE"):
        marking(cell, PLAIN)


@pytest.mark.parametrize("cell", ["refuge?", "safe house", "SENSITIVE", "OFFICIAL OFFICIAL-SENSITIVE", "none"])
def test_a_word_that_is_no_marking_is_refused(cell: str) -> None:
    with pytest.raises(BadValue, match="does not know"):
        marking(cell, PLAIN)
