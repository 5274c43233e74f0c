"""Conflict checks over sealed names: found whatever way they are written, decided by people, never told to others."""

from uuid import UUID

import pytest
from structlog.testing import capture_logs

from core import tables as t
from core.errors import BadInput, NotAllowed, TooLate
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import Party, PartyRole
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import Concern, HitGroup, Relation, Verdict
from core.model.people import SYSTEM, Actor
from core.queries.desk import open_alerts
from core.services.cases import intake
from core.services.checks import coordinators
from core.services.checks.coordinators import check_of, decide
from core.services.clients import writing
from core.services.conflicts.kept_off import barred_for
from core.services.conflicts.name_search import find_people
from core.services.conflicts.own_lists import list_name, read_list, unlist_name
from core.store import audit
from core.store.database import Database, transaction
from core.store.keys import new_id
from core.store.sealed.case_keys import shred
from tests import worlds
from tests.worlds import NOW, against, case, coordinator

F = ClientField


async def client(ref: str, name: str, other_names: str = "") -> UUID:
    """A case with a client of this name."""
    new = case(ref)
    await intake.receive_case(new, client={F.NAME: name, F.OTHER_NAMES: other_names}, by=SYSTEM, now=NOW)
    return new.id


async def groups(of: UUID, by: Actor = SYSTEM) -> tuple[HitGroup, ...]:
    return (await check_of(of, by=by, now=NOW)).groups


async def decided(of: UUID, other: UUID | None = None, verdict: Verdict = Verdict.CLEAR, **more: UUID) -> None:
    (group,) = [one for one in await groups(of) if one.hits[0].case == other]
    await decide(of, other=other, verdict=verdict, reason="Another person", seen=group.mark, by=SYSTEM, now=NOW, **more)


async def alerts() -> list[tuple[str, str]]:
    return [(one.text, one.path) for one in await open_alerts() if one.kind == "conflict_hit"]


async def test_a_client_on_the_other_side_of_another_case_is_a_conflict_seen_from_both(database: Database) -> None:
    hers = await client("NM-1", "María de la Cruz Peña")
    his = await client("NM-2", "Juan Tzoc Ixcoy")
    await against(his, "MA. DELACRUZ PENYA", is_organisation=False)

    for mine, other in ((hers, his), (his, hers)):
        (group,) = await groups(mine)
        (hit,) = group.hits
        assert (hit.case, group.concern, hit.likeness.grade, group.is_open) == (
            other,
            Concern.CONFLICT,
            Grade.LIKELY,
            True,
        )
    assert await alerts() == [
        (f"A name in {ref} is like a name elsewhere. Look at its conflict check.", f"/cases/{key}/conflicts")
        for ref, key in (("NM-1", hers), ("NM-2", his))
    ]


async def test_what_was_decided_stands_for_both_until_another_name_comes_to_it(database: Database) -> None:
    hers, his = await client("NM-1", "Rosa Canario Pérez"), await client("NM-2", "Juan Tzoc Ixcoy")
    await against(his, "Rosa Canario", is_organisation=False)

    await decided(his, hers)
    assert [one.is_open for one in (*await groups(his), *await groups(hers))] == [False, False]
    assert await alerts() == []

    await against(his, "Rosa C. Pérez", is_organisation=False)
    (again,) = await groups(his)
    assert again.is_open
    assert again.decision is not None
    assert [event.kind for event in await audit.events_of([his])].count("conflict_decided") == 1


async def test_a_decision_about_hits_that_have_changed_is_refused(database: Database) -> None:
    hers, his = await client("NM-1", "Rosa Canario Pérez"), await client("NM-2", "Juan Tzoc Ixcoy")
    await against(his, "Rosa Canario", is_organisation=False)
    (seen,) = await groups(his)
    await against(his, "Rosa Canario Pérez", is_organisation=False)

    with pytest.raises(TooLate, match="Names have changed"):
        await decide(his, other=hers, verdict=Verdict.CLEAR, reason="x", seen=seen.mark, by=SYSTEM, now=NOW)
    with pytest.raises(BadInput, match="Say why"):
        await decide(his, other=hers, verdict=Verdict.CLEAR, reason=" ", seen=seen.mark, by=SYSTEM, now=NOW)


