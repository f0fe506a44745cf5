"""The command `hub`: its commands, each loaded when it is called, and the errors that it puts in one sentence."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from hub import collector, journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where a command stands, and what the list of commands says of it."""

    module: str
    attribute: str
    summary: str


COMMANDS = {
    "serve": Entry(module="hub.cli.serve", attribute="serve", summary="Serve the hub's GraphQL interface."),
    "schema": Entry(module="hub.cli.schema", attribute="schema", summary="Print the GraphQL contract."),
    "demo": Entry(module="hub.cli.demo", attribute="demo", summary="Serve a made-up partnership to look around in."),
    "doctor": Entry(module="hub.cli.doctor", attribute="doctor", summary="Say what is set up, and what is wrong."),
    "import": Entry(module="hub.cli.imports", attribute="import_", summary="Import a dataset's file into the graph."),
    "imports": Entry(module="hub.cli.imports", attribute="imports", summary="List what was imported."),
    "mark": Entry(module="hub.cli.mark", attribute="mark", summary="Raise or lift what protects a record or a place."),
    "judge": Entry(module="hub.cli.judge", attribute="judge", summary="Say whether two records are of one person."),
    "judgements": Entry(module="hub.cli.judge", attribute="judgements", summary="List what was so judged."),
    "sample": Entry(module="hub.cli.sample", attribute="sample", summary="Make up agencies' extracts, of any size."),
    "backup": Entry(module="hub.cli.backup", attribute="backup", summary="Write all that the hub holds to a file."),
    "restore": Entry(module="hub.cli.backup", attribute="restore", summary="Put back what a backup holds."),
    "token": Entry(module="hub.cli.token", attribute="token", summary="Print a demo person's token."),
    "policy": Entry(module="hub.cli.policy", attribute="policy", summary="Check agreements; say who sees what."),
    "ledger": Entry(module="hub.cli.ledger", attribute="ledger", summary="Verify the ledger, and ask who saw what."),
}
KNOWN = frozenset(
    {
        "hub.settings.SettingsError",
        "hub.folder.FolderError",
        "hub.engine.errors.EngineError",
        "hub.identity.errors.IdentityError",
        "hub.ledger.errors.LedgerError",
        "hub.backup.errors.BackupError",
        "graph.errors.GraphError",
        "connectors.errors.ConnectorError",
        "resolvers.ledger.LedgerUnavailable",
        "policies.errors.PolicyError",
        "schema.catalogue.Unclassified",
    }
)
"""Bases of the errors that users meet, by name, so that looking one up loads no package."""


class Hub(click.Group):
    """A group that loads a command's module when the command is called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run as a program of its own; what a command loads lives on, and is not worth looking through."""
        collector.spare()
        journal.begin(journal.Style.TEXT)
        return super().__call__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a known error becomes one sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            cause = innermost(error)
            if is_known(cause):
                raise click.ClickException(str(cause)) from error
            raise


def is_known(error: BaseException) -> bool:
    """Whether users may meet the error, and need its sentence only."""
    return any(f"{base.__module__}.{base.__qualname__}" in KNOWN for base in type(error).__mro__)


def innermost(error: BaseException) -> BaseException:
    """Take an error out of groups in which it is the only one."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


@click.group(cls=Hub, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="concord-hub", prog_name="hub")
def main() -> None:
    """Concord: a federated data hub for partner agencies."""


if __name__ == "__main__":
    main()
