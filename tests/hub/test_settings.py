"""Settings are read once, and a bad one is named."""

import base64
from pathlib import Path

import pytest

from graph.store import Connection
from hub.journal import Style
from hub.settings import Mode, Settings, SettingsError

GRAPH = {"HUB_GRAPH_URL": "neo4j+s://graph.example:7687", "HUB_GRAPH_USER": "hub", "HUB_GRAPH_PASSWORD": "secret words"}


def test_without_settings_the_hub_serves_this_machine_only_from_its_user_s_data_home() -> None:
    settings = Settings.read({"HOME": "/users/ada"})
    assert (settings.host, settings.port, settings.mode) == ("127.0.0.1", 8000, Mode.PRODUCTION)
    assert settings.data == Path("/users/ada/.local/share/concord-hub")
    assert settings.policies is None
    assert settings.graph is None


def test_every_setting_is_read(tmp_path: Path) -> None:
    given = {"HUB_HOST": "::1", "HUB_PORT": "9000", "HUB_DATA": "/d", "HUB_POLICIES": str(tmp_path), "HUB_MODE": "demo"}
    given["HUB_MAPPINGS"] = str(tmp_path)
    key = tmp_path / "key"
    key.write_text("ab" * 32 + "\n", encoding="ascii")
    given |= {"HUB_LOG": "json", "HUB_FAST_WAY": "off", "HUB_MASTER_KEY_FILE": str(key)}
    given |= {"HUB_REDIS_URL": "redis://wake.example:6379"}
    given |= {"HUB_REFER_EACH": "3", "HUB_REFER_ALL": "0"}
    assert Settings.read({**given, **GRAPH}) == Settings(
        host="::1",
        port=9000,
        data=Path("/d"),
        policies=tmp_path,
        mappings=tmp_path,
        mode=Mode.DEMO,
        log=Style.JSON,
        fast_way=False,
        refer_each=3,
        refer_all=0,
        graph=Connection(url="neo4j+s://graph.example:7687", user="hub", password="secret words"),
        master_key=b"\xab" * 32,
        redis="redis://wake.example:6379",
    )


def test_an_empty_value_counts_as_none() -> None:
    assert Settings.read({"HUB_DATA": "/d", "HUB_PORT": "", "HUB_GRAPH_URL": " "}) == Settings.read({"HUB_DATA": "/d"})


def test_a_command_s_own_mode_holds_where_none_is_set() -> None:
    assert Settings.read({"HUB_DATA": "/d"}, mode=Mode.DEMO).mode is Mode.DEMO
    assert Settings.read({"HUB_DATA": "/d", "HUB_MODE": "production"}, mode=Mode.DEMO).mode is Mode.PRODUCTION


def test_logs_are_for_machines_in_production_and_for_people_in_the_demo() -> None:
    assert Settings.read({"HUB_DATA": "/d"}).log is Style.JSON
    assert Settings.read({"HUB_DATA": "/d", "HUB_MODE": "demo"}).log is Style.TEXT


