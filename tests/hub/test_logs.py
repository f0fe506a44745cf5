"""Nothing of anybody's record, and nothing that a client wrote, is in what the hub's processes print or log.

Marked values are planted on every path of a served hub, in every change that its contract knows, in what it tells live
and keeps, and in its faults; and then looked for in everything that its processes wrote.
"""

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from click.testing import CliRunner
from neo4j.exceptions import ClientError

from graph.sheets import sheet
from graph.store import Connection, Store, Transaction
from graph.vocabulary import Link, Node
from hub.cli.main import main
from hub.engine.java import USER
from hub.engine.place import Place
from hub.folder import Folder
from hub.identity.issuing import KEY_NAME, KEY_SIZE, development_issuer
from hub.serving import listening
from hub.settings import Mode
from policies.viewer import Principal
from tests.hub.live.talking import CASE, opened, talking, texts
from tests.hub.planting import changes, requests, routes
from tests.resolvers.acting.test_alerts import LARKHALL
from tests.support.brief import let_be_brief
from tests.support.holding import engines, eventually
from tests.support.hub import ASB
from tests.support.scenes import link, person, sibling, write
from tests.support.served import Served, token_of

pytestmark = pytest.mark.timeout(600)
Result = TypeVar("Result")
NAME, STREET, PHONE, EMAIL, NINO = "Zyxmarkson", "Zyxmark Street", "07700900987", "zyxmark@example.org", "ZX987654A"
REFERENCE, TERM, BAD = "ZYX-2026-77", "zyxmarkterm", "zyxmarkbad"
MARKS = ("zyxmark", REFERENCE.lower(), PHONE[1:], NINO.lower(), "9434765919")
"""Everything that is planted has one of these in it; shorter ones come up by chance in what is random."""
HEADER = (
    "Tenancy,Tenant,Forename,Surname,Date of Birth,Sex,Telephone,E-mail,NI Number,Address,Postcode,Ward,UPRN,"
    "Latitude,Longitude,Tenancy Start,Tenancy End,Marking"
)
ROWS = f"""{HEADER}
{REFERENCE},1,Jo,{NAME},1990-01-02,F,{PHONE},{EMAIL},{NINO},1 {STREET},W1U 1AA,E05013808,,,,,,
{REFERENCE},2,Ed,{NAME},{BAD},{BAD},{BAD},{BAD},{BAD},2 {STREET},{BAD},{BAD},{BAD},{BAD},{BAD},{BAD},{BAD},{BAD}
,3,Al,{NAME},{BAD},F,,,,3 {STREET},,,,,,,,
{REFERENCE},1,Jo,{NAME}2,1990-01-02,F,{PHONE},{EMAIL},{NINO},1 {STREET},W1U 1AA,E05013808,,,,,,
{REFERENCE},4,{NAME},too,few
"""
PEOPLE = """query ($name: String) {
  people(filter: {familyName: {eq: $name}}, first: 5) {
    edges { node { id givenName familyName aliases dateOfBirth address phone } } } }"""
