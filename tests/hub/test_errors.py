"""The table of public codes is complete and closed."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from hub.errors import CODES, MASKED, BadRequest, Code, code_of, message_of

PACKAGES = ("policies", "graph", "connectors", "schema", "resolvers", "hub")


def own_errors() -> Iterator[type[Exception]]:
    """Every exception that the packages define."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == module.name:
                    yield value


def test_every_error_that_the_packages_define_stands_in_the_table_or_below_one_that_does() -> None:
    strangers = [error for error in own_errors() if not CODES.keys() & set(error.__mro__)]
    assert strangers == []


def test_the_codes_are_a_closed_set() -> None:
    assert {code.value for code in Code} == {
        "UNAUTHENTICATED",
        "PURPOSE_REQUIRED",
        "PURPOSE_UNKNOWN",
        "PURPOSE_NOT_PERMITTED",
        "BAD_REQUEST",
        "GRAPHQL_PARSE_FAILED",
        "GRAPHQL_VALIDATION_FAILED",
        "BAD_USER_INPUT",
        "FILTER_TOO_WIDE",
        "CURSOR_INVALID",
        "COST_EXCEEDED",
        "GRAPH_UNAVAILABLE",
        "LEDGER_UNAVAILABLE",
        "INTERNAL",
    }


@pytest.mark.parametrize("code", list(Code))
def test_the_hubs_own_faults_are_masked_and_a_clients_are_explained(code: Code) -> None:
    assert (code.status >= 500) is (code in MASKED)


def test_an_unforeseen_error_is_internal_and_tells_nothing() -> None:
    assert code_of(KeyError("12 Secret Street")) is Code.INTERNAL
    assert "Secret" not in message_of(KeyError("12 Secret Street"))


def test_a_clients_mistake_is_told_in_the_errors_own_words() -> None:
    assert message_of(BadRequest("the body is not JSON")) == "the body is not JSON"
