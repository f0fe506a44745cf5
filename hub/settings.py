"""The hub's settings: read once, from a mapping, into one frozen value."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from graph.store import Connection
from hub.journal import Style
from policies.sealing import KEY_SIZE

MOST_REFERRALS = 100_000
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SCHEMES = ("bolt", "bolt+s", "neo4j", "neo4j+s")
REDIS_SCHEMES = ("redis", "rediss")
_KEY = f"{2 * KEY_SIZE} hexadecimal digits, or Base64 of {KEY_SIZE} bytes"
NAMES = (
    "HUB_HOST",
    "HUB_PORT",
    "HUB_DATA",
    "HUB_POLICIES",
    "HUB_MAPPINGS",
    "HUB_MODE",
    "HUB_LOG",
    "HUB_FAST_WAY",
    "HUB_REFER_EACH",
    "HUB_REFER_ALL",
    "HUB_GRAPH_URL",
    "HUB_GRAPH_USER",
    "HUB_GRAPH_PASSWORD",
    "HUB_GRAPH_PASSWORD_FILE",
    "HUB_MASTER_KEY",
    "HUB_MASTER_KEY_FILE",
    "HUB_REDIS_URL",
    "HUB_ISSUERS",
    "HUB_URL",
)


C = TypeVar("C", bound=StrEnum)


class SettingsError(Exception):
    """A setting has a value that is not allowed; the message names it and says what is."""


class Mode(StrEnum):
    """Whether made-up people are served, with the development issuer's tokens, or real ones."""

    DEMO = "demo"
    PRODUCTION = "production"


class Switch(StrEnum):
    """Whether something is done."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment decides; `graph` is None for the embedded engine, `policies` for the shipped ones.

    `mappings` are those of its own, beside the shipped ones. `redis` carries wake-ups between the processes of a
    deployment; without it they look each second. Without `fast_way` the GraphQL library walks every answer, which
    gives the same at many times the cost. `refer_each` and `refer_all` are how many referrals of the public are
    received in an hour, from one address and from all. `issuers` are the documents of those whose tokens are believed,
    and `url` is where people's browsers find the hub.
    """

    host: str
    port: int
    data: Path
    policies: Path | None
    mappings: Path | None
    mode: Mode
    log: Style
    fast_way: bool
    refer_each: int
    refer_all: int
    graph: Connection | None = field(repr=False)
    master_key: bytes | None = field(repr=False)
    redis: str | None = field(repr=False)
    issuers: Path | None = None
    url: str | None = None

    @classmethod
    def read(cls, variables: Mapping[str, str], *, mode: Mode = Mode.PRODUCTION) -> "Settings":
        """Read the HUB_ settings; an empty value counts as none, and `mode` holds where HUB_MODE is not set.

        HUB_DATA is by default `concord-hub` in the user's data home: XDG_DATA_HOME, else ~/.local/share.
        Raises SettingsError, naming the setting.
        """
        given = {name: value.strip() for name, value in variables.items() if value.strip()}
        mode = _choice(Mode, "HUB_MODE", given.get("HUB_MODE", mode))
        usual = Style.JSON if mode is Mode.PRODUCTION else Style.TEXT
        return cls(
            host=given.get("HUB_HOST", "127.0.0.1"),
            port=_port(given.get("HUB_PORT", "8000")),
            data=_data(given),
            policies=_folder("HUB_POLICIES", given),
            mappings=_folder("HUB_MAPPINGS", given),
            mode=mode,
            log=_choice(Style, "HUB_LOG", given.get("HUB_LOG", usual)),
            fast_way=_choice(Switch, "HUB_FAST_WAY", given.get("HUB_FAST_WAY", "on")) is Switch.ON,
            refer_each=_count("HUB_REFER_EACH", given.get("HUB_REFER_EACH", "10")),
            refer_all=_count("HUB_REFER_ALL", given.get("HUB_REFER_ALL", "200")),
            graph=_graph(given),
            master_key=_master_key(given.get("HUB_MASTER_KEY"), given.get("HUB_MASTER_KEY_FILE")),
            redis=_redis(given.get("HUB_REDIS_URL")),
            issuers=_issuers(mode, given),
            url=_url(given.get("HUB_URL")),
        )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:  # noqa: PLR2004 - the range of TCP ports
        return int(text)
    raise SettingsError(f"HUB_PORT is {text!r}; allowed is a port number from 1 to 65535")


