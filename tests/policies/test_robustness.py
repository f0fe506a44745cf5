"""Whatever stands in a document, the check says so in findings."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.policies import read_policies
from policies.check import check
from policies.texts import Path
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()
FILES = (
    "agencies.yaml",
    "limits.yaml",
    "agreements/asb-panel.yaml",
    "agreements/own-records.yaml",
    "scenarios/limits.yaml",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    "",
    "own",
    "everyone",
    "pointer",
    "nothing",
    [],
    {},
    [[]],
    [{}],
    [1],
    {"a": "b"},
)


def places(data: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - YAML holds anything
    if path:
        yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*path, key))


def replaced(data: Any, path: Path, value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    copy: Any = deepcopy(data)
    at = copy
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    return copy


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_check_finds_words_for_anything_that_stands_in_a_place_of_something_else(data: st.DataObject) -> None:
    texts = read_policies(None)
    file = data.draw(st.sampled_from(FILES))
    document = yaml.load(texts[file], Loader=yaml.BaseLoader)  # noqa: S506 - the loader that makes nothing but text
    path = data.draw(st.sampled_from(list(places(document))))
    changed = replaced(document, path, data.draw(st.sampled_from(VALUES)))
    small = {name: texts[name] for name in ("agencies.yaml", "limits.yaml")}
    for finding in check(small | {file: json.dumps(changed, indent=1)}, CATALOGUE, "2026-11-24"):
        assert finding.line >= 1
        assert finding.message
