"""Shapes of rosters that are known by name."""

from collections.abc import Mapping
from typing import Any, Final

PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "new-york": {
        "title": "New York State attorney registrations",
        "bar": "NY",
        "number_length": 7,
        "columns": {
            "number": "Registration Number",
            "first_name": "First Name",
            "middle_name": "Middle Name",
            "last_name": "Last Name",
            "suffix": "Suffix",
            "firm": "Company Name",
            "state": "State",
            "country": "Country",
            "county": "County",
            "phone": "Phone Number",
            "email": "Email Address",
            "admitted": "Year Admitted",
            "status": "Status",
        },
        "paging": "offset",
        "offset_parameter": "$offset",
        "limit_parameter": "$limit",
        "page_size": 5_000,
    }
}
"""``new-york``: data set eqw2-r5nb of the state's open data (22 NYCRR 118), as a CSV export or by its JSON interface,
whose names of fields differ from the headings in case and spaces only."""
