"""`hub policy explain` on a real graph: rungs and reasons, no value, and an entry in the ledger or nothing."""

import asyncio
import json
import os
import pwd
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph.store import Connection, Store
from graph.vocabulary import Node
from hub.cli.main import main
from hub.folder import Folder
from hub.ledger.reading import Recorded, recorded
from policies.aspects import aspects
from policies.vocabulary import Protection
from schema.catalogue import catalogue
from tests.support.engine import fresh_store
from tests.support.hub import DAY, TestHub, a_hub
from tests.support.scenes import SENSITIVE, case, concerns, person, premises, state_partnership, thing, write

QUEENS_PARK, WEST_END = "E05013804", "E05013808"
VALUES = {
    "givenName": "Marigold",
    "familyName": "Quillfeather",
    "dateOfBirth": "1987-03-12",
    "address": "12 Nowhere Mews",
    "postcode": "W2 1ZZ",
    "phone": "020 7946 0999",
    "email": "marigold@example.org",
    "nhsNumber": "9434765919",
}
ADA = person("police/1", ward=QUEENS_PARK, **VALUES)
BELLA = person("council/2", Protection.REFUGE, ward=WEST_END, givenName="Bella", dateOfBirth="1990-01-01")
PLACE = premises("council/council-asb-cases/3", ward=QUEENS_PARK, address="12 Nowhere Mews", postcode="W2 1ZZ")
MATTER = case("council/council-asb-cases/4", "council", "housing")
REPORT = thing(Node.REFERRAL, "council/referrals/5", state="RECEIVED", agencies=["council"], version=1)
SECRET = thing(Node.REFERRAL, "council/intelligence/6", SENSITIVE, state="RECEIVED", agencies=[], version=1)
CASE_OF_ADA = concerns(MATTER, ADA, "COMPLAINANT")
SCENE = concerns(MATTER, PLACE)
USER = pwd.getpwuid(os.getuid()).pw_name