ASKED: list[tuple[Any, dict[str, str]]] = [
    ({"query": PEOPLE, "variables": {"name": NAME}}, {}),
    ({"query": PEOPLE, "variables": {"name": 7, "zyx": NAME}}, {}),
    ({"query": f'query {TERM} {{ people(filter: {{familyName: {{eq: "{NAME}"}}}}, first: 5) {{ totalCount }} }}'}, {}),
    ({"query": f"{{ {TERM} }}"}, {}),
    ({"query": f"{{ me {TERM} {{{{"}, {}),
    ({"query": f'{{ node(id: "per_{TERM}") {{ id }} }}'}, {}),
    ({"query": f'{{ people(after: "{TERM}", filter: {{familyName: {{eq: "a"}}}}, first: 5) {{ totalCount }} }}'}, {}),
    ({"query": "{ me { subject } }", "operationName": TERM}, {}),
    ({"query": "{ me { subject } }"}, {"Hub-Purpose": TERM}),
    ({"query": "{ me { subject } }"}, {"X-Request-ID": TERM}),
    ({"query": "{ me { subject } }"}, {"Authorization": f"Bearer {TERM}"}),
    ({"query": "{ me { subject } }"}, {"Authorization": f"Basic {TERM}"}),
    ([{"query": TERM}], {}),
    ({"query": 7, "variables": TERM}, {}),
]
FACTS = "MATCH (p:Person) SET p.adultOn = $mark, p.caseAgencies = [$mark]"
DAMAGED = {"recordId": "rec_0", "dateOfBirth": TERM, "aliases": TERM, "reliability": TERM, "lastSeen": 7}
DAMAGE = f"MATCH (r:PersonRecord) SET r.sheet = '{sheet(Node.PERSON, DAMAGED)}'"
UNREADABLE = "MATCH (r:PersonRecord) SET r.sheet = '[' + $mark"
FAILING = "RETURN duration($mark)"


BOY = person("larkhall/boy", givenName=TERM, familyName=NAME, dateOfBirth="2012-05-01", phone=PHONE)
MAN = person("police/man", givenName="Joe", familyName=NAME, dateOfBirth="2003-05-01", ward="E05013808")
SCHOOLED = link(Link.PUPIL_AT, BOY, LARKHALL, since="2023-09-01")
KNOWN = "MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
TOLD = {
    "concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
    "narrative": f"{NAME} of {STREET}, {PHONE}",
    "toldPeople": [f"{NAME} {PHONE}"],
    "describedPeople": [{"givenName": "Jo", "familyName": NAME, "phone": PHONE, "role": "WITNESS"}],
    "address": STREET,
    "wantedOutcome": TERM,
    "hasConsent": True,
}
ALERTS = """subscription { told: alerts { alert { id people(first: 5) { edges { node { familyName } } } } } }"""
TASK = """__typename ... on TaskChanged { task { id version } }"""
SEND = f"mutation($input: SendTaskInput!) {{ done: sendTask(input: $input) {{ {TASK} }} }}"
ANSWER = f"mutation($input: AnswerTaskInput!) {{ done: answerTask(input: $input) {{ {TASK} }} }}"
OPEN_GANG = """mutation($key: String!) { done: openCase(input: {idempotencyKey: $key, caseType: "GANG"}) {
  ... on CaseChanged { case { id } } } }"""
REFER = "mutation($input: SubmitReferralInput!) { done: submitReferral(input: $input) { __typename } }"
KEYS = count(1)
INVOLVE = "mutation($input: InvolvePersonInput!) { done: involvePerson(input: $input) { __typename } }"
NOTE = "mutation($input: AddNoteInput!) { done: addNote(input: $input) { __typename } }"


