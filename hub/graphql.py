"""Answers GraphQL: the purpose is checked, the operation read and recorded, and only then does the answer leave."""

import hashlib
import logging
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from strawberry.exceptions import MissingQueryError
from strawberry.federation import Schema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType

from hub.answers import Answer, GraphQLRequest
from hub.bodies import encoded, extended
from hub.errors import BadRequest, Code, code_of
from hub.problems import problems
from hub.watch import PolicyWatch
from policies.view import Snapshot
from policies.viewer import Principal, Viewer
from policies.vocabulary import Purpose
from resolvers.admission import Context
from resolvers.documents import Documents
from resolvers.errors import PurposeNotPermitted, PurposeUnknown
from resolvers.ledger import Entry, Ledger
from resolvers.occasions import Occasion, Outcome, Watch
from resolvers.reading import Reader, Store
from resolvers.scribe import Scribe
from resolvers.shelf import Shelf
from resolvers.told import Told

_log = logging.getLogger(__name__)
_PURPOSES = frozenset(Purpose)
_READING = frozenset({OperationType.QUERY})
_ANY = _READING | {OperationType.MUTATION}
_FOLLOWING = _ANY | {OperationType.SUBSCRIPTION}
Kinds = AbstractSet[OperationType]
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,63}")
"""What an operation may be called in the ledger: a name of GraphQL, and no room for anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What answering needs: the bound contract, the graph, who writes to it, the policies, the ledger and the day.

    `cursor_secret` is the key for cursors. With `fast_way` plans are shared and a tree that is complete is the answer;
    without it every request is planned anew and the library walks every tree.
    """

    schema: Schema
    store: Store
    scribe: Scribe
    policies: PolicyWatch
    ledger: Ledger
    cursor_secret: bytes
    today: Callable[[], str]
    fast_way: bool = True