class World:
    """A graph with a few people in it, and a data folder."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = Folder.open(folder / "hub")
        self.ids = asyncio.run(self._filled())

    @property
    def variables(self) -> dict[str, str]:
        return {
            "HUB_DATA": str(self.folder.path),
            "HUB_GRAPH_URL": self.connection.url,
            "HUB_GRAPH_USER": self.connection.user,
            "HUB_GRAPH_PASSWORD": self.connection.password,
        }

    async def _filled(self) -> dict[str, str]:
        async with fresh_store(self.connection) as store:
            await state_partnership(store)
            await write(store, ADA, BELLA, PLACE, MATTER, REPORT, SECRET, CASE_OF_ADA, SCENE)
            found = {name: await _id(store, fact.type, fact.source.key) for name, fact in _NAMED.items()}
            for name in ("ada", "bella"):
                found[f"person of {name}"] = await store.read(_PERSON, {"id": found[name]})
            return found

    def run(self, *arguments: str) -> Result:
        return CliRunner(env=self.variables).invoke(main, ["policy", "explain", *arguments])

    def explain(self, *arguments: str) -> Any:  # noqa: ANN401 - as JSON has it
        answer = self.run("--reason", "complaint 17", "--on", DAY, "--format", "json", *arguments)
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    def entries(self) -> list[Recorded]:
        return list(recorded(self.folder.ledger))


_NAMED = {"ada": ADA, "bella": BELLA, "place": PLACE, "matter": MATTER, "report": REPORT, "secret": SECRET}
_PERSON = "MATCH (:PersonRecord {recordId: $id})-[:ABOUT]->(p:Person) RETURN p.personId"


async def _id(store: Store, node: Node, key: str) -> str:
    statement = f"MATCH (n:{node.label}) WHERE n.sourceKey ENDS WITH $key RETURN n.{node.id_property}"
    return str(await store.read(statement, {"key": f"/{key}"}))


@pytest.fixture(scope="module")
def world(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(embedded, tmp_path_factory.mktemp("explain"))


def fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    return {one["name"]: one for one in record["fields"]}


OFFICER = ("--as", "asb-officer", "--purpose", "ASB_PREVENTION")
COUNCILLOR = ("--as", f"council:councillor:{WEST_END}", "--purpose", "ASB_PREVENTION")
CASEWORKER = ("--as", "victim-support", "--purpose", "ASB_PREVENTION")


def test_each_field_names_the_grant_that_gives_it(world: World) -> None:
    said = world.explain(*OFFICER, "--person", world.ids["person of ada"])
    (record,) = said["records"]
    assert (record["id"], record["class"]) == (world.ids["ada"], "Person/police/police-nominals/OFFICIAL/-/-")
    assert record["person"] == {
        "id": world.ids["person of ada"],
        "protections": [],
        "caseAgencies": ["council", "housing"],
        "age": "of age",
    }
    phone, number = fields(record)["phone"], fields(record)["nhsNumber"]
    assert phone["given"] == [{"agreement": "asb-panel", "grant": "person-casework", "rung": "full"}]
    assert (phone["shown"], phone["inFull"], number["shown"], number["given"]) == ("full", True, "nothing", [])


@pytest.mark.parametrize(
    ("who", "thing", "field", "reason"),
    [
        (CASEWORKER, "ada", "phone", "case_member: victim_support is in no open case concerning this person"),
        (COUNCILLOR, "matter", "status", f"in_area: ward {QUEENS_PARK} is not one of the viewer's"),
        (
            ("--as", "larkhall:dsl", "--purpose", "CHILD_SAFEGUARDING"),
            "ada",
            "dateOfBirth",
            f"child: of age on {DAY}",
        ),
    ],
)
def test_an_unmet_condition_is_put_in_words(
    world: World, who: tuple[str, ...], thing: str, field: str, reason: str
) -> None:
    (record,) = world.explain(*who, "--id", world.ids[thing])["records"]
    said = {words for unmet in fields(record)[field]["unmet"] for words in unmet["conditions"].values()}
    assert reason in said


def acts(record: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    return {one["name"]: one for one in record["acts"]}


def test_each_act_names_the_clause_that_gives_it_or_the_condition_that_would(world: World) -> None:
    (own,) = world.explain(*OFFICER, "--case", world.ids["matter"])["records"]
    close = acts(own)["close"]
    assert (close["may"], close["unmet"]) == (True, [])
    assert close["given"] == [{"agreement": "own-records", "grant": "lead-cases", "rung": "may"}]
    police = ("--as", "police-officer", "--purpose", "ASB_PREVENTION")
    (seen,) = world.explain(*police, "--case", world.ids["matter"])["records"]
    assert (acts(seen)["note"]["may"], acts(seen)["note"]["given"]) == (False, [])
    (more,) = [one for one in acts(seen)["note"]["unmet"] if one["agreement"] == "asb-panel"]
    assert more["conditions"] == {"case_member": "case_member: police does not take part in this case"}
    assert (acts(seen)["transferLead"]["may"], acts(seen)["transferLead"]["unmet"]) == (False, [])


def test_nothing_is_done_to_what_is_not_shown_whatever_gives_it(world: World) -> None:
    (person_,) = world.explain(*OFFICER, "--person", world.ids["ada"])["records"]
    assert acts(person_)["link"]["may"]
    (own,) = world.explain(*OFFICER, "--id", world.ids["report"])["records"]
    assert acts(own)["triage"]["may"]
    (hidden,) = world.explain(*OFFICER, "--id", world.ids["secret"])["records"]
    assert {one["shown"] for one in hidden["fields"]} == {"nothing"}
    submit = acts(hidden)["submit"]
    assert (submit["may"], [one["agreement"] for one in submit["given"]]) == (False, ["own-records"])
    answer = world.run(*OFFICER, "--reason", "r", "--id", world.ids["secret"])
    assert "no: it is not shown" in " ".join(answer.output.split())


def test_a_place_has_no_acts(world: World) -> None:
    (record,) = world.explain(*OFFICER, "--premises", world.ids["place"])["records"]
    assert "acts" not in record


def test_a_capped_field_names_the_limit_and_a_hidden_condition_tells_nothing(world: World) -> None:
    (record,) = world.explain(*COUNCILLOR, "--person", world.ids["person of bella"])["records"]
    assert record["person"]["protections"] == ["refuge"]
    name = fields(record)["givenName"]
    assert (name["shown"], name["unmet"]) == ("nothing", [])
    assert name["hidden"] == [
        {"agreement": "councillor-casework", "grant": "person", "conditions": ["in_area"], "limits": ["refuge"]}
    ]
    (own,) = world.explain(*OFFICER, "--person", world.ids["bella"])["records"]
    assert fields(own)["address"]["limits"] == [{"limit": "refuge", "leaves": "nothing", "conditions": []}]


def test_what_is_explained_is_what_the_interface_shows(world: World) -> None:
    """The withheld fields of an answer are those that the explanation does not show in full."""
    query = "query ($id: ID!) { person(id: $id) { access { level withheld { field } } } }"

    async def asked(who: str) -> list[str]:
        store = Store(world.connection)
        try:
            hub: TestHub = await a_hub(store)
            data = await hub.data(who, "ASB_PREVENTION", query, {"id": world.ids["person of ada"]})
        finally:
            await store.close()
        return [entry["field"] for entry in data["person"]["access"]["withheld"]]

    for who in ("asb-officer", "victim-support", "housing-officer"):
        said = world.explain("--as", who, "--purpose", "ASB_PREVENTION", "--person", world.ids["person of ada"])
        (record,) = said["records"]
        assert [name for name, one in fields(record).items() if not one["inFull"]] == asyncio.run(asked(who))


def test_another_day_has_other_agreements(world: World) -> None:
    late = world.run(*OFFICER, "--reason", "r", "--person", world.ids["ada"], "--on", "2030-01-01")
    assert late.exit_code == 0
    assert "no agreement permits ASB_PREVENTION to such a viewer on that day" in late.output
    assert "no agreement in force on 2030-01-01 gives such a viewer anything of such a record" in late.output


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("who", ["asb-officer", "councillor", "police-officer"])
def test_no_value_is_printed_whoever_is_asked_about(world: World, who: str, form: str) -> None:
    things = [part for name in ("ada", "bella", "place", "matter") for part in ("--id", world.ids[name])]
    answer = world.run("--as", who, "--purpose", "ASB_PREVENTION", "--reason", "r", "--format", form, *things)
    assert answer.exit_code == 0, answer.output
    assert world.ids["ada"] in answer.output
    stated = [*VALUES.values(), "Bella", "1990-01-01", "2005-03-12", "2008-01-01", str(MATTER.values["reference"])]
    assert [value for value in stated if value in answer.output] == []


def test_the_table_lists_every_field_of_every_record_and_every_act(world: World) -> None:
    answer = world.run(*OFFICER, "--reason", "r", "--person", world.ids["ada"], "--case", world.ids["matter"])
    types = catalogue().types
    of_acts = catalogue().acts
    named = [
        name
        for kind in ("Person", "Case")
        for name in (*(one.name for one in aspects(types[kind])), *of_acts[kind].by_name)
    ]
    listed = [line.split("│")[1].strip() for line in answer.output.splitlines() if line.startswith("│")]
    assert [name for name in listed if name] == named


def test_a_look_up_is_recorded_with_the_user_and_the_reason_before_it_is_told(world: World) -> None:
    said = world.explain(*OFFICER, "--person", world.ids["person of ada"])
    entry = next(one.entry for one in world.entries() if one.receipt == said["receipt"])
    assert (entry.subject, entry.purpose, entry.policy) == (f"os:{USER}", "AUDIT", said["policy"])
    meant = f"policy explain as council:asb_officer for ASB_PREVENTION on {DAY}: complaint 17"
    assert entry.operation == meant
    ((told,),) = (entry.disclosures,)
    assert (told.records, told.fields, told.personal) == ((world.ids["ada"],), {"access": "explained"}, True)
    seen = CliRunner(env=world.variables).invoke(main, ["ledger", "who-saw", world.ids["person of ada"]])
    assert f"os:{USER}  AUDIT\n    Person {world.ids['ada']}: access (explained)" in seen.output


def test_nothing_is_told_that_cannot_be_recorded(world: World, tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "hub")
    (folder.path / "ledger").write_text("in the way", encoding="utf-8")
    arguments = ["policy", "explain", *OFFICER, "--reason", "r", "--person", world.ids["ada"]]
    answer = CliRunner(env=world.variables | {"HUB_DATA": str(folder.path)}).invoke(main, arguments)
    assert answer.exit_code == 1
    assert "asb-panel" not in answer.output
    assert answer.output.startswith("Error: ")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"--as": "nobody"}, "nobody in the demo is called 'nobody'; there are: asb-officer, housing-officer"),
        ({"--as": "councl:asb_officer"}, "there is no agency 'councl'; there are: council, "),
        ({"--as": "council:dsl"}, "there is no role in council 'dsl'; there are: asb_officer, auditor, councillor"),
        ({"--as": "council:dsl:a:b"}, "write agency:role or agency:role:ward,ward"),
        ({"--purpose": "ASB"}, "'ASB_PREVENTION', 'CRIME_PREVENTION'"),
        ({"--on": "yesterday"}, "'yesterday' is not a day; write one as 2026-11-24"),
        ({"--on": "20261124"}, "'20261124' is not a day; write one as 2026-11-24"),
        ({"--person": "case_1"}, "'case_1' is no id of such a thing; there are: per_..., rec_..."),
        ({"--person": "per_nobody"}, "nothing is stored of per_nobody"),
        ({"--id": "Ada"}, "'Ada' is no id of such a thing; there are: per_..., rec_..., pre_..."),
        ({"--reason": " "}, "write a line of 1 to 200 characters"),
        ({"--reason": "two\nlines"}, "write a line of 1 to 200 characters"),
    ],
)
def test_what_is_not_understood_is_said_with_the_words_that_there_are(
    world: World, changes: dict[str, str], sentence: str
) -> None:
    given = {"--as": "asb-officer", "--purpose": "ASB_PREVENTION", "--reason": "r", "--person": world.ids["ada"]}
    before = len(world.entries())
    answer = world.run(*(part for option in (given | changes).items() for part in option))
    assert (answer.exit_code, len(world.entries())) == (2, before)
    assert sentence in " ".join(answer.output.split())


def test_a_reason_that_is_left_out_is_asked_for_and_nothing_is_told_without_one(world: World) -> None:
    arguments = ["policy", "explain", *OFFICER, "--person", world.ids["ada"], "--format", "json"]
    before = len(world.entries())
    asked = CliRunner(env=world.variables).invoke(main, arguments, input="complaint 18\n")
    assert asked.exit_code == 0, asked.output
    assert asked.stderr.startswith("Why you look: ")
    assert json.loads(asked.stdout)
    assert world.entries()[-1].entry.operation.endswith(": complaint 18")
    silent = CliRunner(env=world.variables).invoke(main, arguments)
    assert (silent.exit_code, silent.stdout) == (1, "")
    assert len(world.entries()) == before + 1


def test_something_must_be_asked_about(world: World) -> None:
    answer = world.run(*OFFICER, "--reason", "r")
    assert answer.exit_code == 2
    assert "say of what: --person, --case, --premises or --id" in answer.output


def test_a_retired_person_is_explained_as_the_successor(world: World) -> None:
    async def retire() -> None:
        store = Store(world.connection)
        statement = "MATCH (p:Person {personId: $id}) CREATE (:Person {personId: 'per_old'})-[:SUCCEEDED_BY]->(p)"
        try:
            await store.write(lambda tx: tx.run(statement, {"id": world.ids["person of ada"]}))
        finally:
            await store.close()

    asyncio.run(retire())
    (record,) = world.explain(*OFFICER, "--person", "per_old")["records"]
    assert record["person"]["id"] == world.ids["person of ada"]
