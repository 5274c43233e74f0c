"""A solver of one's own for ``--problem``: written from docs/problem-format.md alone, sharing no code with ours."""

from collections import defaultdict
from typing import Any

import highspy

Document = dict[str, Any]
Term = tuple[int, float]


def best_value(document: Document) -> float:
    """The greatest sum of scores under the constraints of the document's page."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # -- the library types only its inner class
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # as ours: the library has one pool of threads for a whole process
    solver.setOptionValue("mip_rel_gap", 0.0)
    for pair in document["pairs"]:
        solver.addCol(-pair["score"], 0.0, 1.0, 0, [], [])
    for column in range(len(document["pairs"])):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for (lower, upper), terms in rows_of(document):
        columns, values = zip(*terms, strict=True)
        solver.addRow(lower, upper, len(terms), list(columns), list(values))
    solver.run()
    return -float(solver.getObjectiveValue())


def rows_of(document: Document) -> list[tuple[tuple[float, float], list[Term]]]:
    """The constraints (1) to (8), each as bounds and terms."""
    cases = {case["ref"]: case for case in document["cases"]}
    people = {person["ref"]: person for person in document["volunteers"]}
    at_most: dict[tuple[Any, ...], list[Term]] = defaultdict(list)
    limits: dict[tuple[Any, ...], float] = {}
    mentors: dict[str, list[Term]] = defaultdict(list)
    beside: dict[str, list[Term]] = defaultdict(list)

    def add(key: tuple[Any, ...], limit: float, term: Term) -> None:
        at_most[key].append(term)
        limits[key] = limit

    languages = {pair.get(end, "") for pair in document["pairs"] for end in ("from", "to")} - {""}
    for column, pair in enumerate(document["pairs"]):
        case, person = cases[pair["case"]], people[pair["volunteer"]]
        add(("seat", case["ref"], person["ref"]), 1, (column, 1))
        if pair["role"] == "mentor":
            add(("mentoring", person["ref"]), person["mentoring"], (column, 1))
            mentors[case["ref"]].append((column, 1))
            continue
        add(("places", person["ref"]), person["places"], (column, 1))
        needed = case["interpreter_hours"] if pair["role"] == "interpreter" else case["hours"]
        if person["hours"] is not None:
            add(("hours", person["ref"]), person["hours"], (column, needed))
        if pair["role"] == "attorney":
            add(("case", case["ref"]), 1, (column, 1))
            if case["attorneys"] == 2:
                beside[case["ref"]].append((column, -1))
            if pair.get("needs_mentor"):
                mentors[case["ref"]].append((column, -1))
            if pair["mode"] == "interpreted":
                add(("language", case["ref"]), 0, (column, 1))
                for hub in languages & set(person["speaks"]):
                    add(("hub", case["ref"], hub), 0, (column, -1))
                    add(("end", case["ref"], hub), 0, (column, -1))
        elif pair["role"] == "co_counsel":
            beside[case["ref"]].append((column, 1))
        elif pair["mode"] == "first":
            add(("language", case["ref"]), 0, (column, -1))
            add(("hub", case["ref"], pair["to"]), 0, (column, 1))
        else:
            add(("hub", case["ref"], pair["from"]), 0, (column, -1))
            add(("end", case["ref"], pair["to"]), 0, (column, 1))
    rows = [((-highspy.kHighsInf, limits[key]), terms) for key, terms in at_most.items()]
    return rows + [((0.0, 0.0), terms) for terms in (*mentors.values(), *beside.values())]
