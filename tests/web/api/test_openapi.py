"""The OpenAPI document says what is taken and answered, no more and no less."""

import json
from typing import Any

from core.model.rosters.entries import RosterEntry
from tests.rosters import member
from tests.web.api.programs import program_of
from tests.web.api.test_served import BLOCK, MANUAL
from tests.web.portal import Portal
from web.api.problems import MAPPED


async def told(portal: Portal) -> Any:
    """The document."""
    answer = await portal.visitor().client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return answer.json()


def names(document: Any, name: str) -> set[str]:
    """The fields of a schema of the document."""
    found: dict[str, Any] = document["components"]["schemas"][name]["properties"]
    return set(found)


async def test_it_has_every_field_of_an_entry_and_every_status_that_is_answered(portal: Portal) -> None:
    document = await told(portal)
    (path,) = document["paths"].values()

    assert names(document, "PushedEntry") == set(RosterEntry.__struct_fields__) - {"origin"}
    assert {str(status) for _, status, _ in MAPPED} - {"403"} <= set(path["put"]["responses"])
    assert document["components"]["schemas"]["PushedEntry"]["required"] == ["number", "name"]


async def test_every_answer_of_the_manual_has_fields_that_it_names(portal: Portal) -> None:
    document = await told(portal)
    answers = [json.loads(text) for kind, text in BLOCK.findall(MANUAL.read_text("utf-8")) if kind == "json"]

    for answer in answers:
        name = "Problem" if "title" in answer else "PushAnswer"
        assert set(answer) <= names(document, name)
        assert set(answer.get("tally", ())) <= names(document, "Compared")


async def test_the_address_that_it_names_is_the_one_that_takes_entries(portal: Portal) -> None:
    (path,) = (await told(portal))["paths"]
    program = await program_of(portal.app)

    answer = await program.client.put(
        path.format(name="our-bar"),
        json={"entries": [{"number": "3000", "name": member(3000).name}]},
        headers={"Idempotency-Key": "k"},
    )

    assert answer.status_code == 200