def test_the_password_is_not_shown() -> None:
    assert "secret words" not in repr(Settings.read({"HUB_DATA": "/d", **GRAPH}))
    with pytest.raises(SettingsError) as caught:
        Settings.read({"HUB_DATA": "/d", **GRAPH, "HUB_GRAPH_URL": "bolt://hub:secret@graph"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("text", ["ab" * 32, " " + "AB" * 32, base64.b64encode(b"\xab" * 32).decode()])
def test_the_master_key_may_stand_in_the_environment_or_in_a_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(f"{text}\n", encoding="ascii")
    for given in ({"HUB_MASTER_KEY": text}, {"HUB_MASTER_KEY_FILE": str(tmp_path / "key")}):
        settings = Settings.read({"HUB_DATA": "/d", **given})
        assert settings.master_key == b"\xab" * 32
        assert "xab" not in repr(settings)


@pytest.mark.parametrize(("name", "text"), [("HUB_MASTER_KEY", "5e" * 33), ("HUB_MASTER_KEY_FILE", "5e" * 32)])
def test_no_message_shows_a_key(name: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({"HUB_DATA": "/d", name: text})
    assert "5e" not in str(caught.value)


def test_in_production_it_is_said_whose_tokens_are_believed_and_where_browsers_find_the_hub(tmp_path: Path) -> None:
    for given, url in (
        ("https://hub.example/", "https://hub.example"),
        ("http://localhost:8000", "http://localhost:8000"),
    ):
        settings = Settings.read({"HUB_DATA": "/d", "HUB_ISSUERS": str(tmp_path), "HUB_URL": given})
        assert (settings.issuers, settings.url) == (tmp_path, url)


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret words\n")
    given = {name: value for name, value in GRAPH.items() if name != "HUB_GRAPH_PASSWORD"}
    found = Settings.read({"HUB_DATA": "/d", **given, "HUB_GRAPH_PASSWORD_FILE": str(tmp_path / "password")})
    assert found == Settings.read({"HUB_DATA": "/d", **GRAPH})


@pytest.mark.parametrize(
    ("given", "named", "allowed"),
    [
        ({"HUB_PORT": "eighty"}, "HUB_PORT", "1 to 65535"),
        ({"HUB_PORT": "0"}, "HUB_PORT", "1 to 65535"),
        ({"HUB_PORT": "65536"}, "HUB_PORT", "1 to 65535"),
        ({"HUB_PORT": "\uff18\uff10"}, "HUB_PORT", "1 to 65535"),
        ({"HUB_FAST_WAY": "no"}, "HUB_FAST_WAY", "on and off"),
        ({"HUB_REFER_EACH": "-1"}, "HUB_REFER_EACH", "0 to 100000"),
        ({"HUB_REFER_ALL": "many"}, "HUB_REFER_ALL", "0 to 100000"),
        ({"HUB_LOG": "xml"}, "HUB_LOG", "json and text"),
        ({"HUB_GRAPH_PASSWORD_FILE": "/nowhere"}, "HUB_GRAPH_PASSWORD_FILE", "a file that can be read"),
        ({"HUB_MASTER_KEY_FILE": "/nowhere"}, "HUB_MASTER_KEY_FILE", "64 hexadecimal digits"),
        ({"HUB_MASTER_KEY_FILE": "ab" * 32}, "HUB_MASTER_KEY_FILE is a key itself", "name of a file"),
        ({"HUB_MASTER_KEY": "ab" * 31}, "HUB_MASTER_KEY", "Base64 of 32 bytes"),
        ({"HUB_MASTER_KEY": "qw" * 32}, "HUB_MASTER_KEY", "64 hexadecimal digits"),
        ({"HUB_MASTER_KEY": "ab" * 32, "HUB_MASTER_KEY_FILE": "/nowhere"}, "HUB_MASTER_KEY_FILE", "one of them"),
        ({"HUB_MODE": "prod"}, "HUB_MODE", "demo and production"),
        ({"HUB_POLICIES": "/nowhere"}, "HUB_POLICIES", "a folder that exists"),
        ({"HUB_MAPPINGS": "/nowhere"}, "HUB_MAPPINGS", "a folder that exists"),
        ({"HUB_ISSUERS": "/nowhere"}, "HUB_ISSUERS", "a folder that exists"),
        ({"HUB_ISSUERS": "/", "HUB_MODE": "demo"}, "HUB_ISSUERS is set, and HUB_MODE is demo", "one of them"),
        *(
            ({"HUB_URL": url}, "HUB_URL", "https://HOST[:PORT]")
            for url in (
                "http://hub.example",
                "hub.example",
                "https://",
                "https://hub.example/work",
                "https://a@hub.example",
            )
        ),
        ({"HUB_GRAPH_URL": "bolt://x"}, "HUB_GRAPH_USER and HUB_GRAPH_PASSWORD", "all of"),
        ({"HUB_GRAPH_PASSWORD": "x"}, "HUB_GRAPH_URL and HUB_GRAPH_USER", "all of"),
        ({**GRAPH, "HUB_GRAPH_URL": "http://x"}, "HUB_GRAPH_URL", "bolt://HOST[:PORT]"),
        ({**GRAPH, "HUB_GRAPH_URL": "graph.example:7687"}, "HUB_GRAPH_URL", "neo4j://HOST[:PORT]"),
        ({**GRAPH, "HUB_GRAPH_URL": "bolt://"}, "HUB_GRAPH_URL", "neo4j+s://HOST[:PORT]"),
        ({**GRAPH, "HUB_GRAPH_URL": "bolt://x:port"}, "HUB_GRAPH_URL", "bolt+s://HOST[:PORT]"),
        ({**GRAPH, "HUB_GRAPH_URL": "bolt://user:pass@x"}, "HUB_GRAPH_URL", "bolt://HOST[:PORT]"),
    ],
)
def test_a_bad_value_names_the_setting_and_what_is_allowed(given: dict[str, str], named: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({"HUB_DATA": "/d", **given})
    assert named in str(caught.value)
    assert allowed in str(caught.value)


def test_without_a_home_the_data_folder_must_be_set() -> None:
    with pytest.raises(SettingsError, match="HUB_DATA"):
        Settings.read({})
