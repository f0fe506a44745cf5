"""The question that four people ask, and how the demo asks it: through the one read path, like everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from connectors.sample.pinned import FAMILY
from hub.answers import Answerer, GraphQLRequest
from hub.demo_people import DEMO_PEOPLE, DemoPerson
from policies.vocabulary import Purpose

VIEWERS = ("asb-officer", "housing-officer", "safeguarding-lead", "councillor")
PURPOSE = Purpose.ASB_PREVENTION
FINDING = """\
query Find($name: String!) {
  people(filter: {familyName: {eq: $name}}, first: 10) { edges { node { id givenName } } }
}"""
ASKING = """\
query Family($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Person {
      givenName familyName dateOfBirth address phone warningMarkers
      cases(first: 5) { edges { roles node { reference status } } }
      siblings(first: 5) { edges { node { givenName } } }
      knownTo { agency { name } contact }
      access { level withheld { field reason agreement } }
    }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one viewer was told: by id the person's branch, or None where there is nobody for this viewer."""

    viewer: DemoPerson
    people: dict[str, dict[str, Any] | None]


async def ask_all(answerer: Answerer) -> list[Told]:
    """Find the family as whoever may find a member by name, then ask the same of it as each of the four."""
    viewers = [person for name in VIEWERS for person in DEMO_PEOPLE if person.name == name]
    ids = await _family(answerer, viewers)
    told = []
    for viewer in viewers:
        data = await _ask(answerer, viewer, ASKING, ids=ids)
        told.append(Told(viewer=viewer, people=dict(zip(ids, data["nodes"], strict=True))))
    return told


async def _family(answerer: Answerer, viewers: Sequence[DemoPerson]) -> list[str]:
    named: dict[str, str] = {}
    for viewer in viewers:
        data = await _ask(answerer, viewer, FINDING, name=FAMILY)
        for edge in data["people"]["edges"]:
            named.setdefault(edge["node"]["id"], (edge["node"]["givenName"] or "").casefold())
    return sorted(named, key=lambda ident: named[ident])


async def _ask(answerer: Answerer, viewer: DemoPerson, query: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - GraphQL variables
    request = GraphQLRequest(query=query, variables=variables)
    answer = await answerer(request, viewer.principal, PURPOSE)
    data: dict[str, Any] = orjson.loads(answer.body)["data"]
    return data


def explorer_query(told: Sequence[Told]) -> str:
    """Write the question with its ids, for whoever asks it by hand."""
    ids = orjson.dumps(list(told[0].people)).decode()
    return ASKING.replace("query Family($ids: [ID!]!)", "query Family").replace("$ids", ids)
