"""What the documents of issuers may say; whatever they may not is told with its line."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hub.identity.errors import IssuersUnusable
from hub.identity.issuer_documents import read_issuers

ROOT = Path(__file__).parents[3]
AGENCIES = {"council": frozenset({"asb_officer", "auditor", "public"}), "police": frozenset({"officer"})}
SOUND = {"issuer": "https://login.example.org", "agencies": "council"}
SIGN_IN = {"title": "City Council", "client": "hub-pages"}


def written(folder: Path, **documents: dict[str, Any]) -> Path:
    for name, said in documents.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(IssuersUnusable) as caught:
        read_issuers(folder, AGENCIES)
    return str(caught.value)


def test_the_example_of_the_documents_holds(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml issuers/city-council.yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "city-council.yaml").write_text(block, encoding="utf-8")
    told = read_issuers(tmp_path, AGENCIES)["city-council"]
    assert told.agencies == ("council",)
    assert told.claims.subject == ("oid",)
    assert told.roles == {"asb_officer": ("Concord-ASB",), "auditor": ("Concord-Audit", "Information-Governance")}
    assert told.sign_in is not None
    assert told.sign_in.hours == 8


def test_little_need_be_said_and_then_what_is_strictest_holds(tmp_path: Path) -> None:
    told = read_issuers(written(tmp_path, council=SOUND), AGENCIES)["council"]
    assert told.algorithms == ("RS256",)
    assert told.token_types == ("at+jwt",)
    assert told.sign_in is None


def test_a_folder_without_a_document_believes_nobody(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("issuer: https://login.example.org", encoding="utf-8")
    assert read_issuers(tmp_path, AGENCIES) == {}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"issuer": "http://login.example.org"}, "write an address as https"),
        ({"issuer": "https://a:b@login.example.org"}, "write an address as https"),
        ({"issuer": "https://login.example.org?tenant=7"}, "without a query"),
        ({"issuer": "login.example.org"}, "write an address as https"),
        ({"agencies": []}, "`agencies`"),
        ({"agencies": "counsil"}, "did you mean `council`?"),
        ({"algorithms": "HS256"}, "unknown word `HS256`"),
        ({"algorithms": "none"}, "unknown word `none`"),
        ({"algorithms": []}, "`algorithms`"),
        ({"token_types": "id+jwt"}, "unknown word `id+jwt`"),
        ({"audience": ""}, "`audience`"),
        ({"roles": {"officer": "Police"}}, "unknown role `officer`"),
        ({"roles": {"public": "Everybody"}}, "unknown role `public`"),
        ({"sign_in": {**SIGN_IN, "client": "concord"}}, "must not be the audience"),
        ({"sign_in": {**SIGN_IN, "hours": 13}}, "`hours`"),
        ({"sign_in": {**SIGN_IN, "title": ""}}, "`title`"),
        ({"sign_in": {"title": "City Council"}}, "`client` is missing"),
        ({"secret": "x"}, "unknown key `secret`"),
    ],
)
def test_what_may_not_stand_there_is_told(tmp_path: Path, said: dict[str, Any], reason: str) -> None:
    told = refusal(written(tmp_path, council={**SOUND, **said}))
    assert reason in told
    assert re.match(r"council\.yaml:\d+: error: ", told)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, council=SOUND, other=SOUND, Police={**SOUND, "issuer": "https://login.police.example.org"})
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "empty.yaml").touch()
    told = refusal(tmp_path)
    assert "bytes.yaml:1: error: cannot be read as UTF-8 text" in told
    assert "empty.yaml:1: error: the document is empty" in told
    assert "other.yaml:2: error: this issuer stands in council.yaml already" in told
    assert "Police.yaml:1: error: call the file by small letters" in told


@given(text=st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("issuers")
    (folder / "council.yaml").write_text(text, encoding="utf-8", errors="replace")
    refusal(folder)
