"""Plugins as their page shows them: what each brings, how it fares, and what may be done about it."""

from collections.abc import Mapping
from typing import Any, Final

from core.host import PluginInfo, PluginSource, PluginState
from core.model.plugins.switches import Switch
from core.services.plugins.switching import why_essential
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.times import Times

Item = dict[str, Any]

STATES: Final[Mapping[PluginState, tuple[str, str]]] = {
    PluginState.ON: (_n("On"), "ok"),
    PluginState.FAILED: (_n("Did not start"), "now"),
    PluginState.BLOCKED: (_n("Blocked by a setting"), "plain"),
    PluginState.OFF: (_n("Hung"), "now"),
    PluginState.SWITCHED_OFF: (_n("Switched off by a person"), "plain"),
}
"""Each state in words, with its colour."""

KINDS: Final[Mapping[str, str]] = {
    "rules": _n("Rules"),
    "scorers": _n("Scorers"),
    "matchers": _n("Matchers"),
    "channels": _n("Channels"),
    "observers": _n("Observers"),
    "rosters": _n("Rosters"),
    "reports": _n("Reports"),
    "navigation": _n("Navigation"),
    "panels": _n("Panels"),
    "deadlines": _n("Deadline rules"),
    "intake_fields": _n("Questions about cases"),
}
WITHOUT: Final[Mapping[str, str]] = {
    "rules": _n("Its rules no longer keep anybody off a seat."),
    "scorers": _n("Its points no longer count in new runs."),
    "matchers": _n("It cannot be chosen for a run."),
    "channels": _n("Messages that wait for its channels are tried again later."),
    "observers": _n("It no longer sees what happens."),
    "rosters": _n("Its rosters are not read; the last good ones stay."),
    "reports": _n("Its reports are not listed."),
    "navigation": _n("Its entries leave the navigation."),
    "panels": _n("Its panels leave the pages."),
    "deadlines": _n("Its deadlines are not counted any more. Those that cases have stay until you look at them."),
    "intake_fields": _n("Its questions are not asked any more; the answers stay."),
}
"""What switching a plugin off means, by the kinds of what it brings."""

ESSENTIAL: Final[Mapping[str, str]] = {
    "matchers.joint": _n("It stays on: claims of volunteers find the rest of their team by it."),
    "channels.inbox": _n("It stays on: it is the one way that reaches everybody who can sign in."),
    "rules.representation": _n("It stays on: who may represent is a matter of law."),
    "rules.conflicts": _n("It stays on: a conflict that was declared must hold."),
}


def needs_a_look(plugin: PluginInfo) -> bool:
    """Whether something is wrong that nobody has decided."""
    return plugin.state in (PluginState.FAILED, PluginState.OFF) or bool(plugin.resting)


def plugins_title(plugins: tuple[PluginInfo, ...]) -> str:
    """The answer of the page."""
    wrong = sum(map(needs_a_look, plugins))
    if not wrong:
        return _("No plugin needs a look")
    return ngettext("%(num)s plugin needs a look", "%(num)s plugins need a look", wrong) % {"num": wrong}


def plugin_items(plugins: tuple[PluginInfo, ...], switches: tuple[Switch, ...], times: Times) -> list[Item]:
    """All plugins: first those that need a look, then those that are off, then the others, each in order of loading."""
    known = {one.plugin: one for one in switches}
    ranked = sorted(plugins, key=lambda one: (not needs_a_look(one), one.state is PluginState.ON))
    return [_item(one, known.get(one.name), times) for one in ranked]


def _item(plugin: PluginInfo, switch: Switch | None, times: Times) -> Item:
    word, tone = STATES[plugin.state]
    if plugin.resting and plugin.state is PluginState.ON:
        word, tone = _n("Left alone for a while"), "soon"
    essential = bool(why_essential(plugin))
    return {
        "name": plugin.name,
        "state": _(word),
        "tone": tone,
        "origin": _origin(plugin),
        "brings": _brings(plugin),
        "remarks": _remarks(plugin, switch, times),
        "facts": _facts(plugin),
        "stays": _(ESSENTIAL[plugin.name]) if essential else "",
        "without": " ".join(_(WITHOUT[kind]) for kind in plugin.providers),
        "may_stop": not essential and bool(plugin.module) and plugin.state not in _DECIDED,
        "may_start": plugin.state is PluginState.SWITCHED_OFF,
    }


_DECIDED: Final = (PluginState.BLOCKED, PluginState.SWITCHED_OFF)


def _brings(plugin: PluginInfo) -> list[str]:
    if not plugin.providers and plugin.state is PluginState.ON:
        return [_("It brings nothing under the present settings.")]
    return [f"{_(KINDS[kind])}: {', '.join(names)}" for kind, names in plugin.providers.items()]


def _origin(plugin: PluginInfo) -> str:
    if plugin.source is PluginSource.BUILTIN:
        return _("Comes with Amparo")
    return _("Installed, version %(version)s") % {"version": plugin.version} if plugin.version else _("Installed")


def _remarks(plugin: PluginInfo, switch: Switch | None, times: Times) -> list[str]:
    """Why it is not on, whom of it nobody asks for a while, what went wrong last, and what will go wrong one day."""
    remarks = [_why(plugin, switch, times)] if plugin.state is not PluginState.ON else []
    for one in plugin.resting:
        said = _("%(name)s failed %(num)s times in a row. It is tried again in %(seconds)s seconds.")
        if not one.seconds:
            said = _("%(name)s failed %(num)s times in a row. The next call tries it again.")
        remarks.append(said % {"name": one.name, "num": one.failures, "seconds": round(one.seconds)})
    if plugin.last_error and plugin.last_error != plugin.cause:
        remarks.append(_("Last failure: %(cause)s") % {"cause": plugin.last_error})
    if plugin.grown_mib:
        remarks.append(_("A call of it made the process grow by %(num)s MiB.") % {"num": f"{plugin.grown_mib:,}"})
    return [*remarks, *(_("For its author: %(remark)s") % {"remark": one} for one in plugin.remarks)]


def _why(plugin: PluginInfo, switch: Switch | None, times: Times) -> str:
    if plugin.state is PluginState.SWITCHED_OFF:
        if switch is None:
            return _("Somebody has just switched it on again.")
        return _("%(who)s switched it off on %(when)s.") % {"who": switch.by, "when": times.moment(switch.at)}
    if plugin.state is PluginState.BLOCKED:
        return _("The setting AMPARO_BLOCK names it. Only an administrator of the server can change that.")
    if plugin.state is PluginState.OFF:
        return _("A call did not come back: %(cause)s. It is off until the portal starts again.") % {
            "cause": plugin.cause
        }
    return plugin.cause


def _facts(plugin: PluginInfo) -> list[Item]:
    if not plugin.calls and not plugin.failures:
        return []
    return [
        {"label": _("Calls"), "value": f"{plugin.calls:,}"},
        {"label": _("Failures"), "value": f"{plugin.failures:,}"},
        {"label": _("Slow"), "value": f"{plugin.slow:,}"},
        {"label": _("Time"), "value": _duration(plugin.seconds)},
    ]


def _duration(seconds: float) -> str:
    if seconds >= 1:
        return _("%(num)s s") % {"num": f"{seconds:,.1f}"}
    return _("%(num)s ms") % {"num": f"{seconds * 1000:.1f}"}
