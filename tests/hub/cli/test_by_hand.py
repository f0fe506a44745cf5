"""`hub mark`, `hub judge` and `hub judgements`: what is done by hand holds at once, lasts, and is recorded."""

import asyncio
import os
import pwd
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner, Result

from graph.doctor import recompute
from graph.records import NodeFact
from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from graph.writer import write_facts
from hub.cli.main import main
from hub.folder import Folder
from hub.ledger.reading import recorded
from hub.ledger.writer import FileLedger
from policies.vocabulary import Protection
from resolvers.ledger import Entry, LedgerUnavailable
from tests.graph.making import dump
from tests.resolvers.acting.test_alerts import SAFETY, inbox, relayed
from tests.support.engine import fresh_store
from tests.support.hub import ASB, a_hub
from tests.support.scenes import (
    case,
    concerns,
    link,
    person,
    premises,
    resides,
    sibling,
    stamp,
    state_partnership,
    write,
)
from tests.support.scenes import thing as stated

T = TypeVar("T")
WARD = "E05013808"
NAME = {"givenName": "Ruth", "familyName": "Moss", "dateOfBirth": "1988-05-06", "phone": "020 7946 0001"}
SHE = person("council/she", address="5 Rose Street", postcode="W1D 3DH", ward=WARD, **NAME)
CLIENT = person("victim_support/client", **NAME)
HOME = premises("council/council-asb-cases/home", address="5 Rose Street", postcode="W1D 3DH", ward=WARD)
TENANT = person("housing/both", Protection.SILENT, givenName="Ed", familyName="Lee", ward=WARD)
FLAT = premises("housing/both", address="5 ROSE Street", postcode="W1D 3DH", ward=WARD)
LARKHALL = stated(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward=WARD)
BOY = person("larkhall/boy", givenName="Tom", familyName="Reed", dateOfBirth="2012-05-01")
SON = person("council/son", givenName="Thomas", familyName="Reed", dateOfBirth="2012-05-01")
ELDER = person("police/elder", givenName="Tim", familyName="Reed", dateOfBirth="2012-05-02")
BROTHER = person("police/brother", givenName="Joe", familyName="Reed", dateOfBirth="2003-05-01", ward=WARD)
GANG = case("police/crimes/1", "police", caseType="GANG")
FACTS = (
    *(SHE, CLIENT, HOME, resides(SHE, HOME), TENANT, FLAT),
    *(LARKHALL, BOY, SON, BROTHER, link(Link.PUPIL_AT, BOY, LARKHALL), sibling(SON, BROTHER)),
    *(GANG, concerns(GANG, BROTHER, "PERPETRATOR")),
)
BY = ("--by", "A. Duty", "--reason", "came in on Saturday")
SAID = "by A. Duty: came in on Saturday"
USER = f"os:{pwd.getpwuid(os.getuid()).pw_name}"
ADDRESS = '{ people(filter: {familyName: {eq: "Moss"}}, first: 9) { edges { node { address } } } }'
ID = "MATCH (n) WHERE n.sourceKey = $key RETURN collect([labels(n)[0], coalesce(n.recordId, n.premisesId)])"
CLASS = "MATCH (r:PersonRecord {recordId: $id}) RETURN r.facts"
PERSON = "MATCH (:PersonRecord {sourceKey: $key})-[:ABOUT]->(p:Person) RETURN p.personId"
POSTED = """
MATCH (o:OutboxRecord) WHERE o.act = $act WITH o ORDER BY o.position DESC LIMIT 1
RETURN [o.origin, o.causes, o.author, o.agency, o.reason]"""


