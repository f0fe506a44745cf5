"""The one table from what goes wrong to what a client reads: a code of a closed set, a status, a sentence."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from connectors.errors import ConnectorError
from graph.errors import GraphError
from hub.backup.errors import BackupError
from hub.engine.errors import EngineError
from hub.folder import FolderError
from hub.identity.errors import IdentityError, Unauthenticated
from hub.ledger.errors import LedgerError
from hub.public_form import FormError
from hub.settings import SettingsError
from policies.errors import PolicyError
from resolvers.acting.refusals import Refused
from resolvers.errors import (
    CostExceeded,
    CursorRefused,
    FilterTooWide,
    InputRefused,
    PurposeNotPermitted,
    PurposeRequired,
    PurposeUnknown,
    ReadRefused,
)
from resolvers.layout import Untellable
from resolvers.ledger import LedgerUnavailable
from schema.catalogue import Unclassified


class Code(StrEnum):
    """`extensions.code` of an error; clients decide by it, and there are no others."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    PURPOSE_REQUIRED = "PURPOSE_REQUIRED"
    PURPOSE_UNKNOWN = "PURPOSE_UNKNOWN"
    PURPOSE_NOT_PERMITTED = "PURPOSE_NOT_PERMITTED"
    BAD_REQUEST = "BAD_REQUEST"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    FILTER_TOO_WIDE = "FILTER_TOO_WIDE"
    CURSOR_INVALID = "CURSOR_INVALID"
    COST_EXCEEDED = "COST_EXCEEDED"
    GRAPH_UNAVAILABLE = "GRAPH_UNAVAILABLE"
    LEDGER_UNAVAILABLE = "LEDGER_UNAVAILABLE"
    INTERNAL = "INTERNAL"

    @property
    def status(self) -> int:
        """The HTTP status of an answer that is nothing but this error."""
        return _STATUSES.get(self, 400)


class BadRequest(Exception):  # noqa: N818 - named as the code that the client reads
    """The HTTP request is not a GraphQL request; `status` says more exactly why."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class SceneError(Exception):
    """A scene of the demo ends before its end: the hub answers other than it needs, or does not answer."""


CODES: Mapping[type[Exception], Code] = MappingProxyType(
    {
        BadRequest: Code.BAD_REQUEST,
        FormError: Code.BAD_REQUEST,
        Unauthenticated: Code.UNAUTHENTICATED,
        PurposeRequired: Code.PURPOSE_REQUIRED,
        PurposeUnknown: Code.PURPOSE_UNKNOWN,
        PurposeNotPermitted: Code.PURPOSE_NOT_PERMITTED,
        FilterTooWide: Code.FILTER_TOO_WIDE,
        CursorRefused: Code.CURSOR_INVALID,
        CostExceeded: Code.COST_EXCEEDED,
        InputRefused: Code.BAD_USER_INPUT,
        ReadRefused: Code.BAD_USER_INPUT,
        GraphError: Code.GRAPH_UNAVAILABLE,
        EngineError: Code.GRAPH_UNAVAILABLE,
        LedgerUnavailable: Code.LEDGER_UNAVAILABLE,
        LedgerError: Code.LEDGER_UNAVAILABLE,
        # what a mutation answers with, which is no error
        Refused: Code.INTERNAL,
        # what stands in the place of one value
        Untellable: Code.INTERNAL,
        # what stops a start or a command, and reaches no request
        SettingsError: Code.INTERNAL,
        FolderError: Code.INTERNAL,
        IdentityError: Code.INTERNAL,
        BackupError: Code.INTERNAL,
        PolicyError: Code.INTERNAL,
        ConnectorError: Code.INTERNAL,
        SceneError: Code.INTERNAL,
        Unclassified: Code.INTERNAL,
    }
)
"""By class; a class that is not named has the code of its nearest base."""

_STATUSES = {
    Code.UNAUTHENTICATED: 401,
    Code.PURPOSE_NOT_PERMITTED: 403,
    Code.GRAPH_UNAVAILABLE: 503,
    Code.LEDGER_UNAVAILABLE: 503,
    Code.INTERNAL: 500,
}
MASKED: Mapping[Code, str] = MappingProxyType(
    {
        Code.GRAPH_UNAVAILABLE: "The graph does not answer at the moment; ask again shortly.",
        Code.LEDGER_UNAVAILABLE: "The answer could not be recorded, so it is withheld; ask again shortly.",
        Code.INTERNAL: "Something went wrong in the hub; quote the correlation id when you report it.",
    }
)
"""What is said instead of the error's own words, which could tell addresses and paths."""


def code_of(error: BaseException) -> Code:
    """The public code of an error; INTERNAL for whatever nobody foresaw."""
    for base in type(error).__mro__:
        if base in CODES:
            return CODES[base]
    return Code.INTERNAL


def message_of(error: BaseException) -> str:
    """The sentence that a client may read."""
    return MASKED.get(code_of(error)) or str(error)