def _count(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= MOST_REFERRALS:
        return int(text)
    raise SettingsError(f"{name} is {text!r}; allowed is a number from 0 to {MOST_REFERRALS}, of referrals in an hour")


def _data(given: Mapping[str, str]) -> Path:
    if "HUB_DATA" in given:
        return Path(given["HUB_DATA"]).absolute()
    if "XDG_DATA_HOME" in given:
        return Path(given["XDG_DATA_HOME"]).absolute() / "concord-hub"
    if "HOME" in given:
        return Path(given["HOME"]).absolute() / ".local" / "share" / "concord-hub"
    raise SettingsError("HUB_DATA is not set and there is no HOME to put it in; allowed is the path of a folder")


def _folder(name: str, given: Mapping[str, str]) -> Path | None:
    if name not in given:
        return None
    folder = Path(given[name]).absolute()
    if not folder.is_dir():
        raise SettingsError(f"{name} is {given[name]!r}; allowed is a folder that exists")
    return folder


def _issuers(mode: Mode, given: Mapping[str, str]) -> Path | None:
    """Where real people sign in nobody signs in as somebody made up, and the other way round."""
    if "HUB_ISSUERS" in given and mode is Mode.DEMO:
        raise SettingsError("HUB_ISSUERS is set, and HUB_MODE is demo; allowed is one of them")
    return _folder("HUB_ISSUERS", given)


def _url(text: str | None) -> str | None:
    if text is None:
        return None
    parts = urlsplit(text)
    is_plain = parts.path in {"", "/"} and not parts.query and not parts.fragment and parts.username is None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if is_plain and is_safe and _has_address(text):
        return text.rstrip("/")
    raise SettingsError(
        f"HUB_URL is {text.rpartition('@')[2]!r}; allowed is https://HOST[:PORT], as browsers find the hub"
    )


def _master_key(text: str | None, file: str | None) -> bytes | None:
    """The key that wraps those of sealed texts, from the environment or a file; no message shows any of it."""
    if text is not None and file is not None:
        raise SettingsError("HUB_MASTER_KEY and HUB_MASTER_KEY_FILE are both set; allowed is one of them")
    if file is not None:
        return _key_of(file)
    key = None if text is None else _key(text)
    if text is not None and key is None:
        raise SettingsError(f"HUB_MASTER_KEY is no key, and is not shown here; allowed are {_KEY}")
    return key


def _key_of(file: str) -> bytes:
    try:
        key = _key(Path(file).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = None
    if key is None and _key(file) is not None:
        raise SettingsError("HUB_MASTER_KEY_FILE is a key itself; allowed is the name of a file with it")
    if key is None:
        raise SettingsError(f"HUB_MASTER_KEY_FILE is {file!r}; allowed is a file that can be read, with {_KEY}")
    return key


def _key(text: str) -> bytes | None:
    """Read a key as it is written; None where it is none."""
    for read in (bytes.fromhex, partial(base64.b64decode, validate=True)):
        try:
            key = read(text)
        except ValueError:
            continue
        if len(key) == KEY_SIZE:
            return key
    return None


def _redis(url: str | None) -> str | None:
    if url is None or (urlsplit(url).scheme in REDIS_SCHEMES and _has_address(url, may_name_user=True)):
        return url
    allowed = ", ".join(f"{scheme}://HOST[:PORT]" for scheme in REDIS_SCHEMES)
    raise SettingsError(f"HUB_REDIS_URL is {url.rpartition('@')[2]!r}; allowed are {allowed}")


def _choice(choices: type[C], name: str, text: str) -> C:
    try:
        return choices(text)
    except ValueError:
        raise SettingsError(f"{name} is {text!r}; allowed are {' and '.join(choices)}") from None


def _graph(given: Mapping[str, str]) -> Connection | None:
    names = ("HUB_GRAPH_URL", "HUB_GRAPH_USER", "HUB_GRAPH_PASSWORD")
    given = {**_secret(given), **given}
    missing = [name for name in names if name not in given]
    if len(missing) == len(names):
        return None
    if missing:
        raise SettingsError(f"{' and '.join(missing)} not set; allowed are all of {', '.join(names)}, or none of them")
    url, user, password = (given[name] for name in names)
    if urlsplit(url).scheme not in SCHEMES or not _has_address(url):
        allowed = ", ".join(f"{scheme}://HOST[:PORT]" for scheme in SCHEMES)
        raise SettingsError(f"HUB_GRAPH_URL is {url.rpartition('@')[2]!r}; allowed are {allowed}")
    return Connection(url=url, user=user, password=password)


def _secret(given: Mapping[str, str]) -> Mapping[str, str]:
    """The password from a file, as containers are handed secrets."""
    name = given.get("HUB_GRAPH_PASSWORD_FILE")
    if name is None:
        return {}
    try:
        return {"HUB_GRAPH_PASSWORD": Path(name).read_text(encoding="utf-8").strip()}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"HUB_GRAPH_PASSWORD_FILE is {name!r}; allowed is a file that can be read") from error


def _has_address(url: str, *, may_name_user: bool = False) -> bool:
    parts = urlsplit(url)
    try:
        return bool(parts.hostname) and parts.port != 0 and (may_name_user or parts.username is None)
    except ValueError:
        return False