async def test_who_has_somebody_of_the_other_side_on_her_list_is_found_and_kept_off(database: Database) -> None:
    vera, alma = await worlds.joined(worlds.attorney("Vera")), await worlds.joined(worlds.attorney("Alma"))
    by_vera = worlds.actor_of(vera)
    await list_name(vera.id, "Rodolfo Canario Ruiz", relation=Relation.CLIENT, by=by_vera, now=NOW)
    await list_name(alma.id, "Rodolfo Canaryo", relation=Relation.FAMILY, by=SYSTEM, now=NOW)
    hers = await client("NM-1", "Rosa Pérez")
    await against(hers, "CANARIO RUIZ, RODOLFO", is_organisation=False)

    found = {group.hits[0].volunteer: group for group in await groups(hers)}
    assert {who: group.concern for who, group in found.items()} == dict.fromkeys((vera.id, alma.id), Concern.CONFLICT)
    assert found[vera.id].hits[0].relation is Relation.CLIENT
    assert [found[one.id].is_open for one in (vera, alma)] == [False, True]
    assert await barred_for(hers) == {vera.id}

    group = found[alma.id]
    await decide(
        hers, volunteer=alma.id, verdict=Verdict.CONFLICT, reason="Her uncle", seen=group.mark, by=SYSTEM, now=NOW
    )
    assert await barred_for(hers) == {vera.id, alma.id}

    (one,) = await read_list(vera.id, by=by_vera, now=NOW)
    await unlist_name(vera.id, one.id, by=by_vera, now=NOW)
    assert await barred_for(hers) == {alma.id}


async def test_a_list_is_hers_and_the_staffs_alone(database: Database) -> None:
    vera, alma = await worlds.joined(worlds.attorney("Vera")), await worlds.joined(worlds.attorney("Alma"))
    await list_name(vera.id, "Acme Inc.", relation=Relation.EMPLOYER, by=worlds.actor_of(vera), now=NOW)

    with pytest.raises(NotAllowed):
        await read_list(vera.id, by=worlds.actor_of(alma), now=NOW)
    with pytest.raises(NotAllowed):
        await list_name(vera.id, "Acme", relation=Relation.EMPLOYER, by=worlds.actor_of(alma), now=NOW)
    with pytest.raises(BadInput):
        await list_name(vera.id, " & ", relation=Relation.EMPLOYER, by=SYSTEM, now=NOW)
    assert [one.name for one in await read_list(vera.id, by=await coordinator(), now=NOW)] == ["Acme Inc."]


async def test_a_corrected_name_is_found_and_the_old_one_is_not(database: Database) -> None:
    hers = await client("NM-1", "Rosa Canario Pérez", "Rosita Canario")
    await writing.correct_client(hers, {F.NAME: "Elena Tzoc Ixcoy"}, by=SYSTEM, now=NOW)

    async def refs(text: str) -> list[str]:
        return [one.name for one in (await find_people(text, by=SYSTEM, now=NOW)).people]

    assert await refs("Elena Tzoc") == ["Elena Tzoc Ixcoy"]
    assert await refs("Rosa Canario Pérez") == []
    assert await refs("Rosita Canario") == ["Rosita Canario"]
    await writing.correct_client(hers, {F.OTHER_NAMES: ""}, by=SYSTEM, now=NOW)
    assert await refs("Rosita Canario") == []
    assert await refs("Rosita") == []


async def test_who_is_shown_is_logged_once_while_somebody_types_and_never_in_clear(database: Database) -> None:
    hers = await client("NM-1", "Rosa Canario Pérez")
    await client("NM-2", "Rosa Canario Ruiz")
    by = await coordinator()

    with capture_logs() as logged:
        for text in ("Rosa Cana", "Rosa Canari", "Rosa Canario", "Rosa Canario P"):
            await find_people(text, by=by, now=NOW, purpose=Purpose.INTAKE)
        assert len((await find_people("rosa canario", by=by, now=NOW, without=hers)).people) == 1

    views = await t.Disclosure.select(t.Disclosure.case, t.Disclosure.purpose)
    assert len(views) == 3
    kept = [row for table in t.TABLES for row in await table.select()]
    assert "canario" not in f"{kept}{logged}".casefold()


