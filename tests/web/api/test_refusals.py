"""What a push is refused for: tokens, keys, bodies; each as a problem document that says what to do."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar, put
from litestar.exceptions import ImproperlyConfiguredException

from core.errors import BadInput
from core.model.people import SYSTEM
from core.model.rosters.pushing import MOST_ENTRIES
from core.services.rosters.tokens import bearer_of, make_token, revoke_token, tokens_of
from tests.rosters import kept, member, members, synced
from tests.web.api.programs import Program, empty_roster, program_of, token_for
from tests.web.portal import Portal
from tests.worlds import NOW
from web.access.roles import require_declared_roles
from web.api.bodies import MOST_TOLD, REMEDIES, WrongEntries, body_in
from web.api.pace import MOST
from web.surroundings import house_of

PATH = "/api/v1/rosters/our-bar/entries"


def is_problem(answer: httpx.Response, status: int) -> Any:
    """The document of a problem (RFC 9457)."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    document = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    return document


async def test_without_a_token_nothing_is_taken_and_no_cookie_is_looked_at(portal: Portal) -> None:
    await synced(members(3))
    signed_in = await portal.coordinator()
    program = Program(portal.app, "", **dict(signed_in.client.cookies))

    answer = await program.push([member(3000)])

    is_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "set-cookie" not in answer.headers
    assert len(await kept()) == 3


async def test_a_token_opens_no_page(portal: Portal) -> None:
    program = await program_of(portal.app)

    answer = await program.client.get("/rosters/our-bar")

    assert answer.status_code in (303, 404)


async def test_an_expired_a_revoked_and_an_invented_token_are_answered_alike(portal: Portal) -> None:
    await synced(members(3))
    old = await make_token("our-bar", label="old", days=1, by=SYSTEM, now=NOW - timedelta(days=1))
    revoked = await token_for()
    (shown,) = [one for one in await tokens_of("our-bar", by=SYSTEM) if one.label == "nightly"]
    await revoke_token("our-bar", shown.id, by=SYSTEM, now=NOW)

    answers = [await Program(portal.app, token).push([member(3000)]) for token in (old, revoked, "amparo_invented")]

    assert len({is_problem(answer, 401)["detail"] for answer in answers}) == 1
    assert len(await kept()) == 3


async def test_another_bars_roster_is_answered_as_one_that_is_not_there(portal: Portal) -> None:
    program = await program_of(portal.app)
    await empty_roster("other-bar", "NY")

    theirs, nobodys = [await program.push([member(1)], roster=name) for name in ("other-bar", "no-bar")]

    documents = [is_problem(answer, 404) for answer in (theirs, nobodys)]
    assert documents[0]["detail"].replace("other-bar", "no-bar") == documents[1]["detail"]


async def test_a_token_is_kept_as_a_hash_is_shown_once_and_tells_when_it_was_used(portal: Portal) -> None:
    program = await program_of(portal.app)
    token = program.client.headers["authorization"].removeprefix("Bearer ")
    (before,) = await tokens_of("our-bar", by=SYSTEM)

    await program.push([member(3000)])

    (after,) = await tokens_of("our-bar", by=SYSTEM)
    assert (before.used_on, after.used_on) == (None, NOW.date())
    assert (after.expires_at - after.made_at).days == 365
    assert token not in str(after)
    bearer = await bearer_of(token, now=NOW)
    assert bearer is not None
    assert not bearer.by.is_staff()
    assert (bearer.by.keeps("our-bar"), bearer.by.keeps("other-bar")) == (True, False)


async def test_a_request_needs_a_key(portal: Portal) -> None:
    program = await program_of(portal.app)

    answers = [
        await program.client.put(PATH, json={"entries": []}, headers=headers)
        for headers in ({}, {"Idempotency-Key": " "}, {"Idempotency-Key": "k" * 201})
    ]

    assert ["Idempotency-Key" in is_problem(answer, 422)["detail"] for answer in answers] == [True] * 3


