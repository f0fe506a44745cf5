"""Fetches, starts and stops the project's own server: `python -m tests.support.neo4j fetch|start|stop`."""

import argparse
import os
import sys

from tests.support.missing import NotInstalled
from tests.support.neo4j.installation import FOLDER, ROOT, fetch
from tests.support.neo4j.server import Server, Size

SIZE = Size(heap=1024, cache=512)


def main(what: str) -> int:
    """Do that with the server in the project's folder; whatever was done before is not done again."""
    os.umask(0o077)
    server = Server(FOLDER / "server", SIZE)
    try:
        if what != "stop":
            fetch()
        if what == "start" and not server.is_running():
            server.start()
        if what == "stop":
            server.stop()
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if what == "start":
        settings = server.settings.relative_to(ROOT)
        sys.stdout.write(
            f"Neo4j answers at {server.connection().url}; `set -a; . ./{settings}; set +a` tells the hub\n"
        )
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.support.neo4j", description=__doc__)
    parser.add_argument("what", choices=("fetch", "start", "stop"))
    sys.exit(main(parser.parse_args().what))
