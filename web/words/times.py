"""Days and instants in words, in the programme's time zone and the visitor's language."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_skeleton

from core.errors import BadInput
from web.i18n import gettext as _
from web.i18n import locale, ngettext, remembered


@cache
def zone(name: str) -> tzinfo:
    """A time zone by name; BadInput when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise BadInput(f"AMPARO_TIMEZONE: “{name}” is not a time zone. Write one such as America/Denver.") from problem


def _written_as() -> str:
    """The locale after whose rules a day is written: English ones as in this house, the day before the month."""
    return "en_GB" if locale() == "en" else locale()


def _day_and_month(day: date) -> str:
    """A day of this year: "24 November", in Spanish "24 de noviembre"."""
    return format_skeleton("MMMMd", day, locale=_written_as())


class Times:
    """Tells times as seen at one moment from one place."""

    def __init__(self, now: datetime, place: tzinfo = UTC) -> None:
        self.now, self._place = now, place

    @property
    def place(self) -> tzinfo:
        """The time zone in which times are told."""
        return self._place

    @property
    def today(self) -> date:
        """The day at this place."""
        return self.day_of(self.now)

    def day_of(self, when: datetime) -> date:
        """The day that it was at this place."""
        return when.astimezone(self._place).date()

    def day(self, when: date | datetime) -> str:
        """A day: "24 November", with the year where it is another one."""
        there = self.day_of(when) if isinstance(when, datetime) else when
        if there.year == self.today.year:
            return _day_and_month(there)
        return self.dated(there)

    def dated(self, when: date) -> str:
        """A day with its year, whichever it is: a rule of law is quoted when that has passed."""
        return format_date(when, "long", locale=_written_as())

    def dated_by_value(self, days: Iterable[date]) -> dict[str, str]:
        """Days with their years, by how a form holds them."""
        return {day.isoformat(): self.dated(day) for day in days}

    def weekday(self, when: date) -> str:
        """A day with its weekday: "Tuesday, 24 November"."""
        return f"{format_date(when, 'EEEE', locale=locale())}, {_day_and_month(when)}"

    def moment(self, when: datetime) -> str:
        """An instant: "24 November, 9:14"."""
        return f"{self.day(when)}, {format_datetime(when.astimezone(self._place), 'H:mm', locale=locale())}"

    def waiting(self, since: datetime | None) -> str:
        """How long a client has waited: "Waiting 31 days"."""
        if since is None:
            return _("Not waiting yet")
        days = max(0, (self.today - self.day_of(since)).days)
        if days == 0:
            return _("Waiting since today")
        return ngettext("Waiting %(num)s day", "Waiting %(num)s days", days) % {"num": days}

    def days_waited(self, since: datetime | None) -> str:
        """The same without the word: "31 days"."""
        if since is None:
            return _("not yet")
        days = max(0, (self.today - self.day_of(since)).days)
        return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}

    def left(self, until: datetime) -> str:
        """How much time is left: "2 days left", "5 hours left", "no time left"."""
        remaining = until - self.now
        if remaining <= timedelta(0):
            return _("no time left")
        if remaining < timedelta(hours=1):
            minutes = max(1, round(remaining.total_seconds() / 60))
            return ngettext("%(num)s minute left", "%(num)s minutes left", minutes) % {"num": minutes}
        if remaining < timedelta(days=2):
            hours = round(remaining.total_seconds() / 3600)
            return ngettext("%(num)s hour left", "%(num)s hours left", hours) % {"num": hours}
        days = round(remaining.total_seconds() / 86_400)
        return ngettext("%(num)s day left", "%(num)s days left", days) % {"num": days}


def iso(when: datetime) -> str:
    """An instant for machines."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


@remembered
def weeks_waited(weeks: int) -> str:
    """A waiting time rounded to the week."""
    if weeks == 0:
        return _("less than a week")
    return ngettext("%(num)s week", "%(num)s weeks", weeks) % {"num": weeks}


@remembered
def weeks_ahead(weeks: int) -> str:
    """A date rounded to the week: "this week", "in 3 weeks", "overdue"."""
    if weeks < 0:
        return _("overdue")
    if weeks == 0:
        return _("within a week")
    return ngettext("in %(num)s week", "in %(num)s weeks", weeks) % {"num": weeks}


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:g}"