async def test_one_bad_entry_refuses_all_and_each_is_told_with_field_and_remedy(portal: Portal) -> None:
    program = await program_of(portal.app, 3)
    secret = "Maria of Catron County"
    body = {
        "entries": [
            {"number": "3000", "name": "Fine"},
            {"number": 3001, "name": secret},
            {"number": "3002", "name": secret, "standing": "gone fishing"},
            {"number": "3003", "name": secret, "nickname": "M"},
            {"number": "3004"},
            {"number": "3005", "name": "x" * 201},
            {"number": "3006", "name": secret, "admitted": 12},
            {"number": "3007", "name": secret, "languages": [{"tag": "Spanish?"}]},
        ]
    }

    answer = await program.client.put(PATH, json=body, headers={"Idempotency-Key": "k"})

    document = is_problem(answer, 422)
    fields = ["number", "standing", "nickname", "name", "name", "admitted", "languages"]
    assert [(one["entry"], one["field"]) for one in document["errors"]] == list(enumerate(fields, 2))
    assert all(one["problem"].endswith(".") and one["remedy"].endswith(".") for one in document["errors"])
    assert "none was taken" in document["detail"]
    assert secret not in answer.text
    assert "gone fishing" not in answer.text
    assert len(await kept()) == 3
    assert (await program.push([member(3000)], key="k")).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"entries": {}}', 422),
        (b'{"entries": [], "file": 1}', 422),
        (b'{"entries": [], "final": true}', 422),
        (b'{"entries": [], "part_of": "a", "total": 3}', 422),
        (b'{"entries": [], "as_of": "2026-11-27T04:00:00"}', 422),
        (b'{"entries": [], "part_of": "' + b"a" * 101 + b'"}', 422),
        (b'{"entries": [' + b",".join([b"{}"] * (MOST_ENTRIES + 1)) + b"]}", 413),
        (b'{"entries": ["' + b"a" * 4_000_001 + b'"]}', 413),
    ],
)
async def test_a_body_that_is_none_is_refused_whole(portal: Portal, body: bytes, status: int) -> None:
    program = await program_of(portal.app, 3)

    answer = await program.client.put(
        PATH, content=body, headers={"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
    )

    is_problem(answer, status)
    assert len(await kept()) == 3


async def test_another_kind_of_content_another_method_and_another_address_are_problems_too(portal: Portal) -> None:
    program = await program_of(portal.app, 3)

    is_problem(await program.client.put(PATH, content="number,name", headers={"Idempotency-Key": "k"}), 415)
    is_problem(await program.client.post(PATH, json={}), 405)
    is_problem(await program.client.get("/api/v1/cases"), 404)


async def test_who_asks_too_often_is_told_when_to_ask_again(portal: Portal) -> None:
    program = await program_of(portal.app, 3)
    token = (await tokens_of("our-bar", by=SYSTEM))[0].id
    for _ in range(MOST):
        house_of(portal.app).pace.count(token, now=NOW)

    answer = await program.push([member(3000)])

    is_problem(answer, 429)
    assert answer.headers["retry-after"] == "60"


def test_a_route_for_programs_declares_that_it_wants_a_token() -> None:
    @put("/api/open-by-mistake")
    async def open_by_mistake() -> None:
        return None

    with pytest.raises(ImproperlyConfiguredException, match="PUT /api/open-by-mistake"):
        require_declared_roles(Litestar([open_by_mistake], openapi_config=None))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
ENTRY = st.dictionaries(st.sampled_from(sorted(REMEDIES)) | st.text(max_size=8), JSON, max_size=6)


@settings(max_examples=200)
@given(st.lists(ENTRY, max_size=30))
def test_any_entries_are_read_or_told_one_by_one(entries: list[dict[str, Any]]) -> None:
    text = msgspec.json.encode({"entries": entries})

    found = outcome(text)

    if isinstance(found, WrongEntries):
        assert 1 <= len(found.errors) == min(found.count, MOST_TOLD)
        assert all(one.remedy and one.problem and 1 <= one.entry <= len(entries) for one in found.errors)
    else:
        assert found == len(entries)


def outcome(text: bytes) -> int | BadInput:
    """How many entries are read, or why none is."""
    try:
        return len(body_in(text)[1])
    except BadInput as problem:
        return problem
