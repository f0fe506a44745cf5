"""Two agencies judge likenesses: each hears over its socket what it judged, also when the other judged after it."""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from graph.store import Connection, Store
from tests.graph.making import tell
from tests.hub.live.talking import Talk, talking
from tests.resolvers.acting.test_described import ZOE, somebody
from tests.resolvers.acting.test_referrals import SUBMIT
from tests.resolvers.acting.triagework import mutation
from tests.resolvers.live.desks import two_desks
from tests.resolvers.live.test_referrals import REFERRALS
from tests.support.hub import ASB
from tests.support.scenes import state_partnership, write
from tests.support.served import Served, hub_variables, served

PAUSE = 2.0
EVERYBODY = ("asb-officer", "police-officer", "housing-officer")
PROPOSED = "query($id: ID!) { referral(id: $id) { likenesses(first: 1) { edges { node { id } } } } }"
_keys = count(1)


@pytest.fixture(scope="module")
def hub(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A hub of that partnership, in whose graph there is one person."""

    async def fill(store: Store) -> None:
        await state_partnership(store)
        await write(store, ZOE)

    tell(embedded, fill)
    folder = tmp_path_factory.mktemp("desks")
    graph = {"HUB_GRAPH_URL": embedded.url, "HUB_GRAPH_USER": embedded.user, "HUB_GRAPH_PASSWORD": embedded.password}
    policies = {"HUB_POLICIES": str(_written(folder / "policies"))}
    with served({**hub_variables(folder / "hub"), **graph, **policies}) as running:
        yield running


def _written(folder: Path) -> Path:
    for name, text in two_desks().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def submitted(hub: Served) -> str:
    """Refer somebody, as the housing provider does."""
    given = {
        "idempotencyKey": f"submit-{next(_keys)}",
        "concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
        "narrative": "Drums at night",
        "hasConsent": True,
        "describedPeople": [somebody()],
    }
    answer = hub.as_seen_by("housing-officer").ask(SUBMIT, ASB, variables={"input": given}).json()
    return str(answer["data"]["done"]["referral"]["id"])


def confirmed(hub: Served, who: str, referral: str) -> None:
    """Hold for true who is proposed."""
    desk = hub.as_seen_by(who)
    found = desk.ask(PROPOSED, ASB, variables={"id": referral}).json()["data"]["referral"]["likenesses"]["edges"]
    given = {"id": referral, "person": found[0]["node"]["id"], "reason": "Her gait"}
    given["idempotencyKey"] = f"confirm-{next(_keys)}"
    answer = desk.ask(mutation("confirmLikeness"), ASB, variables={"input": given}).json()
    assert answer["data"]["done"]["__typename"] == "ReferralChanged", answer


def joined(hub: Served, who: str) -> str:
    """Follow referrals until one is told, and leave with its cursor."""
    with talking(hub) as talk:
        talk.begin(hub.as_seen_by(who).token).subscribe(REFERRALS)
        while True:
            submitted(hub)
            with suppress(TimeoutError):
                return str(json.loads(talk.socket.recv(PAUSE))["payload"]["data"]["told"]["cursor"])


def until(talk: Talk, last: str) -> Iterator[str]:
    """The referrals that are told, up to one."""
    while (ident := talk.told()["referral"]["id"]) != last:
        yield ident


def test_what_one_of_them_judged_is_not_missed_since_the_other_judged_after_it(hub: Served) -> None:
    referral = submitted(hub)
    cursors = {who: joined(hub, who) for who in EVERYBODY}
    for who in ("asb-officer", "police-officer"):
        confirmed(hub, who, referral)
    last = submitted(hub)
    heard = {}
    for who in EVERYBODY:
        with talking(hub) as talk:
            talk.begin(hub.as_seen_by(who).token).subscribe(REFERRALS, after=cursors[who])
            heard[who] = [ident for ident in until(talk, last) if ident == referral]
    assert heard == {"asb-officer": [referral], "police-officer": [referral], "housing-officer": []}
