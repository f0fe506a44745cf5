"""What the demo prints to try: addresses, and commands that work as they stand."""

from datetime import datetime, timedelta

import orjson

from hub.demo.questions import PURPOSE
from hub.demo_people import DEMO_PEOPLE
from hub.identity.issuing import TokenIssuer

LIFETIME = timedelta(hours=12)
AS = "asb-officer"
QUERIES = (
    '{ establishments(filter: {ward: {eq: "E05013808"}}, first: 1) { totalCount } }',
    "{ wards(filter: {vintage: {eq: 2025}}, first: 50) { edges { node { id code name } } } }",
    (
        '{ people(filter: {familyName: {eq: "Adeyemi-Hart"}}, first: 10) '
        "{ edges { node { id familyName dateOfBirth address knownTo { agency { name } } } } } }"
    ),
)


def invitation(address: str, issuer: TokenIssuer, now: datetime) -> str:
    """Write what to open and what to type."""
    who = next(person for person in DEMO_PEOPLE if person.name == AS)
    token = issuer.issue(who.principal, now, LIFETIME)
    return "\n".join(
        (
            f"Work as anybody of the demo:  {address}/work",
            f"Ask with GraphiQL, seen as anybody of the demo:  {address}/",
            "",
            f"Or from a shell, as the {AS}:",
            f"TOKEN={token}",
            *(_curl(address, query) for query in QUERIES),
            "",
            f"Somebody else's token: hub token --list, hub token NAME. GraphQL is at {address}/graphql; Ctrl-C ends.",
        )
    )


def _curl(address: str, query: str) -> str:
    body = orjson.dumps({"query": query}).decode()
    return (
        f"curl -s {address}/graphql -H 'content-type: application/json' -H \"authorization: Bearer $TOKEN\" "
        f"-H 'hub-purpose: {PURPOSE}' -d '{body}'"
    )
