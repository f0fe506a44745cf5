"""`/graphql`: who asks, what, for which purpose, and the answer as the client can read it."""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from hub.answers import Answer, Answerer, failure, refusal
from hub.errors import BadRequest
from hub.identity.bearer import Door
from hub.journal import REQUEST
from hub.media import JSON, negotiate, status_for
from hub.reading import from_body, from_query


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLEndpoint:
    """Answers one request; whatever fails becomes an answer with a code of the closed set."""

    answerer: Answerer
    door: Door

    async def serve(self, request: Request) -> Response:
        """Answer a GET or a POST."""
        media_type = JSON
        try:
            media_type = negotiate(request.headers.get("accept"))
            answer = await self._answer(request)
        except BadRequest as error:
            return _response(refusal(error, REQUEST.get()), media_type)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - a client reads a masked answer, whatever happened
            answer = failure(error, REQUEST.get())
        return _response(answer, media_type, status_for(media_type, answer.status))

    async def _answer(self, request: Request) -> Answer:
        principal = await self.door.meet(request.headers.get("authorization"))
        request.scope["agency"] = principal.agency  # for the access log
        if request.method == "POST":
            asked = await from_body(request.headers.get("content-type"), request.stream())
        else:
            asked = from_query(request.query_params)
        return await self.answerer(asked, principal, ", ".join(request.headers.getlist("hub-purpose")) or None)


def _response(answer: Answer, media_type: str, status: int | None = None) -> Response:
    return Response(
        answer.body,
        status_code=status or answer.status,
        media_type=f"{media_type}; charset=utf-8",
        headers=dict(answer.headers),
    )
