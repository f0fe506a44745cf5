"""`graphql-transport-ws` as its rules are, and as the hub keeps them: who may talk, how long, and what about."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from bench.deaf import BUFFER, Deaf
from hub.demo_people import DEMO_PEOPLE
from hub.folder import Folder
from hub.identity.claims import LEEWAY_SECONDS
from hub.identity.issuing import KEY_NAME, KEY_SIZE, development_issuer
from hub.settings import Mode
from tests.hub.live.talking import CASE, PROTOCOL, init, noted, opened, talking, texts
from tests.support.served import Served, hub_variables, served

BUFFERED = 65_536
"""What a connection takes in the hub before its sender has to wait."""
ME = "{ told: me { subject purpose } }"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(hub_variables(tmp_path_factory.mktemp("live") / "hub")) as running:
        yield running


def test_a_change_is_told_over_the_socket_and_so_is_the_next(hub: Served) -> None:
    case = opened(hub)
    with talking(hub) as talk:
        assert talk.socket.subprotocol == PROTOCOL
        talk.begin(hub.token).subscribe(CASE, id=case)
        first = talk.told()
        noted(hub, case, "Drums at night")
        assert texts(talk.told()) == ["Drums at night"]
        talk.say({"type": "complete", "id": "1"})
        noted(hub, case, "And at noon")
        talk.subscribe(CASE, id=case, after=first["cursor"])
        assert texts(talk.told()) == ["Drums at night", "And at noon"]


def test_an_event_carries_its_receipt_and_what_is_withheld(hub: Served) -> None:
    case = opened(hub)
    with talking(hub) as talk:
        talk.begin(hub.token).subscribe(CASE, id=case)
        extensions = talk.hear()["payload"]["extensions"]
    assert extensions["purpose"] == "ASB_PREVENTION"
    assert len(extensions["ledger"]) > 20


def test_questions_are_answered_too_and_end(hub: Served) -> None:
    with talking(hub) as talk:
        talk.begin(hub.token).subscribe(ME)
        assert talk.told() == {"subject": "asb-officer", "purpose": "ASB_PREVENTION"}
        assert talk.hear() == {"id": "1", "type": "complete"}
        talk.say({"type": "ping"})
        assert talk.hear() == {"type": "pong"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { taskUpdates { cursor } }", "BAD_USER_INPUT"),
        ('subscription { taskUpdates(after: "x") { task { id } } }', "CURSOR_INVALID"),
        ("", "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_followed_is_an_error_with_its_code(hub: Served, query: str, code: str) -> None:
    with talking(hub) as talk:
        talk.begin(hub.token).subscribe(query)
        message = talk.hear()
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", code)
        assert talk.subscribe(ME).told()["subject"] == "asb-officer"


def test_a_purpose_that_is_needed_or_not_permitted_is_an_error(hub: Served) -> None:
    for purpose, code in ((None, "PURPOSE_REQUIRED"), ("MARAC_DA", "PURPOSE_NOT_PERMITTED"), ("X", "PURPOSE_UNKNOWN")):
        with talking(hub) as talk:
            talk.begin(hub.token, purpose).subscribe("subscription { taskUpdates { task { id } } }")
            assert talk.hear()["payload"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    "messages",
    [
        ["no json"],
        ["[]"],
        [{"no": "type"}],
        [{"type": "subscribe"}],
        [{"type": "unheard of"}],
        [{"type": "connection_init", "payload": "x"}],
    ],
)
def test_what_is_no_message_ends_the_conversation(hub: Served, messages: list[object]) -> None:
    with talking(hub) as talk:
        for message in messages:
            talk.say(message)
        assert talk.end() == 4400


def test_a_binary_frame_ends_it(hub: Served) -> None:
    with talking(hub) as talk:
        talk.socket.send(json.dumps(init(hub.token)).encode())
        assert talk.end() == 4400


def test_who_may_not_talk_is_told_so(hub: Served) -> None:
    with talking(hub) as talk:
        assert talk.subscribe(ME).end() == 4401
    for token in ("", "x.y.z"):
        with talking(hub) as talk:
            talk.say(init(token))
            assert talk.end() == 4403
    with talking(hub) as talk:
        talk.begin(hub.token).say(init(hub.token))
        assert talk.end() == 4429
    with talking(hub) as talk:
        talk.begin(hub.token).subscribe(CASE, id=opened(hub)).told()
        assert talk.subscribe(ME).end() == 4409
    with talking(hub, subprotocols=["graphql-ws"]) as talk:
        assert talk.end() == 4406


def test_a_page_of_another_origin_is_not_let_in(hub: Served) -> None:
    with pytest.raises(InvalidStatus) as refused, talking(hub, origin="https://elsewhere.example"):
        pass
    assert refused.value.response.status_code == 403
    with talking(hub, origin=f"http://{urlsplit(hub.url).netloc}") as talk:
        talk.begin(hub.token)


def test_a_token_that_ends_ends_the_conversation(hub: Served) -> None:
    officer = next(person for person in DEMO_PEOPLE if person.name == "asb-officer").principal
    issuer = development_issuer(Folder.open(hub.folder).secret(KEY_NAME, KEY_SIZE), Mode.DEMO)
    brief = issuer.issue(officer, datetime.now(UTC), timedelta(seconds=2 - LEEWAY_SECONDS))
    with talking(hub) as talk:
        talk.begin(brief).subscribe(CASE, id=opened(hub)).told()
        assert talk.end() == 4403


def test_a_client_that_does_not_read_holds_up_nobody_and_costs_the_hub_two_events(hub: Served) -> None:
    """What it was sent waits in the kernel, until that takes no more; then the hub waits, and keeps nothing for it."""
    case = opened(hub)
    deaf = Deaf.follow(hub.url, init(hub.token), CASE, {"id": case})
    with closing(deaf), talking(hub) as talk:
        talk.begin(hub.token).subscribe(CASE, id=case).told()
        events = []
        for number in range(15):
            noted(hub, case, f"{number} " + "x" * 15_000)
            while len(texts(told := talk.told())) <= number:
                pass
            events.append(len(json.dumps(told)))
        waiting = deaf.waiting()
        assert BUFFER < waiting < sum(events) / 4, "sending has to wait: the others were told far more"
        read = deaf.read(until=f"14 {'x' * 15_000}".encode())
        assert len(read) - waiting < BUFFERED + 2 * max(events), "one that was begun, and one of how it is now"


def test_a_message_that_is_too_long_ends_it(hub: Served) -> None:
    with talking(hub) as talk:
        talk.begin(hub.token).subscribe("x" * 2_000_000)
        assert talk.end() == 1009
