"""The hits of a conflict check in words: what they are about, how alike the names are, and why."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.conflicts.evidence import Evidence
from core.model.conflicts.grading import Agreement, Grade, Likeness
from core.model.conflicts.hits import Concern, Hit, HitGroup, Verdict
from core.model.conflicts.keys import is_narrow
from core.model.conflicts.words import read_names
from core.model.people import Volunteer
from core.services.checks.coordinators import Check
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.conflicts import CONCERNS, EVIDENCE, GRADES, KINDS, RELATIONS, ROLES, SAME_OR_NOT, VERDICTS, WHYS
from web.words.field import word

Item = dict[str, Any]


def title_of_check(check: Check) -> str:
    """The answer that the page gives."""
    if check.open:
        said = ngettext("%(num)s hit to decide", "%(num)s hits to decide", check.open)
        return said % {"num": check.open}
    if not check.client and not check.parties:
        return _("No names are noted yet")
    if check.conflict:
        return _("A conflict was found")
    return _("No open conflict")


def people_in(check: Check) -> list[Item]:
    """Everybody in the case by name: the client with her other names, then the parties."""
    name = check.client.get(ClientField.NAME, "")
    aliases = [one for one in check.client.get(ClientField.OTHER_NAMES, "").splitlines() if one]
    client = [_person(_("Client"), name or aliases[0], aliases, None)] if name or aliases else []
    parties = ((one, [other for other in one.other_names.splitlines() if other]) for one in check.parties)
    return client + [_person(_(ROLES[one.role]), one.name, also, one.id) for one, also in parties]


def _person(role: str, name: str, also: list[str], key: UUID | None) -> Item:
    """``narrow`` are those of the names that find nothing but names of one word."""
    narrow = [one.written for text in (name, *also) for one in read_names(text) if is_narrow(one)]
    return {"role": role, "name": name, "also": also, "key": key, "narrow": list(dict.fromkeys(narrow))}


def evidence_tags(evidence: Evidence) -> list[tuple[str, str]]:
    """What speaks for or against two clients being one, each with its tone."""
    return [(_(EVIDENCE[field][not same]), "now" if same else "plain") for field, same in sorted(evidence.items())]


def group_item(
    group: HitGroup, evidence: Evidence, cases: Mapping[UUID, Case], people: Mapping[UUID, Volunteer]
) -> Item:
    """The hits with one other case or one volunteer."""
    first, (about, tone) = group.hits[0], CONCERNS[group.concern]
    decided = group.decision
    answers = SAME_OR_NOT if group.concern is Concern.SAME_PERSON else VERDICTS
    verdict, shade = answers[decided.verdict] if decided else ("", "")
    return {
        "title": _whose(first, cases, people),
        "href": f"/cases/{first.case}" if first.case else f"/volunteers/{first.volunteer}",
        "state": word(cases[first.case].state) if first.case and first.case in cases else _("volunteer"),
        "about": _(about),
        "tone": tone if group.is_open else "plain",
        "evidence": evidence_tags(evidence),
        "open": group.is_open,
        "hits": [_hit_item(hit) for hit in group.hits],
        "answers": [(str(one), _(words)) for one, (words, _tone) in answers.items()],
        "verdict": _(verdict) if verdict else "",
        "twice": answers is SAME_OR_NOT and decided is not None and decided.verdict is Verdict.CONFLICT,
        "shade": shade,
        "reason": decided.reason if decided else "",
        "off": group.kept_off,
        "again": bool(decided) and group.is_open,
        "seen": group.mark,
        "other": str(first.case or ""),
        "volunteer": str(first.volunteer or ""),
        "id": str(first.case or first.volunteer),
    }


def _whose(hit: Hit, cases: Mapping[UUID, Case], people: Mapping[UUID, Volunteer]) -> str:
    if hit.case:
        return cases[hit.case].ref if hit.case in cases else _("Another case")
    return people[hit.volunteer].name if hit.volunteer and hit.volunteer in people else _("A volunteer")


def _hit_item(hit: Hit) -> Item:
    theirs = RELATIONS[hit.relation] if hit.relation else KINDS[hit.found_kind]
    return {
        "sought": hit.sought,
        "ours": _(KINDS[hit.sought_kind]),
        "found": hit.found,
        "theirs": _(theirs),
        "grade": _(GRADES[hit.likeness.grade]),
        "why": "; ".join(why(hit.likeness)),
    }


def why(likeness: Likeness) -> Iterator[str]:
    """Why two names are taken for alike, and where they differ, in half sentences."""
    same = [one.found for one in likeness.pairings if one.how is Agreement.SAME]
    if same and likeness.grade is not Grade.SAME:
        yield _("the same: %(words)s") % {"words": _capital(" ".join(same))}
    for one in likeness.pairings:
        if one.how in WHYS:
            yield _(WHYS[one.how]) % {"one": _capital(one.sought), "other": _capital(one.found)}
    if likeness.reordered:
        yield _("in another order")
    if likeness.only_sought:
        yield _("only here: %(words)s") % {"words": _capital(" ".join(likeness.only_sought))}
    if likeness.only_found:
        yield _("only there: %(words)s") % {"words": _capital(" ".join(likeness.only_found))}
    if likeness.grade is Grade.SAME and not likeness.reordered:
        yield _("word for word, but for accents and capitals")


def _capital(words: str) -> str:
    return words.title()
