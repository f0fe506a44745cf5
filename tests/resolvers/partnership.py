"""A small partnership, and who asks what of it."""

import asyncio
from typing import Any

from graph.records import Reject, Row
from graph.runs import Run, finish_run, start_run
from graph.vocabulary import Node, RunState
from tests.support.batches import write_batch
from tests.support.hub import ASB, TestHub
from tests.support.scenes import (
    SENSITIVE,
    Facts,
    associate,
    case,
    concerns,
    establishment,
    occupies,
    person,
    premises,
    resides,
    sibling,
    stamp,
    thing,
)

IN, OUT = "E05013808", "E05013792"


SECRET = "a raw row with a name in it"


ASH = 'familyName: {eq: "Ash"}'


ALL = 'familyName: {in: ["Ash", "Birch"]}'


def scene() -> list[Facts]:
    ann = person(
        "council/ann", familyName="Ash", givenName="Ann", dateOfBirth="1987-03-12", gender="FEMALE", ward=IN,
        postcode="W1D 3DH", address="1 Dean Street", phone="+447700900001", email="ann@example.org",
        warningMarkers=["DOG"], nhsNumber="9434765919",
    )  # fmt: skip
    bob = person("council/bob", familyName="Ash", givenName="Bob", dateOfBirth="1987-03", gender="MALE", ward=OUT)
    cat = person("council/cat", familyName="Birch", givenName="Cat", dateOfBirth="1987", ward=IN)
    dee = person("police/dee", familyName="Ash", givenName="Dee", dateOfBirth="1991-01-01", gender="FEMALE", ward=IN)
    eve = person("police/eve", SENSITIVE, familyName="Ash", givenName="Eve", dateOfBirth="1991-01-01", ward=IN)
    home = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward=IN, uprn="100023336956")
    shop = establishment("council/food-hygiene/1", name="Cafe", ratingValue="5", ward=IN, postcode="W1D 3DH")
    place = premises("council/food-hygiene/1", name="Cafe", postcode="W1D 3DH", ward=IN)
    matter = case("council/council-asb-cases/1", "council", "housing", openedOn="2026-01-05", caseType="NOISE")
    old = case("council/council-asb-cases/2", "council", status="CLOSED", openedOn="2024-02-03", caseType="DOGS")
    twins = [person(f"police/twin-{at}", familyName="Twin", givenName="Fay") for at in (1, 2)]
    ward = thing(Node.WARD, "hub/wards-2025/1", code=IN, name="West End", vintage=2025)
    return [
        *(ann, bob, cat, dee, eve, home, shop, place, matter, old, ward, *twins),
        *(resides(ann, home, since="2020-01-01"), occupies(shop, place), sibling(ann, bob)),
        *(associate(dee, eve, since="2024-01-01"), concerns(matter, ann, "VICTIM"), concerns(matter, home)),
    ]


async def an_import(hub: TestHub) -> None:
    """A finished run that set two rows aside, and one that goes on."""
    for ident, file in (("run_1", "people.csv"), ("run_2", "more.csv")):
        run = Run(id=ident, connector="council-asb-people", file=file, owner="council", dataset="people", process="1")
        await start_run(hub.store, run, f"2026-11-24T0{ident[-1]}:00:00Z", lambda _: True)
    rejects = tuple(Reject(line=line, column="ward", reason="not a ward", raw=SECRET) for line in (3, 4))
    rows = [Row(line=reject.line, key=None, facts=(), rejects=(reject,)) for reject in rejects]
    run = Run(id="run_1", connector="council-asb-people", file="people.csv", owner="council", dataset="p", process="1")
    await write_batch(hub.store, rows, run, stamp("import"))
    await finish_run(hub.store, "run_1", RunState.FINISHED, "2026-11-24T03:00:00Z")


class Stage:
    """A loop and a hub over the scene."""

    def __init__(self, runner: asyncio.Runner, hub: TestHub) -> None:
        self.runner, self.hub = runner, hub

    def ask(self, query: str, who: str = "asb-officer", purpose: str | None = ASB, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - any variable
        return self.runner.run(self.hub.ask(who, purpose, query, variables))

    def data(self, query: str, who: str = "asb-officer", purpose: str | None = ASB, **variables: Any) -> Any:  # noqa: ANN401 - as asked
        return self.runner.run(self.hub.data(who, purpose, query, variables))

    def code(self, query: str, who: str = "asb-officer", purpose: str | None = ASB, **variables: Any) -> str:  # noqa: ANN401 - any variable
        return self.runner.run(self.hub.code(who, purpose, query, variables))

    def names(self, filter_: str, who: str = "asb-officer") -> str:
        """The initials of the given names of the people who match, sorted."""
        found = self.data(
            f"{{ people(filter: {filter_}, first: 9) {{ totalCount edges {{ node {{ givenName }} }} }} }}", who
        )
        names = sorted(edge["node"]["givenName"][0] for edge in found["people"]["edges"])
        assert found["people"]["totalCount"] == len(names)
        return "".join(names)

    def id_of(self, root: str, filter_: str) -> str:
        found = self.data(f"{{ {root}(filter: {filter_}, first: 1) {{ edges {{ node {{ id }} }} }} }}")
        return str(found[root]["edges"][0]["node"]["id"])
