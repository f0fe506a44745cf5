"""`hub token` on a real data folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hub.cli.main import main
from hub.demo_people import DEMO_PEOPLE
from hub.folder import Folder
from hub.identity.errors import Unauthenticated
from hub.identity.issuing import ISSUER, KEY_NAME, KEY_SIZE, development_issuer
from hub.identity.verifier import Verifier
from hub.settings import Mode


def run(folder: Path, *arguments: str, mode: str = "") -> Result:
    return CliRunner().invoke(main, ["token", *arguments], env={"HUB_DATA": str(folder), "HUB_MODE": mode})


@pytest.mark.parametrize("person", DEMO_PEOPLE, ids=lambda person: person.name)
def test_a_printed_token_is_the_persons(tmp_path: Path, person: object) -> None:
    (person,) = (one for one in DEMO_PEOPLE if one == person)
    result = run(tmp_path, person.name, "--hours", "2")
    assert result.exit_code == 0, result.output
    issuer = development_issuer(Folder.open(tmp_path).secret(KEY_NAME, KEY_SIZE), Mode.DEMO)
    agencies = {person.agency: frozenset({person.role})}
    verifier = Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: agencies)
    assert verifier.verify(result.output.strip(), datetime.now(UTC)) == person.principal
    with pytest.raises(Unauthenticated, match="expired"):
        verifier.verify(result.output.strip(), datetime.now(UTC) + timedelta(hours=2, minutes=1))


def test_the_list_names_everybody_with_their_purposes(tmp_path: Path) -> None:
    lines = run(tmp_path, "--list").output.splitlines()
    assert [line.split()[0] for line in lines] == [person.name for person in DEMO_PEOPLE]
    assert "ASB_PREVENTION" in lines[0]


@pytest.mark.parametrize(
    ("arguments", "mode", "said"),
    [
        (("nobody",), "", "nobody in the demo is called 'nobody'"),
        (("auditor",), "production", "HUB_MODE is production"),
        ((), "", "say whose token"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], mode: str, said: str) -> None:
    result = run(tmp_path, *arguments, mode=mode)
    assert result.exit_code != 0
    assert said in result.output