class Hub:
    """A hub that serves, and everything that it and its commands print."""

    def __init__(self, folder: Path) -> None:
        with listening("127.0.0.1", 0) as listener:
            self.port = listener.getsockname()[1]
        self.folder = folder
        let_be_brief(Folder.open(folder).engine)
        given = {"HUB_DATA": str(folder), "HUB_PORT": str(self.port), "HUB_MODE": "demo", "HUB_LOG": "json"}
        self.variables = {**os.environ, **given}
        self.printed = folder.with_name("printed")
        self.url = f"http://127.0.0.1:{self.port}"
        self.commands = ""
        with self.printed.open("w") as file:  # by way of another process, as the hub's own files will be limited
            self._scribe = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, stdout=file)
        output = self._scribe.stdin
        assert output is not None
        self.process: subprocess.Popen[str] = subprocess.Popen(
            [*self._hub(), "serve"], env=self.variables, stdout=output, stderr=output, text=True
        )
        output.close()
        secret = Folder.open(folder).secret(KEY_NAME, KEY_SIZE)
        self.issuer = development_issuer(secret, Mode.DEMO)

    def end(self) -> int:
        """End in order, if it has not ended; the exit code comes when all that was printed is written."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._scribe.wait(60)
        return code

    def command(self, *words: str) -> int:
        ended = subprocess.run([*self._hub(), *words], env=self.variables, capture_output=True, text=True, check=False)
        self.commands += ended.stdout + ended.stderr
        return ended.returncode

    def token(self) -> str:
        return CliRunner(env=self.variables).invoke(main, ["token", "housing-officer"]).output.strip()

    def as_seen_by(self, who: str) -> Served:
        """The hub for somebody of the demo."""
        return Served(
            process=self.process,
            url=f"{self.url}/graphql",
            token=token_of(self.variables, who),
            variables=self.variables,
            log=self.printed,
        )

    def ask(self, body: object, headers: dict[str, str], path: str = "/graphql") -> httpx.Response:
        usual = {"Authorization": f"Bearer {self.token()}", "Hub-Purpose": "ASB_PREVENTION"}
        return httpx.post(self.url + path, json=body, headers=usual | headers, timeout=90, trust_env=False)

    def code(self) -> str:
        """Ask for the marked family, and say with which code that is refused."""
        answer = self.ask({"query": PEOPLE, "variables": {"name": NAME}}, {}).json()
        return str(answer["errors"][0]["extensions"]["code"]) if "errors" in answer else ""

    def write(self, statement: str) -> None:
        """Have the engine run a statement with a mark in its parameters, past the hub."""

        async def work(transaction: Transaction) -> None:
            await transaction.run(statement, {"mark": TERM})

        self.past(lambda store: store.write(work))

    def past(self, work: Callable[[Store], Awaitable[Result]]) -> Result:
        """Do something with the graph, past the hub."""
        place = Place(path=self.folder / "engine")
        address = place.address()
        assert address is not None

        async def run() -> Result:
            url = f"bolt://127.0.0.1:{address.port}"
            store = Store(Connection(url=url, user=USER, password=place.password()))
            try:
                return await work(store)
            finally:
                await store.close()

        return asyncio.run(run())

    def logged(self) -> list[dict[str, Any]]:
        lines = self.printed.read_text().splitlines()
        return [json.loads(line) for line in lines if not line.startswith("Concord answers at ")]

    def everything(self) -> dict[str, str]:
        """All that was printed, and all files that are neither the graph nor the ledger themselves."""
        kept = (self.folder / "engine" / "server" / "databases", self.folder / "ledger")
        files = [path for path in self.folder.rglob("*") if path.is_file() and not set(kept) & set(path.parents)]
        found = {str(path): path.read_text(errors="replace") for path in files}
        return found | {"serve": self.printed.read_text(), "commands": self.commands}

    @staticmethod
    def _hub() -> list[str]:
        return [sys.executable, "-m", "hub.cli.main"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = Hub(tmp_path / "hub")
    try:
        eventually(lambda: "Concord answers" in hub.printed.read_text(), seconds=240)
        yield hub
    finally:
        hub.process.kill()
        hub.end()


def plant_in_imports(hub: Hub, folder: Path) -> None:
    (folder / "tenancies.csv").write_text(ROWS)
    assert hub.command("import", "housing-tenancies", str(folder / "tenancies.csv")) == 3, hub.commands
    (folder / "other.csv").write_text(f"{NAME},{BAD}\n{BAD},{BAD}\n")
    assert hub.command("import", "housing-tenancies", str(folder / "other.csv")) == 1, hub.commands
    (folder / "garbage.csv").write_bytes(b"\xff\x00" + BAD.encode())
    assert hub.command("import", "housing-tenancies", str(folder / "garbage.csv")) == 1
    assert hub.command("imports") == 0


def plant_in_requests(hub: Hub) -> None:
    for body, headers in ASKED:
        assert hub.ask(body, headers).status_code < 500
    stranger = Principal(subject=TERM, agency=TERM, roles=frozenset({TERM}), wards=frozenset({TERM}))
    token = hub.issuer.issue(stranger, datetime.now(UTC), timedelta(hours=1))
    assert hub.ask({"query": "{ me { subject } }"}, {"Authorization": f"Bearer {token}"}).status_code == 401
    hub.ask({}, {}, path=f"/{TERM}?{TERM}={NAME}")
    httpx.get(f"{hub.url}/graphql", params={"query": f"{{ {TERM} }}", "variables": TERM}, trust_env=False)
    for raw in (f"{TERM} {NAME}\r\n\r\n", f"GET / HTTP/9.{NAME}\r\n\r\n", f"GET / HTTP/1.1\r\n{TERM}\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", hub.port), timeout=30) as connection:
            connection.sendall(raw.encode())
            while connection.recv(65_536):
                pass


def plant_on_every_path(hub: Hub) -> None:
    person = {"person": "asb-officer", "purpose": ASB}
    own = {"Origin": hub.url}
    signed = httpx.post(f"{hub.url}/work/sign-in", data=person, headers=own, trust_env=False)
    cookies = "; ".join(f"{name}={value}" for name, value in signed.cookies.items())
    sent = requests(routes(hub.variables), TERM, f"asb-officer council {ASB}", TOLD)
    form = "application/x-www-form-urlencoded"
    with httpx.Client(base_url=hub.url, headers={**own, "Cookie": cookies}, timeout=90, trust_env=False) as client:
        for one in sent:
            if isinstance(one.body, str):
                answer = client.request(one.method, one.path, content=one.body, headers={"Content-Type": form})
            else:
                answer = client.request(one.method, one.path, json=one.body)
            assert answer.status_code < 500, (one, answer.text)


def plant_in_changes(hub: Hub) -> None:
    council, housing = hub.as_seen_by("asb-officer"), hub.as_seen_by("housing-officer")
    with httpx.Client(trust_env=False) as client:
        for query, variables in changes(TERM):
            answer = council.ask(query, ASB, client, variables)
            assert answer.status_code < 500, (query, answer.text)
    asked = {"agency": "housing", "title": NAME, "text": f"{NAME} {PHONE}", "targetOn": "2099-12-31"}
    task = changed(council, SEND, **asked)["task"]
    changed(housing, ANSWER, id=task["id"], version=task["version"], text=f"{NAME} {STREET}")


def plant_in_what_is_live(hub: Hub) -> None:
    council = hub.as_seen_by("asb-officer")
    case = opened(council)
    with talking(council) as talk:
        talk.begin(council.token).subscribe(CASE, TERM, id=case, zyx=TERM).told()
        changed(council, NOTE, id=case, text=f"{NAME} {PHONE}", assertionType="FACT")
        assert texts(talk.told()) == [f"{NAME} {PHONE}"]
        for query, variables in changes(TERM):
            talk.subscribe(query, "2", **variables)
            while talk.hear()["type"] not in {"complete", "error"}:
                pass
        talk.subscribe(f"subscription {{ {TERM} }}", "3").hear()
        talk.say(f'{{"type": "{TERM}"')
        assert talk.end() == 4400
    with talking(council) as talk:
        talk.say({"type": "connection_init", "payload": {"Authorization": f"Bearer {TERM}", TERM: NAME}})
        assert talk.end() == 4403
    with talking(council) as talk:
        talk.begin(council.token, TERM).subscribe(CASE, id=TERM)
        assert talk.hear()["type"] == "error"
    with talking(council, additional_headers={"X-Request-ID": TERM}, subprotocols=[TERM]) as talk:
        assert talk.end() == 4406


def plant_in_alerts(hub: Hub) -> None:
    hub.past(lambda store: write(store, LARKHALL, BOY, MAN, SCHOOLED, sibling(BOY, MAN)))
    police, lead = hub.as_seen_by("police-officer"), hub.as_seen_by("safeguarding-lead")
    case = police.ask(OPEN_GANG, ASB, variables={"key": "planted-gang"}).json()["data"]["done"]["case"]["id"]
    changed(police, INVOLVE, id=case, person=hub.past(lambda store: store.read(KNOWN)), role="PERPETRATOR")
    with talking(lead) as talk:
        told = talk.begin(lead.token, "CHILD_SAFEGUARDING").subscribe(ALERTS).told()
        assert NAME in json.dumps(told)


def plant_in_backups(hub: Hub, folder: Path) -> None:
    kept = folder / "kept.backup"
    assert hub.command("backup", str(kept)) == 0
    kept.write_bytes(TERM.encode() + kept.read_bytes()[20:])
    assert hub.command("restore", str(kept)) == 1, "it is no backup any more"


def changed(hub: Served, query: str, **given: object) -> dict[str, Any]:
    """Make a change that must be made."""
    given = {"idempotencyKey": f"planted-{next(KEYS)}", **given}
    done: dict[str, Any] = hub.ask(query, ASB, variables={"input": given}).json()["data"]["done"]
    assert done["__typename"] in {"CaseChanged", "TaskChanged"}, done
    return done


def refused(hub: Hub, key: str) -> str:
    """Refer somebody, and say with which code that is refused, if it is."""
    given = {**TOLD, "idempotencyKey": key}
    answer = hub.as_seen_by("asb-officer").ask(REFER, ASB, variables={"input": given}).json()
    return str(answer["errors"][0]["extensions"]["code"]) if "errors" in answer else ""


def plant_in_faults(hub: Hub) -> None:
    answer = hub.ask({"query": PEOPLE, "variables": {"name": NAME}}, {})
    assert NAME in answer.text, answer.text + hub.commands
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    assert hub.code() == "LEDGER_UNAVAILABLE"
    assert refused(hub, "planted-without-ledger") == "LEDGER_UNAVAILABLE"
    assert httpx.get(f"{hub.url}/health/ready", trust_env=False).status_code == 503
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with pytest.raises(ClientError):
        hub.write(FAILING)
    hub.write(FACTS)
    assert hub.command("doctor", "--facts") == 1
    for damage in (DAMAGE, UNREADABLE):
        hub.write(damage)
        assert hub.code() == "INTERNAL"
    for pid in engines(hub.folder / "engine"):
        os.kill(pid, signal.SIGKILL)
    assert hub.code() == "GRAPH_UNAVAILABLE"
    assert refused(hub, "planted-without-graph") in {"GRAPH_UNAVAILABLE", ""}, "a change may wait for the engine"
    eventually(lambda: hub.code() != "GRAPH_UNAVAILABLE")


def test_no_marked_value_is_in_anything_that_is_printed_or_logged(hub: Hub, tmp_path: Path) -> None:
    plant_in_imports(hub, tmp_path)
    plant_in_requests(hub)
    plant_on_every_path(hub)
    plant_in_changes(hub)
    plant_in_what_is_live(hub)
    plant_in_alerts(hub)
    plant_in_backups(hub, tmp_path)
    plant_in_faults(hub)
    assert hub.end() == 0
    hub.variables["HUB_GRAPH_URL"] = f"bolt://hub:{TERM}@127.0.0.1:1"
    assert hub.command("serve") == 1

    lines = hub.logged()
    assert all({"time", "level", "event", "source"} <= line.keys() for line in lines)
    served = [line for line in lines if line["event"] == "request"]
    assert all({"request", "method", "route", "status", "bytes", "ms", "agency"} <= line.keys() for line in served)
    assert {line["agency"] for line in served} >= {"housing", "council", "police", None}
    assert {line["status"] for line in served} >= {200, 400, 401, 404, 503}
    events = {line["event"].partition(":")[0] for line in lines}
    assert events >= {
        "a stored value does not fit the contract",
        "a request is refused, LEDGER_UNAVAILABLE",
        "a request is refused, GRAPH_UNAVAILABLE",
        "readiness lacks",
    }
    told = [
        (where, line)
        for where, text in hub.everything().items()
        for line in text.lower().splitlines()
        if any(mark in line for mark in MARKS)
    ]
    assert told == []