@dataclass(slots=True, kw_only=True)
class GraphQLAnswerer:
    """Answers for one process; counts rows that the database returned against the decision, which must stay 0.

    `walked_total` counts the answers that the library completed, because they were not complete or asked about the
    schema.
    """

    means: Means
    documents: Documents = field(default_factory=Documents)
    shelf: Shelf = field(default_factory=Shelf)
    policy_divergence_total: int = field(default=0)
    walked_total: int = field(default=0)

    async def __call__(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        """Answer one request; raises what refuses or fails it as a whole."""
        ran = await self._run(self._asked(request, principal, purpose), _READING if request.read_only else _ANY)
        return await self._answer(ran)

    async def begin(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> Watch | Answer:
        """Say what a subscription follows; answer at once whatever is none, or may not be followed."""
        ran = await self._run(self._asked(request, principal, purpose), _FOLLOWING)
        return ran.watch or await self._answer(ran)

    async def tell(
        self, request: GraphQLRequest, principal: Principal, purpose: str | None, occasion: Occasion
    ) -> Answer | None:
        """Answer a subscription on an occasion; None where there is nothing to tell, which is not recorded.

        What cannot be seen is looked at again: it may be of a class that this process did not know when it looked, or
        have been replaced in that moment. Whoever is told that there is nothing is not told afterwards that there is.
        """
        ran = await self._run(self._asked(request, principal, purpose), _FOLLOWING, occasion)
        if occasion.digest is None:
            await self.means.policies.refresh(self.means.store)
            ran = await self._run(self._asked(request, principal, purpose), _FOLLOWING, occasion)
        return None if occasion.outcome is Outcome.SILENT else await self._answer(ran)

    def _asked(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> "_Asked":
        return _Asked(request=request, principal=principal, purpose=purpose, snapshot=self.means.policies.current)

    async def _run(self, asked: "_Asked", kinds: Kinds, occasion: Occasion | None = None) -> "_Ran":
        """Run one operation; what refuses or fails it is recorded."""
        told = Told()
        try:
            with self.means.ledger.expecting():
                reader = Reader(
                    store=self.means.store,
                    scribe=self.means.scribe,
                    snapshot=asked.snapshot,
                    viewer=self._viewer(asked),
                    variables=asked.request.variables,
                )
                reader.occasion = occasion
                told = reader.told
                outcome, watch = await self._execute(asked.request, reader, kinds)
        except Exception as error:
            await self.means.ledger.record(asked.entry(refusal=code_of(error), changes=tuple(told.changes)))
            raise
        if told.divergences:
            self.policy_divergence_total += told.divergences
            _log.error("%d rows came back that the decision hides", told.divergences)
        return _Ran(asked=asked, reader=reader, outcome=outcome, watch=watch)

    def _viewer(self, asked: "_Asked") -> Viewer:
        who, day = asked.principal, self.means.today()
        if asked.purpose is None:
            return Viewer(principal=who, purpose=None, day=day)
        if asked.purpose not in _PURPOSES:
            raise PurposeUnknown(f"Hub-Purpose is not one of {', '.join(Purpose)}")
        purpose = Purpose(asked.purpose)
        if purpose not in asked.snapshot.purposes(who.agency, who.roles, day):
            raise PurposeNotPermitted(f"no agreement in force permits {purpose} to you today")
        return Viewer(principal=who, purpose=purpose, day=day)

    async def _execute(self, request: GraphQLRequest, reader: Reader, kinds: Kinds) -> tuple["_Outcome", Watch | None]:
        context = Context(
            reader=reader,
            document=(request.query, request.operation_name),
            documents=self.documents,
            shelf=self.shelf if self.means.fast_way else None,
            cursor_secret=self.means.cursor_secret,
        )
        result = await context.answer_again(may_change=OperationType.MUTATION in kinds)
        if result is None:
            result = await self._walked(request, context, kinds)
        self.walked_total += context.is_walked
        return await _outcome(result, problems(result, context.trees), is_large=reader.is_large), context.watch

    async def _walked(self, request: GraphQLRequest, context: Context, kinds: Kinds) -> ExecutionResult:
        """Let the library execute the operation, which plans it unless that was done; it walks what is not complete."""
        try:
            return await self.means.schema.execute(
                request.query,
                variable_values=dict(request.variables),
                context_value=context,
                operation_name=request.operation_name,
                allowed_operation_types=kinds,
            )
        except MissingQueryError as error:
            raise BadRequest("there is no query") from error
        except CannotGetOperationTypeError as error:
            raise BadRequest("name one of the document's operations in operationName") from error
        except InvalidOperationTypeError as error:
            if request.read_only:
                raise BadRequest("a GET only reads; send a mutation by POST", 405) from error
            raise BadRequest("subscriptions are answered over WebSocket, in graphql-transport-ws") from error

    async def _answer(self, ran: "_Ran") -> Answer:
        asked, outcome, reader = ran.asked, ran.outcome, ran.reader
        told = reader.told
        refused = outcome.refusal
        recorded = {} if refused else _recorded(told)
        entry = asked.entry(refusal=refused or told.refusal, changes=tuple(told.changes), **recorded)
        receipt = await self.means.ledger.record(entry)
        extensions = {
            "purpose": asked.purpose,
            "policy": asked.snapshot.engine.policy_hash,
            "ledger": receipt,
            "statements": reader.statements,
            "withheld": [
                {"type": type_, "field": entry.field, "reason": entry.reason, "agreement": entry.agreement}
                for (type_, _), entry in sorted(told.withheld().items())
            ],
        }
        return Answer(status=Code(refused).status if refused else 200, body=extended(outcome.body, extensions))


def _recorded(told: Told) -> dict[str, Any]:
    return {"compared": tuple(sorted(told.compared)), "disclosures": told.disclosures()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What execution came to: the answer without its extensions, and the code of an operation of which nothing is told.

    It is bytes already while it waits for the ledger: the trees of many who wait are much for the collector to look at.
    """

    body: bytes
    refusal: str | None


async def _outcome(result: ExecutionResult, errors: list[dict[str, Any]], *, is_large: bool) -> _Outcome:
    told: dict[str, Any] = {"errors": errors} if errors else {}
    if not isinstance(result, PreExecutionError):
        told["data"] = result.data
    refusal = errors[0]["extensions"]["code"] if result.data is None and errors else None
    return _Outcome(body=await encoded(told, is_large=is_large), refusal=refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ran:
    """An operation that ran, before it is recorded; `watch` is what a subscription that begins follows."""

    asked: "_Asked"
    reader: Reader
    outcome: _Outcome
    watch: Watch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    request: GraphQLRequest
    principal: Principal
    purpose: str | None
    snapshot: Snapshot

    def entry(self, **outcome: Any) -> Entry:  # noqa: ANN401 - the entry's own fields
        name = self.request.operation_name or ""
        digest = hashlib.sha256(self.request.query.encode()).hexdigest()
        return Entry(
            subject=self.principal.subject,
            agency=self.principal.agency,
            roles=tuple(sorted(self.principal.roles)),
            purpose=self.purpose if self.purpose is None or self.purpose in _PURPOSES else "UNKNOWN",
            policy=self.snapshot.engine.policy_hash,
            operation=f"{name if _NAME.fullmatch(name) else '-'} sha256:{digest}",
            **outcome,
        )
