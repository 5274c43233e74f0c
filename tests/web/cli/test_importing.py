"""``amparo import``, ``migrate``, ``worker`` and ``demo`` at the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.services.work.chores import CHORES
from web.cli import main
from web.cli.demo import demo_settings

CASES = "ref,practice_area,level,language,county,state,forum,received\nA-1,asylum,2,mam,Bernalillo,NM,eoir,2026-01-05\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a database may be made, as the settings say."""
    path = tmp_path / "amparo.db"
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated(empty: Path, sqlite_template: Path) -> Path:
    """A migrated database, as the settings say."""
    empty.write_bytes(sqlite_template.read_bytes())
    return empty


@pytest.fixture
def waitlist(tmp_path: Path) -> Path:
    """A file of one case."""
    path = tmp_path / "cases.csv"
    path.write_text(CASES)
    return path


def test_an_import_tells_row_by_row_and_the_second_time_finds_nothing_new(migrated: Path, waitlist: Path) -> None:
    tried, first, second = (run("import", "cases", str(waitlist), *options) for options in (("--dry-run",), (), ()))
    assert tried.output.splitlines()[-1].endswith(
        "1 new, 0 changed, 0 unchanged, 0 passed over. A dry run: nothing was changed."
    )
    assert first.output.splitlines()[-1] == "1 new, 0 changed, 0 unchanged, 0 passed over."
    assert "A-1" in first.output
    assert second.output.splitlines()[-1] == "0 new, 0 changed, 1 unchanged, 0 passed over."
    assert (tried.exit_code, first.exit_code, second.exit_code) == (0, 0, 0)


def test_bad_rows_change_nothing_and_end_with_exit_code_2(migrated: Path, waitlist: Path) -> None:
    waitlist.write_text(CASES + "A-2,astrology,2,xx-nonsense,Bernalillo,NM,eoir,2026-01-05\n")
    refused = run("import", "cases", str(waitlist))
    assert refused.exit_code == 2
    assert "Nothing was changed." in refused.output
    assert "astrology" in refused.output
    assert run("import", "cases", str(waitlist.with_name("no.csv"))).exit_code == 2
    waitlist.write_text(CASES)
    assert "1 new" in run("import", "cases", str(waitlist)).output


def test_a_roster_without_its_bar_is_refused(migrated: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Registration Number,First Name,Last Name,Status\n1234567,ANA,REYES,Currently registered\n")
    refused = run("import", "volunteers", str(roster))
    assert (refused.exit_code, "--bar NY" in " ".join(refused.output.split())) == (2, True)
    assert "1 new" in run("import", "volunteers", "--bar", "NY", str(roster)).output


def test_a_database_without_its_tables_says_what_to_do(empty: Path, waitlist: Path) -> None:
    refused = run("import", "cases", str(waitlist))
    assert (refused.exit_code, "run `amparo migrate`" in refused.output) == (1, True)
    assert "run `amparo migrate`" in run("worker", "--once").output
    assert run("migrate").output.splitlines()[-1] == "The database is up to date."
    assert run("import", "cases", str(waitlist)).exit_code == 0


def test_a_worker_does_what_is_due_and_ends(migrated: Path) -> None:
    done = run("worker", "--once")
    due = sum(chore.every is not None for chore in CHORES.values())
    assert (done.exit_code, done.output) == (0, f"{due} pieces of work done.\n")


def test_a_demo_world_is_not_made_in_a_database_in_use(migrated: Path, waitlist: Path) -> None:
    run("import", "cases", str(waitlist))
    url = f"sqlite:///{migrated}"
    assert "in use" in run("demo", "--only-build", "--database", url).output
    assert "was left as it is" in run("demo", "--only-build", "--fresh", "--database", url).output
    assert "1 unchanged" in run("import", "cases", str(waitlist)).output


def test_a_demo_keeps_its_mail_in_the_house() -> None:
    given = demo_settings(
        {"AMPARO_SMTP_HOST": "mail.example.org", "AMPARO_DATABASE": "postgresql://real"},
        database="sqlite:///d.db",
        port=9000,
    )
    assert (given.smtp, given.demo, given.database) == (None, True, "sqlite:///d.db")
    assert given.base_url == "http://127.0.0.1:9000"
