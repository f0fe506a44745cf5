"""A change of what there is not, of what is hidden and of something else: the answers are the same to the byte."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
    is_required_input_field,
)

from graph.store import Connection
from graph.vocabulary import PERSON_PREFIX, Node
from policies.vocabulary import Protection
from resolvers.acting.planning import DEEDS
from tests.resolvers.acting import test_risk, triagework
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.stagecraft import asked_for
from tests.resolvers.acting.taskwork import sent
from tests.resolvers.acting.test_actions import TODO
from tests.resolvers.acting.test_alerts import BOY, BROTHER, FACTS, GANG, HOME, relayed
from tests.resolvers.acting.test_cases import ANN
from tests.resolvers.acting.test_footprints import IN_ONE
from tests.resolvers.acting.test_referrals import GHOST, person_id, submitted
from tests.resolvers.stage import staged
from tests.support.hub import ASB, TestHub
from tests.support.scenes import concerns, premises, sibling, write

WHO = "asb-officer"
LAIR = premises("police/lair", Protection.COVERT, address="9 Dean Street", postcode="W1D 3DH", ward="E05013808")
NAMED = {
    "person": Node.PERSON,
    "other": Node.PERSON,
    "people": Node.PERSON,
    "premises": Node.PREMISES,
    "action": Node.ACTION,
    "case": Node.CASE,
    "referral": Node.REFERRAL,
    "of": Node.REFERRAL,
    "ids": Node.ALERT,
}
"""What the ids of inputs are of, by their names; `id` is of what the change is done to."""
OF_DOCUMENTS = frozenset({"criteria", "template"})
"""Ids that are the same for everybody: what they name stands in no graph."""
BESIDE = {("endInvolvement", "id"): "person", ("changeCase", "id"): "summary"}
"""What an input must name besides, though its type does not say so."""
WITHOUT_IDS = frozenset({"setAbsence"})
WORDS: Mapping[str, Any] = {
    "targetOn": "2026-12-24",
    "happenedOn": "2026-11-20",
    "agency": "housing",
    "footprint": IN_ONE,
    "criteria": "asb-triage",
    "template": "asb-victim",
    "RiskAnswerInput": test_risk.answers(),
    "TriageAnswerInput": triagework.answers(triagework.CALM),
    "ConcernInput": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
    "String": "Drums at night",
    "Int": 1,
    "Boolean": True,
}
"""What is written into an input: by the name of a field, else by its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A hub with a thing of each type that the viewer sees, and one that they do not."""

    runner: asyncio.Runner
    hub: TestHub
    seen: Mapping[Node, str]
    hidden: Mapping[Node, str]

    def ids(self, name: str) -> dict[str, Node]:
        """The fields of a change's input that hold an id, with what these are of."""
        found = (field for field, one in self._fields(name).items() if get_named_type(one.type).name == "ID")
        return {one: DEEDS[name].node if one == "id" else NAMED[one] for one in found if one not in OF_DOCUMENTS}

    def answer(self, name: str, asked: str, ident: str) -> bytes:
        """Ask for a change that is right in all but an id."""
        fields = self._fields(name)
        needed = {one for one, field in fields.items() if is_required_input_field(field)}
        needed |= {*filter(None, [BESIDE.get((name, asked))])}
        given = {one: self._word(name, one, fields[one]) for one in needed - {asked}}
        is_list = isinstance(get_nullable_type(fields[asked].type), GraphQLList)
        kind, refusals = asked_for(self.hub, name)
        query = f"mutation($input: {kind}) {{ done: {name}(input: $input) {{ __typename {refusals} }} }}"
        variables = {"input": {**given, asked: [ident] if is_list else ident}}
        return self.runner.run(self.hub.body(WHO, ASB, query, variables))

    def _word(self, name: str, field: str, one: GraphQLInputField) -> Any:  # noqa: ANN401 - whatever it holds
        type_ = get_named_type(one.type)
        ids = self.ids(name)
        if field in ids:
            return self.seen[ids[field]]
        if isinstance(type_, GraphQLEnumType):
            return min(type_.values)
        return WORDS[field] if field in WORDS else WORDS[type_.name]

    def _fields(self, name: str) -> Mapping[str, GraphQLInputField]:
        root = self.hub.answerer.means.schema._schema.mutation_type  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
        assert root is not None
        type_ = get_named_type(root.fields[name].args["input"].type)
        assert isinstance(type_, GraphQLInputObjectType)
        fields: Mapping[str, GraphQLInputField] = type_.fields
        return fields


