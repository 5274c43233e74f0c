"""The ``amparo`` command. Each subcommand is a click command of its own module, imported only when it is used."""

import importlib
import logging
import os
import sys
from typing import Any

import click

from core.errors import AmparoError, BadInput
from core.logs import configure_by

COMMANDS: dict[str, str] = {
    "demo": "web.cli.demo:demo",
    "import": "web.cli.importing:importing",
    "account": "web.cli.account:account",
    "backup": "web.cli.backup:backup",
    "check-plugin": "web.cli.check_plugin:check_plugin",
    "keys": "web.cli.keys:keys",
    "match": "web.cli.match:match",
    "members": "web.cli.members:members",
    "migrate": "web.cli.migrate:migrate",
    "new-plugin": "web.cli.new_plugin:new_plugin",
    "plugins": "web.cli.plugins:plugins",
    "restore": "web.cli.backup:restoring",
    "run": "web.cli.run:run",
    "simulate": "web.cli.simulate:simulate",
    "sync": "web.cli.sync:sync",
    "volunteers": "web.cli.volunteers:volunteers",
    "worker": "web.cli.worker:worker",
}
"""Where each subcommand is: "module:attribute". Add a line to add a command."""

SUMMARIES: dict[str, str] = {
    "demo": "Serve a demo world: a clinic with a year behind it, and a sign-in for each role.",
    "import": "Take cases or volunteers over from a CSV or Excel file.",
    "account": "Make an account, or set the password of one.",
    "backup": "Write everything in the database to one sealed file.",
    "check-plugin": "Check whether a plugin keeps its contract, and say what would be right.",
    "keys": "List the keys that seal what is known of clients, and rotate them.",
    "match": "Find teams for the cases of one spreadsheet among the volunteers of another.",
    "members": "List the members of a bar who may be volunteers; confirm one, or take that back.",
    "migrate": "Make the tables of an empty database, or bring an older one up to date.",
    "new-plugin": "Write a package for a plugin, to begin with.",
    "plugins": "List the plugins: where they come from, what they bring, how they fare.",
    "restore": "Fill an empty database from a backup.",
    "run": "Serve the portal until it is stopped.",
    "simulate": "Replay a year of arrivals under several ways of choosing, beside hindsight.",
    "sync": "Read a bar's roster, see what it would change, apply that, take it back.",
    "volunteers": "Find volunteers with two records, make two records one, take that back.",
    "worker": "Do the jobs and deliver the messages of the portal.",
}
"""What ``amparo --help`` says of each subcommand, without importing it."""


class Misread(click.ClickException):
    """What was given cannot be understood."""

    exit_code = 2


class Stopped(click.ClickException):
    """Somebody pressed Ctrl-C; the exit code is that of a program that SIGINT ended."""

    exit_code = 130


class Commands(click.Group):
    """A group whose commands are imported when they are called, so that help is there at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All subcommands, by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name; None where there is no such."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of subcommands, written without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES.get(name, "")) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand. An error of ours ends with its sentence: exit code 2 for bad input, 1 for the rest.

        Ctrl-C ends it with a sentence, too, and exit code 130: results and changes are written whole or not at all.
        """
        try:
            return super().invoke(ctx)
        except AmparoError as problem:
            said = Misread if isinstance(problem, BadInput) else click.ClickException
            raise said(str(problem)) from problem
        except KeyboardInterrupt:
            raise Stopped("Stopped before the end. Nothing is half-written.") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amparo", message="%(version)s")
def main() -> None:
    """Amparo finds volunteer attorneys and interpreters for immigration cases, together and in good time."""
    log_to_stderr()


def log_to_stderr() -> None:
    """Keep standard output for results: logs go to standard error, warnings and above, calls of plugins if wanted."""
    configure_by(_log_to_stderr)


def _log_to_stderr() -> None:
    import structlog  # here, as core.logs says

    level = logging.INFO if os.environ.get("AMPARO_TRACE_PLUGINS", "").strip() else logging.WARNING
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