async def test_a_name_that_was_shredded_is_found_no_more(database: Database) -> None:
    hers = await client("NM-1", "Rosa Canario Pérez")
    async with transaction():
        await shred(hers, now=NOW)

    assert (await find_people("Rosa Canario Pérez", by=SYSTEM, now=NOW)).people == ()


async def test_family_is_found_as_somebody_we_act_for_and_witnesses_are_only_mentioned(database: Database) -> None:
    hers, his = await client("NM-1", "Rosa Pérez"), await client("NM-2", "Juan Tzoc Ixcoy")
    for role, name in ((PartyRole.FAMILY, "Elena Canario"), (PartyRole.OTHER, "Luz Marina Pop")):
        await writing.add_party(Party(id=new_id(), case=hers, role=role, name=name), by=SYSTEM, now=NOW)
    await against(his, "Elena Canario", is_organisation=False)
    await against(his, "Luz Marina Pop", is_organisation=False)

    (group,) = await groups(his)
    assert [hit.concern for hit in group.hits] == [Concern.CONFLICT, Concern.MENTIONED]
    assert coordinators.NAMES


async def test_a_client_who_only_may_be_the_same_is_shown_and_asks_nobody(database: Database) -> None:
    hers = await client("NM-1", "Rosa Canario")
    await client("NM-2", "Rosa Canario Pérez")

    (group,) = await groups(hers)
    assert (group.concern, group.hits[0].likeness.grade) == (Concern.SAME_PERSON, Grade.POSSIBLE)
    assert not group.is_open
    assert await alerts() == []


async def test_somebody_who_may_be_on_the_other_side_alerts_and_the_alert_ends_with_her_name(
    database: Database,
) -> None:
    his = await client("NM-1", "Juan Tzoc Ixcoy")
    await client("NM-2", "Rosa Canario Pérez")
    await against(his, "Rosa Canario", is_organisation=False)

    assert [path for _, path in await alerts()] == [f"/cases/{his}/conflicts"]
    (party,) = (await check_of(his, by=SYSTEM, now=NOW)).parties
    await writing.remove_party(his, party.id, by=SYSTEM, now=NOW)
    assert await alerts() == []


async def test_the_alert_of_the_other_case_closes_once_somebody_looks_and_nothing_is_left(database: Database) -> None:
    his, hers = await client("NM-1", "Juan Tzoc Ixcoy"), await client("NM-2", "Rosa Canario Pérez")
    await against(his, "Rosa Canario Pérez", is_organisation=False)
    (party,) = (await check_of(his, by=SYSTEM, now=NOW)).parties
    await writing.remove_party(his, party.id, by=SYSTEM, now=NOW)

    assert [path for _, path in await alerts()] == [f"/cases/{hers}/conflicts"]
    assert (await check_of(hers, by=SYSTEM, now=NOW)).groups == ()
    assert await alerts() == []


async def test_who_is_noted_under_two_names_in_one_field_is_found_and_kept_off_by_each(database: Database) -> None:
    vera = await worlds.joined(worlds.attorney("Vera", firm="Canario Foods"))
    his, hers = await client("NM-1", "Juan Tzoc Ixcoy"), await client("NM-2", "Rosa Pérez a/k/a Rosa Canario Tum")
    await against(his, "Rosa Canario Tum", is_organisation=False)
    await against(his, "Canario Holdings LLC d/b/a Canario Foods")

    (group,) = [one for one in await groups(his) if one.hits[0].case == hers]
    assert [(hit.found, hit.likeness.grade) for hit in group.hits] == [("Rosa Canario Tum", Grade.SAME)]
    assert await barred_for(his) == {vera.id}


async def test_only_the_cases_on_the_page_are_noted_as_shown(database: Database) -> None:
    hers = await client("NM-0", "Rosa Canario Pérez")
    others = [await client(f"NM-{number}", "Rosa Canario Pérez") for number in range(1, 4)]
    by = await coordinator()

    check = await check_of(hers, by=by, now=NOW, begin=1, limit=1)

    assert (len(check.groups), check.count, check.open) == (1, 3, 3)
    shown = {row["case"] for row in await t.Disclosure.select(t.Disclosure.case)}
    assert shown == {hers, check.groups[0].hits[0].case}
    assert shown < {hers, *others}