async def one_of(hub: TestHub, node: Node, owner: str) -> str:
    found = f"MATCH (n:{node.label} {{owner: $owner}}) RETURN head(collect(n.{node.id_property}))"
    return str(await hub.store.read(found, {"owner": owner}))


async def things(hub: TestHub, who: str, agency: str, case: str) -> dict[Node, str]:
    """What somebody made, and what their agency states."""
    return {
        Node.CASE: case,
        Node.ACTION: await one_of(hub, Node.ACTION, agency),
        Node.TASK: (await sent(hub, who, agency="housing"))["id"],
        Node.PREMISES: await one_of(hub, Node.PREMISES, agency),
    }


@pytest.fixture(scope="module")
def ground(engine_connection: Connection) -> Iterator[Ground]:
    with asyncio.Runner() as runner:
        opening = staged(engine_connection)
        hub = runner.run(opening.__aenter__())
        seen, hidden = runner.run(made(hub))
        yield Ground(runner=runner, hub=hub, seen=seen, hidden=hidden)
        runner.run(opening.__aexit__(None, None, None))


async def made(hub: TestHub) -> tuple[dict[Node, str], dict[Node, str]]:
    """Make what is seen and what is hidden."""
    await write(hub.store, *FACTS, HOME, LAIR, ANN, GHOST, GANG, concerns(GANG, BROTHER, "PERPETRATOR"))
    await write(hub.store, sibling(BOY, BROTHER), seed="tie")
    await relayed(hub)
    own = (await opened(hub, WHO))["id"]
    theirs = (await opened(hub, "police-officer", sensitivity="OFFICIAL_SENSITIVE"))["id"]
    for who, case in ((WHO, own), ("police-officer", theirs)):
        await changed(hub, who, "addAction", id=case, **TODO)
    seen = await things(hub, WHO, "council", own)
    hidden = await things(hub, "police-officer", "police", theirs)
    secret = await submitted(hub, "police-officer", "CRIME_PREVENTION", isIntelligence=True)
    seen |= {
        Node.PERSON: await person_id(hub, "Ann"),
        Node.REFERRAL: (await submitted(hub, "housing-officer"))["referral"]["id"],
    }
    hidden |= {
        Node.PERSON: await person_id(hub, "Gus"),
        Node.REFERRAL: secret["referral"]["id"],
        Node.ALERT: await one_of(hub, Node.ALERT, "larkhall"),
    }
    for there, idents in ((True, seen), (False, hidden)):
        for node, ident in idents.items():
            found = await hub.data(WHO, ASB, "query($id: ID!) { node(id: $id) { id } }", {"id": ident})
            assert (found["node"] is not None) is there, (node, there)
    return seen, hidden


@pytest.mark.parametrize("name", sorted(DEEDS.keys() - WITHOUT_IDS))
def test_what_is_missing_hidden_or_of_another_type_is_the_same_to_whoever_changes_it(ground: Ground, name: str) -> None:
    ids = ground.ids(name)
    assert ids
    for asked, node in ids.items():
        missing = f"{PERSON_PREFIX if node is Node.PERSON else node.prefix}none"
        others = [ident for other, ident in ground.seen.items() if other is not node]
        answers = {ident: ground.answer(name, asked, ident) for ident in (missing, ground.hidden[node], *others)}
        done = json.loads(answers[missing])["data"]["done"]
        assert (done["__typename"], done["path"][:2]) == ("NotFound", ["input", asked])
        assert {ident for ident, body in answers.items() if body != answers[missing]} == set(), (asked, answers)
