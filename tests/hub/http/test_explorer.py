"""The explorer page: in the demo, for this machine, from the hub's own files."""

import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from hub.app import Parts, create_app
from hub.demo_people import DEMO_PEOPLE
from tests.support.http_server import serving

PRESETS = "/explorer/viewers"


@pytest.fixture
def page(client: httpx.Client) -> str:
    return client.get("/").text


def test_the_page_and_everything_that_it_names_come_from_the_hub(client: httpx.Client, page: str) -> None:
    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(named) >= 6
    for path in named:
        assert path == "data:," or client.get(path).status_code == 200, path


def test_nothing_runs_on_the_page_but_the_hubs_own_files(client: httpx.Client, page: str) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)


def test_every_control_of_the_page_has_a_label(page: str) -> None:
    assert re.findall(r'<label for="(\w+)"', page) == re.findall(r'<select id="(\w+)"', page)


def test_the_presets_are_the_people_of_the_demo_with_tokens_that_work(client: httpx.Client) -> None:
    presets = client.get(PRESETS).json()
    assert presets["query"] == "{ me { id } }"
    assert [viewer["name"] for viewer in presets["viewers"]] == [person.name for person in DEMO_PEOPLE]
    for viewer in presets["viewers"]:
        headers = {"Authorization": f"Bearer {viewer['token']}", "Hub-Purpose": viewer["purposes"][0]}
        told = client.post("/graphql", json={"query": "{ me }"}, headers=headers).json()["data"]
        assert (told["subject"], told["purpose"]) == (viewer["name"], viewer["purposes"][0])


@pytest.mark.parametrize("path", ["/", PRESETS, "/explorer/page.js"])
def test_a_page_elsewhere_cannot_point_its_own_name_here(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 404


def test_there_is_no_explorer_outside_the_demo(parts: Parts) -> None:
    app = create_app(replace(parts, explorer=None))
    with serving(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        for path in ("/", PRESETS, "/explorer/page.js", "/explorer/vendor/graphiql.min.js"):
            assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path", ["/explorer/../routes.py", "/explorer/%2e%2e/routes.py", "/explorer/vendor/../../routes.py"]
)
def test_nothing_beside_the_pages_files_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_vendored_files_are_the_published_ones_as_the_notice_lists_them() -> None:
    vendor = files("hub") / "explorer" / "static" / "vendor"
    notice = (Path(str(files("hub"))).parent / "NOTICE").read_text(encoding="utf-8")
    for entry in vendor.iterdir():
        digest = hashlib.sha256(entry.read_bytes()).hexdigest()
        assert f"{digest}  {entry.name} " in notice
