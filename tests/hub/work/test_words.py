"""How values of the contract read."""

import re
from importlib.resources import files
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from hub.work.asking import CHANGES, read
from hub.work.pages import PAGES
from hub.work.rendering import _environment
from hub.work.repertoire import ACTS
from hub.work.words import answers, day, label, moment, words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ALLEGED_PERPETRATOR", "Alleged perpetrator"),
        ("ASB_PREVENTION", "Anti-social behaviour"),
        ("MORE_INFO", "More info"),
    ],
)
def test_words(value: str, text: str) -> None:
    assert words(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [("2010-09-03", "3 September 2010"), ("2010-09", "2010-09"), ("201X", "201X"), ("2010", "2010")]
)
def test_a_day_that_is_known_in_part_stays_as_it_is(value: str, text: str) -> None:
    assert day(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-24T09:05:00Z", "24 November 2026, 09:05"),
        ("2026-07-01T23:30:00Z", "2 July 2026, 00:30"),
        ("2026-09-14", "14 September 2026"),
    ],
)
def test_moments_are_those_of_london(value: str, text: str) -> None:
    assert moment(value) == text


def test_fields_are_labelled_by_their_names() -> None:
    assert [label("targetOn"), label("wantedOutcome"), label("text")] == ["Target day", "Wanted outcome", "Text"]


@pytest.mark.parametrize("document", [*(page.name for page in PAGES), CHANGES])
def test_every_operation_is_valid_by_the_contract(document: str) -> None:
    contract = build_schema((files("schema") / "schema.graphql").read_text("utf-8"), assume_valid_sdl=True)
    assert validate(contract, parse(read(document))) == []


def test_every_act_has_its_mutation_and_there_are_no_others() -> None:
    named = re.findall(r"^mutation (\w+)", read(CHANGES), re.MULTILINE)
    assert sorted(named) == sorted({act.operation for act in ACTS})


def test_what_pages_ask_to_be_offered_are_mutations_and_forms_of_theirs() -> None:
    contract = build_schema((files("schema") / "schema.graphql").read_text("utf-8"), assume_valid_sdl=True)
    assert contract.mutation_type is not None
    assert {act.mutation for act in ACTS} == contract.mutation_type.fields.keys()
    for page in PAGES:
        text = (files("hub.work") / "templates" / f"{page.name}.html").read_text("utf-8")
        asked = re.findall(r'"([\w-]+)" (?:not )?in (may|offered)', text)
        assert {name for name, of in asked if of == "may"} <= contract.mutation_type.fields.keys(), page.name
        assert {name for name, of in asked if of == "offered"} <= {a.name for a in ACTS if a.page is page}, page.name


def test_answers_to_a_template_that_was_reworded_are_told_as_they_were_written() -> None:
    template = {
        "questions": [{"key": "harm", "text": "Any harm?", "answers": [{"key": "no", "text": "None", "points": 0}]}]
    }
    told = list(answers(["harm=no", "harm=some", "gone=yes"], template))
    assert [(question, answer["text"]) for question, answer in told] == [
        ("Any harm?", "None"),
        ("Any harm?", "some"),
        ("gone", "yes"),
    ]


@pytest.mark.parametrize("withheld_as", ["kind", "step"])
def test_what_is_asked_for_under_another_name_says_why_it_is_withheld(withheld_as: str) -> None:
    """The contract names the field; a value that could not be read is named as it was asked for."""
    entry = {"step": None, "access": {"withheld": [{"field": withheld_as, "reason": "LIMIT"}]}}
    parts: Any = _environment().get_template("parts.html").module
    assert "withheld by a limit" in parts.value(entry, "step", "words", "kind")
