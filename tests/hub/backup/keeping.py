"""A hub with something in it, what its graph holds, and backups that somebody wrote by hand."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.mirror import MirroredHead, write_head
from graph.store import Store
from graph.vocabulary import Node
from hub.backup.making import Occasion
from hub.folder import Folder
from hub.ledger.seals import public_text
from hub.ledger.segments import write_public_key
from hub.services import Services
from policies.vocabulary import Protection
from tests.hub.ledger.writing import KEY, told, write
from tests.support import scenes
from tests.support.scenes import case, concerns, person, premises, resides, sibling, thing

NODES = "MATCH (n) WHERE NOT n:Turn AND NOT n:Migration RETURN collect([labels(n), properties(n)])"
LINKS = "MATCH (a)-[e]->(b) RETURN collect([properties(a), type(e), properties(e), properties(b)])"
OCCASION = Occasion(now="2026-11-24T12:00:00Z", process="test", policies="a hash")
FAMILY = """{ people(filter: {familyName: {eq: "Ash"}}, first: 10) {
  edges { node { id givenName address records { id familyName } knownTo { agency { name } } } } } }"""


async def fill(store: Store) -> None:
    """A partnership, a family known to two agencies, a refuge, and numbers of every kind."""
    await scenes.state_partnership(store)
    ada = person("council/1", familyName="Ash", givenName="Ada", dateOfBirth="1990-01-02", nhsNumber="9434765919")
    same = person("police/7", familyName="Ash", givenName="Ada", dateOfBirth="1990-01-02", nhsNumber="9434765919")
    ben = person("council/2", familyName="Ash", givenName="Bén \u2028 \U0001f600", aliases=["B", "Benny"])
    refuge = premises(
        "council/council-asb-people/9", Protection.REFUGE, address="1 Away", latitude=51.5, longitude=-1.0
    )
    eatery = thing(Node.ESTABLISHMENT, "hub/food-hygiene/3", name="Eatery", hygieneScore=0, postcode="W1 1AA")
    matter = case("council/asb-cases/5", "council", "police", caseType="NOISE")
    links = (resides(ada, refuge), sibling(ada, ben), concerns(matter, ben, "VICTIM"), concerns(matter, eatery))
    await scenes.write(store, ada, same, ben, refuge, eatery, matter, *links, seed="family")


async def a_hub(store: Store, path: Path) -> Services:
    """The family, and a ledger of a few full segments that the graph remembers."""
    await fill(store)
    folder = Folder.open(path)
    head = write(folder.ledger, [told(f"rec_{number}") for number in range(20)], segment_bytes=2_000)
    write_public_key(folder.ledger, public_text(KEY.public_key()))
    ledger = public_text(KEY.public_key())
    await write_head(store, MirroredHead(ledger=ledger, chain=0, sequence=head.sequence, hash=head.hash))
    for name in ("cursors", "ledger-seals", "development-issuer"):
        folder.secret(name, 32)
    return Services(folder=folder, store=store, engine=None)


async def held_by(store: Store) -> tuple[list[str], list[str]]:
    """Everything in the graph, in an order that does not depend on the engine's."""
    nodes, links = await store.read(NODES), await store.read(LINKS)
    return _sorted(nodes), _sorted(links)


def _sorted(rows: list[Any]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def files(folder: Path) -> dict[str, bytes]:
    """What a data folder holds, without what belongs to this machine only."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name.startswith(("ledger/", "keys/")) and content}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def forge(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write a backup with a digest and counts that fit, as somebody who knows the format would."""
    digest, counts = hashlib.sha256(), {kind: dict[str, int]() for kind in ("nodes", "links", "file")}
    whole = b""
    for line in lines:
        if line["kind"] in counts:
            of = counts[line["kind"]]
            of[line["of"]] = of.get(line["of"], 0) + len(line["rows"])
        end = {"counts": counts, "sha256": digest.hexdigest()} if line["kind"] == "end" else {}
        raw = json.dumps({**line, **end}, ensure_ascii=False).encode() + b"\n"
        digest.update(raw)
        whole += raw
    path.write_bytes(gzip.compress(whole))
