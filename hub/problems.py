"""What went wrong inside an operation, in words that a client may read and that quote no stored value."""

import logging
from collections.abc import Container
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLSyntaxError
from strawberry.types.execution import ExecutionResult, PreExecutionError

from hub.errors import Code

UNTOLD = "This cannot be told: what is stored does not fit the contract. Quote `extensions.ledger` when you report it."
_log = logging.getLogger(__name__)


def problems(result: ExecutionResult, read: Container[str | int]) -> list[dict[str, Any]]:
    """Word the errors of a result; `read` are the root fields below which a stored value can be at fault.

    Raises the cause of an error that is neither such a value's nor the client's.
    """
    early = Code.GRAPHQL_VALIDATION_FAILED if isinstance(result, PreExecutionError) else Code.BAD_USER_INPUT
    return [
        _untold(error) if error.path and error.path[0] in read else _own(error, early) for error in result.errors or ()
    ]


def _untold(error: GraphQLError) -> dict[str, Any]:
    """A value that is null where there must be one, or that the contract has no word for."""
    field = next((node.name.value for node in error.nodes or () if isinstance(node, FieldNode)), None)
    _log.error("a stored value does not fit the contract: %s", field)
    return dict(error.formatted) | {"message": UNTOLD, "extensions": {"code": Code.INTERNAL}}


def _own(error: GraphQLError, code: Code) -> dict[str, Any]:
    """The client's own mistake: a document that does not parse, is not valid, or lacks variables."""
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        raise cause
    code = Code.GRAPHQL_PARSE_FAILED if isinstance(error, GraphQLSyntaxError) else code
    return dict(error.formatted) | {"extensions": {"code": code}}
