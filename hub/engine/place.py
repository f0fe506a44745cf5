"""Where the embedded engine keeps what, and how hub processes tell each other of it."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from hub.engine.lock import Lock, is_held


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the engine listens, on the loopback; `starts` counts how often it became ready, `ready` is about now."""

    port: int
    http_port: int
    starts: int
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The engine's folder in the data folder."""

    path: Path

    @property
    def root(self) -> Path:
        return self.path / "server"

    @property
    def log(self) -> Path:
        return self.path / "engine.log"

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def options(self) -> Path:
        """More options for the engine's Java, where whoever keeps the folder has some: it is theirs to write."""
        return self.path / "java.options"

    @property
    def unclean(self) -> Path:
        """Exists while the engine runs, and after it ended in any way but the orderly one."""
        return self.path / "unclean"

    @property
    def restart(self) -> Path:
        """Made by a hub process that wants the engine stopped and started."""
        return self.path / "restart"

    @property
    def failure(self) -> Path:
        """Why the warden gave up."""
        return self.path / "failure"

    def users(self) -> Lock:
        """Shared by every hub process that uses the engine; taken by the warden when there are none left."""
        return Lock(self.path / "users.lock")

    def warden(self) -> Lock:
        """Held by the one process that starts and ends the engine."""
        return Lock(self.path / "warden.lock")

    def engine(self) -> Lock:
        """Held by the engine itself."""
        return Lock(self.path / "engine.lock")

    def has_warden(self) -> bool:
        return is_held(self.path / "warden.lock")

    def address(self) -> Address | None:
        """Read where the engine listens, or listened last; None before the first start."""
        try:
            return Address(**json.loads((self.path / "address.json").read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):  # a crash may leave an empty file
            return None

    def publish(self, address: Address) -> None:
        """Say where the engine listens, in one step for whoever reads it."""
        draft = self.path / "address.draft"
        draft.write_text(json.dumps(asdict(address)), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(self.path / "address.json")

    def password(self) -> str:
        """Give the engine's password, which its warden made."""
        return self.password_file.read_text(encoding="ascii")

    def make_password(self) -> None:
        """Make the password at random, once: the engine takes it at its first start only."""
        if self.password_file.exists():
            return
        draft = self.path / "password.draft"
        draft.touch(mode=0o600)
        with draft.open("w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(32))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.password_file)
