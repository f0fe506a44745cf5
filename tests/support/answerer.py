"""An answerer without a graph: says back what it was asked, or fails as it is told."""

from dataclasses import dataclass, field

import orjson

from hub.answers import Answer, GraphQLRequest
from policies.viewer import Principal


@dataclass(slots=True)
class EchoingAnswerer:
    """Raises what stands under the query in `failures`, answers 400 to a query that is no document."""

    failures: dict[str, Exception] = field(default_factory=dict)
    asked: list[GraphQLRequest] = field(default_factory=list)

    async def __call__(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        self.asked.append(request)
        if request.query in self.failures:
            raise self.failures[request.query]
        if "{" not in request.query:
            return Answer(status=400, body=b'{"errors":[{"message":"no document"}]}')
        told = {
            "subject": principal.subject,
            "purpose": purpose,
            "variables": request.variables,
            "operationName": request.operation_name,
            "readOnly": request.read_only,
        }
        return Answer(status=200, body=orjson.dumps({"data": told}))
