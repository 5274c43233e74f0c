"""A roster that a bar's server gives as JSON, page by page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import datetime
from itertools import count

from amparo import RecordReader, Roster, RosterEntry, Settings, hookimpl
from plugins.rosters.configured import Source, described
from plugins.rosters.pages import Pages
from plugins.rosters.web import Served, require_sense


class ServedJson(Source[Served]):
    """Asks for page after page. Of a page that did not change, a server that knows ETags sends nothing again."""

    def __init__(self, told: Served) -> None:
        super().__init__(told)
        self._pages = Pages(told)

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give every member on every page."""
        reader = RecordReader(bar=self.bar, source=self.told.host, mapping=self.mapping)
        places = count(1)
        async with aclosing(self._pages.all()) as pages:
            async for records in pages:
                for record in records:
                    entry = reader.record(record, next(places))
                    if entry is not None:
                        yield entry
                if reader.give_up():
                    break
        reader.finish()


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """The rosters of kind json."""
    rosters = described(settings, "json", Served)
    for told in rosters:
        require_sense(told)
    return [ServedJson(told) for told in rosters]