class World:
    """A hub's graph with a few people in it, and its data folder."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = Folder.open(folder / "hub")

    def run(self, *words: str, data: Path | None = None) -> Result:
        variables = {
            "HUB_DATA": str(data or self.folder.path),
            "HUB_GRAPH_URL": self.connection.url,
            "HUB_GRAPH_USER": self.connection.user,
            "HUB_GRAPH_PASSWORD": self.connection.password,
        }
        return CliRunner(env=variables).invoke(main, words)

    def done(self, *words: str) -> str:
        """Run a command that must do what it is told."""
        answer = self.run(*words)
        assert answer.exit_code == 0, answer.output
        return answer.output

    def ask(self, work: Callable[[Store], Awaitable[T]]) -> T:
        async def whole() -> T:
            store = Store(self.connection)
            try:
                return await work(store)
            finally:
                await store.close()

        return asyncio.run(whole())

    def read(self, statement: str, **given: str) -> Any:  # noqa: ANN401 - as the statement has it
        return self.ask(lambda store: store.read(statement, given))

    def state(self, *facts: NodeFact) -> None:
        """State something as a file does."""
        self.ask(lambda store: write(store, *facts, seed="anew"))

    def id_of(self, fact: NodeFact) -> str:
        return str(next(id_ for label, id_ in self.read(ID, key=str(fact.source)) if label == fact.type.label))

    def class_of(self, record: str) -> str:
        return str(self.read(CLASS, id=record))

    def address(self, who: str) -> list[str | None]:
        """What somebody sees who asks a hub that runs beside."""

        async def asked(store: Store) -> list[str | None]:
            found = await (await a_hub(store)).data(who, ASB, ADDRESS)
            return [edge["node"]["address"] for edge in found["people"]["edges"]]

        return self.ask(asked)

    def person_of(self, fact: NodeFact) -> str:
        return str(self.read(PERSON, key=str(fact.source)))

    def held(self) -> list[str]:
        """Everything that the graph holds, but for how far the ledger came."""
        nodes, links = self.ask(dump)
        return [*(node for node in nodes if not node.startswith("['LedgerHead'")), *links]

    def entries(self) -> list[Entry]:
        return [one.entry for one in recorded(self.folder.ledger)]

    def told(self) -> set[tuple[str, str]]:
        """Of what the last command told, by its class."""
        return {(told.facts, id_) for told in self.entries()[-1].disclosures for id_ in told.records}


@pytest.fixture(scope="module")
def world(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    async def fill() -> None:
        async with fresh_store(embedded) as store:
            await state_partnership(store)
            await write(store, *FACTS)

    async def differences(store: Store) -> list[object]:
        return [difference async for difference in recompute(store)]

    asyncio.run(fill())
    world = World(embedded, tmp_path_factory.mktemp("by-hand"))
    yield world
    assert world.ask(differences) == []


def test_what_is_raised_holds_at_once_lasts_and_is_recorded_until_it_is_lifted(world: World) -> None:
    she, client = world.id_of(SHE), world.id_of(CLIENT)
    assert world.address("asb-officer") == ["5 Rose Street"]
    said = world.done("mark", str(CLIENT.source), "--protection", "REFUGE", *BY)
    assert said.startswith(f"{client} (Person, {CLIENT.source})\n  is marked refuge, was nothing\n")
    assert f"  {she} ({SHE.source}): protected by refuge, was by nothing\n" in said
    assert "note: refuge stays, whatever is imported, until it is lifted by hand" in said
    assert world.address("asb-officer") == [None]
    entry = world.entries()[-1]
    (change,) = entry.changes
    assert (entry.subject, entry.agency, entry.operation) == (USER, None, f"raise refuge {SAID}")
    assert (change.act, change.type, change.subject, change.agreements) == ("raise refuge", "Person", client, ())
    assert world.read(POSTED, act="raise refuge") == ["judgement", ["PERSON"], USER, None, SAID]

    world.state(person("victim_support/client", gender="FEMALE", **NAME))
    assert world.address("asb-officer") == [None]
    said = world.done("mark", client, "--lift", "refuge", *BY)
    assert "is marked nothing, was refuge" in said
    assert world.address("asb-officer") == ["5 Rose Street"]
    found = world.run("ledger", "who-changed", world.person_of(CLIENT)).output
    assert re.findall(r"^    (raise|lift) refuge: Person (\S+)\n    \1 refuge (.*)$", found, re.MULTILINE) == [
        ("raise", client, SAID),
        ("lift", client, SAID),
    ]
    assert f"{USER}  -\n    Person {she}: protections (told)" in world.run("ledger", "who-saw", she).output


def test_a_dry_run_says_the_same_and_keeps_nothing_but_the_look(world: World) -> None:
    before = world.held()
    arguments = ("mark", world.id_of(HOME), "--protection", "refuge", *BY)
    tried = world.done(*arguments, "--dry-run")
    assert world.held() == before
    entry = world.entries()[-1]
    assert (entry.operation, entry.changes) == (f"try: raise refuge {SAID}", ())
    made = world.done(*arguments)
    assert tried.replace("would be", "is").split("receipt")[0] == made.split("receipt")[0]
    assert f"  {world.id_of(SHE)} ({SHE.source}): protected by refuge, was by nothing\n" in made
    assert world.address("asb-officer") == [None]
    again = world.done(*arguments)
    assert "nothing changes: it is so already" in again
    assert f"note: the same place is {world.id_of(FLAT)} ({FLAT.source}), which is not so marked\n" in again
    assert world.id_of(FLAT) in {id_ for told in world.entries()[-1].disclosures for id_ in told.records}
    assert world.entries()[-1].changes == ()
    world.done("mark", world.id_of(HOME), "--lift", "refuge", *BY)
    tried = world.done("mark", str(GANG.source), "--protection", "covert", *BY, "--dry-run")
    assert f"(Case, {GANG.source})\n  would be marked covert, was nothing\n" in tried


def test_all_records_of_a_person_are_marked_at_once_and_each_is_recorded(world: World) -> None:
    she, client, person = world.id_of(SHE), world.id_of(CLIENT), world.person_of(SHE)
    said = world.done("mark", person, "--protection", "refuge", *BY)
    assert said.startswith(f"{person}: all records, 2 in number\n")
    for id_, fact in ((she, SHE), (client, CLIENT)):
        assert f"{id_} (Person, {fact.source})\n  is marked refuge, was nothing\n" in said
    assert said.count("note: refuge stays, whatever is imported") == 1
    raised = {(changed.act, changed.type, changed.subject) for changed in world.entries()[-1].changes}
    assert raised == {("raise refuge", "Person", she), ("raise refuge", "Person", client)}
    assert {she, client} <= {id_ for _, id_ in world.told()}
    assert world.address("asb-officer") == [None]

    world.done("mark", client, "--lift", "refuge", *BY)
    assert world.address("asb-officer") == [None]
    said = world.done("mark", person, "--lift", "refuge", *BY)
    assert f"{client} (Person, {CLIENT.source})\n  nothing changes: it is so already\n" in said
    assert [changed.subject for changed in world.entries()[-1].changes] == [she]
    assert world.address("asb-officer") == ["5 Rose Street"]
    tried = world.done("mark", person, "--protection", "covert", *BY, "--dry-run")
    assert "note: these records are not one person's any more: name each by its own id from now on\n" in tried


def test_what_a_file_states_is_raised_besides_and_is_lifted_as_long_as_it_states_it(world: World) -> None:
    tenant, plain = world.id_of(TENANT), person("housing/both", **TENANT.values)
    said = world.done("mark", tenant, "--lift", "silent", "--protection", "refuge", "--protection", "witness", *BY)
    assert "is marked refuge, witness, was silent" in said
    assert "its dataset states silent; raised by hand refuge, witness, lifted by hand silent" in said
    assert "note: its dataset states silent still; it stays lifted until a file states it without that" in said
    world.done("mark", tenant, "--lift", "refuge", "--lift", "witness", "--protection", "silent", *BY)
    world.state(plain)
    said = world.done("mark", tenant, "--protection", "silent", *BY)
    assert "its dataset states nothing; raised by hand silent, lifted by hand nothing" in said
    assert "it is so already" in said
    world.done("mark", tenant, "--lift", "silent", *BY)


def test_two_records_are_judged_one_person_and_who_is_to_be_alerted_is(world: World) -> None:
    boy, son = world.id_of(BOY), world.id_of(SON)

    async def alerted(store: Store) -> int:
        hub = await a_hub(store)
        await relayed(hub)
        return len(await inbox(hub, "safeguarding-lead", SAFETY))

    assert world.ask(alerted) == 0
    tried = world.done("judge", "SAME", boy, son, *BY, "--dry-run")
    assert tried.startswith("would be judged SAME\n")
    assert world.done("judgements").startswith("nothing was judged\nreceipt ")
    said = world.done("judge", "SAME", str(BOY.source), son, *BY)
    judgement = said.partition(":")[0]
    assert re.search(rf"^  ({boy}|{son}) .*: of person per_\S+, was of per_\S+$", said, re.MULTILINE)
    assert world.ask(alerted) == 1
    assert world.read(POSTED, act="judge SAME") == ["judgement", ["PERSON"], USER, None, SAID]
    assert {change.subject for change in world.entries()[-1].changes} == {boy, son}
    listed = world.done("judgements")
    assert f"{judgement}  SAME  {' '.join(sorted((boy, son)))}\n    {SAID}\n" in listed

    said = world.done("judge", "--withdraw", judgement, "--by", "B. Day", "--reason", "two boys")
    assert f"{judgement}: withdrawn\n" in said
    assert world.entries()[-1].operation == f"withdraw {judgement} by B. Day: two boys"
    assert f"{SAID}\n    withdrawn " in (listed := world.done("judgements", boy))
    assert " by B. Day: two boys\n" in listed
    said = world.done("judge", "DIFFERENT", boy, son, *BY)
    assert "nobody's records come together or apart by it" in said
    assert "judged UNSURE\n" in world.done("judge", "UNSURE", boy, son, *BY)
    unsure, different = world.done("judgements", boy).splitlines()[:3:2]
    assert (unsure.split()[2], different.split()[2]) == ("UNSURE", "DIFFERENT")


def test_a_judgement_of_a_rule_is_listed_with_its_record_and_taken_back_for_good(world: World) -> None:
    she = world.id_of(SHE)
    ruled = world.done("judgements", she)
    assert "by rule:name-birth-identifier: -" in ruled
    judgement = ruled.split()[1]
    assert judgement not in world.done("judgements")
    assert "of person per_" in world.done("judge", "--withdraw", judgement, *BY)
    world.state(person("council/she", address="5 Rose Street", ward=WARD, gender="FEMALE", **NAME))
    world.state(SHE)
    assert judgement in world.done("judgements")
    assert world.person_of(SHE) != world.person_of(CLIENT)
    assert "of person per_" in world.done("judge", "SAME", she, world.id_of(CLIENT), *BY)
    said = world.done("mark", she, "--protection", "covert", *BY)
    assert re.search(rf"^  \S+ \({CLIENT.source}\): of person|^  {she} .*; of person", said, re.MULTILINE)
    assert "note: they stay apart: " in world.done("judge", "SAME", she, world.id_of(CLIENT), *BY)
    world.done("mark", she, "--lift", "covert", *BY)


def test_a_listing_of_judgements_is_recorded_with_those_it_tells_of(world: World) -> None:
    client, boy, son = (world.id_of(one) for one in (CLIENT, BOY, SON))
    judged = world.done("judge", "DIFFERENT", boy, client, *BY).partition(":")[0]
    listed = world.done("judgements", "--limit", "1")
    entry = world.entries()[-1]
    assert (entry.subject, entry.agency, entry.operation, entry.changes) == (USER, None, "judgements by people", ())
    assert world.told() == {(world.class_of(id_), id_) for id_ in (boy, client)}
    assert listed.endswith(f"\nreceipt {world.done('ledger', 'tail', '-n', '1').split()[-1]}\n")
    assert f"{USER}  -\n    Person {boy}: judgements (told)" in world.done("ledger", "who-saw", boy)

    listed = world.done("judgements", boy)
    named = {id_ for id_ in (boy, client, son) if id_ in listed}
    assert world.entries()[-1].operation == f"judgements of {boy}"
    assert {boy, client} <= named == {id_ for _, id_ in world.told()}
    assert world.done("judgements", world.id_of(TENANT)).startswith("nothing was judged\n")
    assert {id_ for _, id_ in world.told()} == {world.id_of(TENANT)}
    world.done("judge", "--withdraw", judged, *BY)


def test_a_person_who_was_merged_names_nobody_elses_records_once_they_are_apart_again(world: World) -> None:
    """Whoever has the id of then would protect the other, and not whom they mean."""
    world.ask(lambda store: write_facts(store, [ELDER], stamp("elder", "2000-01-01T09:00:00Z")))
    son, gone = world.id_of(SON), world.person_of(SON)
    judgement = world.done("judge", "SAME", son, world.id_of(ELDER), *BY).partition(":")[0]
    raised = ("mark", gone, "--protection", "refuge", *BY, "--dry-run")
    assert world.done(*raised).startswith(f"{gone}: all records, 2 in number\n")
    world.done("judge", "--withdraw", judgement, *BY)
    refused = world.run(*raised)
    assert refused.exit_code == 2
    assert f"write the id of one of the records: {son} (Person)\nreceipt " in refused.output
    assert world.told() == {(world.class_of(son), son)}
    world.done("judgements", son)
    assert f"Person {son}: judgements (told)" in world.run("ledger", "who-saw", gone).output, "it was their id"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("mark", "{she}", *BY), "say what: --protection or --lift"),
        (("mark", "{she}", "--protection", "hidden", *BY), "'hidden' is not one of 'refuge', 'adoption', 'witness'"),
        (("mark", "{she}", "--protection", "refuge", "--lift", "refuge", *BY), "refuge cannot be raised and lifted at"),
        (("mark", "{she}", "--protection", "refuge", "--reason", "r"), "Missing option '--by'"),
        (("mark", "{she}", "--protection", "refuge", "--by", "rule:me", "--reason", "r"), "name begins with 'rule:'"),
        (("mark", "{she}", "--protection", "refuge", "--by", "me", "--reason", " "), "write a line of 1 to 200"),
        (
            ("mark", "rec_nobody", "--protection", "refuge", *BY),
            "nothing is stored of 'rec_nobody'; write an id (case_",
        ),
        (("mark", "council/asb/17", "--protection", "refuge", *BY), "or owner/dataset/key"),
        (("mark", "per_nobody", "--protection", "refuge", *BY), "nothing is stored of 'per_nobody'"),
        (("mark", "{school}", "--protection", "silent", *BY), "is a school, which is not marked: it stands in the"),
        (("judge", *BY), "say SAME, DIFFERENT or UNSURE and two records, or --withdraw and a judgement"),
        (("judge", "SAME", "{she}", *BY), "say SAME, DIFFERENT or UNSURE and two records"),
        (("judge", "PERHAPS", "{she}", "{she}", *BY), "'PERHAPS' is not one of 'SAME', 'DIFFERENT', 'UNSURE'"),
        (("judge", "SAME", "{she}", "council/{home}", *BY), "nothing is stored of 'council/pre_"),
        (("judge", "SAME", "{she}", "{home}", *BY), "write an id (rec_...) or owner/dataset/key"),
        (("judge", "SAME", "{she}", "{she}", *BY), "that is one record, named twice"),
        (("judge", "SAME", "{she}", "{she}", "--withdraw", "jdg_1", *BY), "--withdraw names the judgement"),
        (("judge", "--withdraw", "jdg_1", *BY), "there is no judgement 'jdg_1', or it was taken back"),
        (("judgements", "rec_nobody"), "nothing is stored of 'rec_nobody'"),
    ],
)
def test_what_is_not_understood_is_said_and_changes_nothing(
    world: World, words: tuple[str, ...], sentence: str
) -> None:
    she = world.id_of(SHE)
    names = {"she": she, "home": world.id_of(HOME), "school": LARKHALL.source}
    before = world.held(), len(world.entries())
    answer = world.run(*(word.format(**names) for word in words))
    assert (answer.exit_code, world.held(), len(world.entries())) == (2, *before)
    assert sentence in " ".join(answer.output.split())


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (("mark", "{both}", "--protection", "refuge", *BY), (TENANT, FLAT)),
        (("mark", "{both}", "--protection", "refuge", *BY, "--dry-run"), (TENANT, FLAT)),
        (("judge", "SAME", "{she}", "{person}", *BY), (SHE, CLIENT)),
        (("judgements", "{person}"), (SHE, CLIENT)),
    ],
)
def test_which_things_a_name_may_mean_is_recorded_before_it_is_said(
    world: World, tmp_path: Path, words: tuple[str, ...], facts: tuple[NodeFact, ...]
) -> None:
    names = {"she": world.id_of(SHE), "both": str(TENANT.source), "person": world.person_of(SHE)}
    words = tuple(word.format(**names) for word in words)
    ids, before = sorted(world.id_of(fact) for fact in facts), world.held()
    answer = world.run(*words)
    assert (answer.exit_code, world.held()) == (2, before)
    assert re.search(rf"write the id of one.*: {ids[0]} \(\w+\), {ids[1]} \(\w+\)\nreceipt \S+\n$", answer.output)
    entry, meant = world.entries()[-1], next(name for key, name in names.items() if key != "she" and name in words)
    assert (entry.subject, entry.operation, entry.changes) == (USER, f"what is {meant}", ())
    assert sorted(id_ for _, id_ in world.told()) == ids

    folder = Folder.open(tmp_path / "hub")
    (folder.path / "ledger").write_text("in the way", encoding="utf-8")
    answer = world.run(*words, data=folder.path)
    assert answer.exit_code == 1
    assert not [id_ for id_ in ids if id_ in answer.output]


def test_a_reason_that_is_left_out_is_asked_for(world: World) -> None:
    answer = world.run("mark", world.id_of(SHE), "--protection", "refuge", "--by", "A. Duty")
    assert (answer.exit_code, answer.stderr.startswith("Why: ")) == (1, True)
    assert world.address("asb-officer") == ["5 Rose Street"]


def test_nothing_is_done_where_there_is_no_ledger_and_what_was_not_recorded_is_later(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder.open(tmp_path / "hub")
    (folder.path / "ledger").write_text("in the way", encoding="utf-8")
    arguments = ("mark", world.id_of(SHE), "--protection", "refuge", *BY)
    answer = world.run(*arguments, data=folder.path)
    assert (answer.exit_code, answer.output.startswith("Error: ")) == (1, True)
    assert world.address("asb-officer") == ["5 Rose Street"]
    world.done("judgements", world.id_of(SHE))
    answer = world.run("judgements", world.id_of(SHE), data=folder.path)
    assert (answer.exit_code, answer.output.count("\n"), "Error: " in answer.output) == (1, 1, True)

    async def full(_: FileLedger, entry: Entry) -> str:
        del entry
        raise LedgerUnavailable("no room")

    with monkeypatch.context() as while_full:
        while_full.setattr(FileLedger, "record", full)
        answer = world.run(*arguments)
        listed = world.run("judgements", world.id_of(SHE))
    assert (listed.exit_code, listed.output) == (1, "Error: no room\n")
    assert (answer.exit_code, answer.output) == (1, "Error: it is done, and is recorded once there is room: no room\n")
    assert world.address("asb-officer") == [None]
    world.done("mark", world.id_of(SHE), "--lift", "refuge", *BY)
    found = world.run("ledger", "who-changed", world.id_of(SHE)).output
    assert re.search(rf"^    raise refuge: Person \S+\n    - made \S+ {re.escape(SAID)}$", found, re.MULTILINE)
