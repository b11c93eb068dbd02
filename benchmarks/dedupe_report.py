"""The report of the deduplication benchmark: docs/dedupe.md and the README's table."""

from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Any

import dedupe_limits
from dedupe_goals import HEAD, goals
from dedupe_limits import HUGE
from dedupe_peers import WHOLE
from dedupe_sets import CLUSTERED
from markdown import Cell, table
from papertwin.works.comparing import CROWD, LIMITS

Found = Mapping[str, Any]  # "<set>.ours", "<set>.<peer>", "<size>.speed"
OURS = {
    "shipped": "Papertwin",
    "unseen": "Papertwin, set unseen",
    "at 0.5": "Papertwin, set unseen, --threshold 0.5",
    "when sure": "Papertwin, set unseen, only what the model is sure of",
}
PEERS = {"bib_dedupe": "bib-dedupe", "dedupe": "dedupe", "splink": "splink"}
FIGURES = ("precision", "recall", "f1", "b_f1")


def sets_of(found: Found) -> list[str]:
    """The sets that were measured, in the order of the list."""
    return [name for name in CLUSTERED if f"{name}.ours" in found]


def headline(found: Found) -> str:
    """B-cubed F1 of each set, ours unseen and the peers'."""
    head = [
        "set",
        "records",
        "Papertwin",
        "unseen",
        "unseen, from 0.5",
        "unseen, if sure",
        *(PEERS[peer] for peer in WHOLE),
    ]
    rows = [
        [
            name,
            found[f"{name}.ours"]["records"],
            *(found[f"{name}.ours"]["works"].get(model, {}).get("b_f1") for model in OURS),
            *(found.get(f"{name}.{peer}", {}).get("b_f1") for peer in WHOLE),
        ]
        for name in sets_of(found)
    ]
    note = (
        "B-cubed F1 of whole files, end to end. The shipped models have learned from pairs of these sets, `unseen` is "
        "one that has not; `from 0.5` is `--threshold 0.5`, `if sure` is with the threshold of the model, above which "
        "`predict` says DUPLICATES.\n"
        "Pairs, precision, recall, candidates and speed: [docs/dedupe.md](docs/dedupe.md)."
    )
    return f"{table(head, rows)}\n\n{note}"


def page(found: Found) -> str:
    """The whole report."""
    return "\n\n".join(_parts(found)) + "\n"


def _parts(found: Found) -> Iterator[str]:
    yield "# Whole files: each work once"
    yield (
        "Made by `make bench-dedupe SETS=DIR`. Every tool gets the records of a set and nothing else, but for dedupe, "
        "which cannot work without labelled pairs: it is taught by up to 500 duplicate pairs of the very set and as "
        "many distinct ones. The shipped models have learned from pairs of these sets as well; *set unseen* is a model "
        "made of the other sets alone, which is what a new file meets. Figures are of pairs of labelled records, and "
        "by B-cubed (Bagga and Baldwin 1998)."
    )
    for name in sets_of(found):
        ours = found[f"{name}.ours"]
        yield f"## {name}"
        yield f"{ours['records']:,} records, {ours['duplicates']:,} duplicate pairs."
        yield table(
            ["tool", "precision", "recall", "F1", "B-cubed F1", "wrong pairs", "missed pairs"], _rows(found, name)
        )
    yield "## All sets together"
    yield (
        "But for cora_1295, whose few works of hundreds of records would outweigh all others. What is merged though "
        "the model is not sure is listed by `--review`."
    )
    yield table(["tool", "precision", "recall", "F1", "mean B-cubed F1", "wrong pairs", "missed pairs"], _pooled(found))
    yield from _limits(found)
    yield "## Candidates"
    yield (
        "Recall of the duplicate pairs among the candidates; of those whose records both have a title; and of those "
        "that are joined by candidates of their own work, directly or through others (in a work of two hundred records "
        "not all pairs can be candidates)."
    )
    rows = []
    for name in sets_of(found):
        worth = found[f"{name}.ours"]["candidates"]
        rows.append([name, *(worth[one] for one in ("recall", "titled", "joined")), f"{worth['per_record']:.1f}"])
    yield table(["set", "recall", "both titled", "joined", "candidates per record"], rows)
    yield from _speed(found)
    yield "## Goals"
    yield table(HEAD, goals(found, sets_of(found)))


def _rows(found: Found, name: str) -> Iterator[list[Cell]]:
    for model, title in OURS.items():
        if figures := found[f"{name}.ours"]["works"].get(model):
            yield [title, *(figures[one] for one in FIGURES), figures["wrong"], figures["missed"]]
    for peer in WHOLE:
        figures = found.get(f"{name}.{peer}")
        if figures and not figures["failure"]:
            yield [PEERS[peer], *(figures[one] for one in FIGURES), figures["wrong"], figures["missed"]]
        elif figures:
            yield [f"{PEERS[peer]}: {figures['failure']}", *[None] * 6]


def _pooled(found: Found) -> Iterator[list[Cell]]:
    sets = [found[f"{name}.ours"] for name in sets_of(found) if name != HUGE]
    duplicates = sum(one["duplicates"] for one in sets)
    for model, title in OURS.items():
        figures = [one["works"][model] for one in sets if model in one["works"]]
        if len(figures) < len(sets) or not sets:
            continue
        wrong, missed = (sum(one[name] for one in figures) for name in ("wrong", "missed"))
        hits = duplicates - missed
        mean = sum(one["b_f1"] for one in figures) / len(figures)
        f1 = 2 * hits / (2 * hits + wrong + missed)
        yield [title, hits / (hits + wrong), hits / duplicates, f1, mean, wrong, missed]


def _limits(found: Found) -> Iterator[str]:
    """What limits come to that are chosen on other sets, beside the shipped ones."""
    sets = {name: found[f"{name}.limits"] for name in CLUSTERED if f"{name}.limits" in found}
    if len(sets) < len(CLUSTERED):
        return
    shipped, by_name = LIMITS, dedupe_limits.named(LIMITS)
    rows: list[list[Cell]] = []
    for name, limits in dedupe_limits.left_out(sets):
        tried, chosen = sets[name], sets[name][dedupe_limits.named(limits)]
        best = max(figures["b_f1"] for figures in tried.values())
        told = f"{limits.merged}, {limits.against}, {limits.lone}, {limits.rival}"
        own = tried[by_name]
        rows.append([name, told, chosen["b_f1"], own["b_f1"], best, *_wrong_missed(chosen), *_wrong_missed(own)])
    without, with_all = (fmean(float(str(row[place])) for row in rows) for place in (2, 3))
    most = dedupe_limits.choice(sets)
    at_most = sum(limits.lone <= shipped.lone for _, limits in dedupe_limits.left_out(sets))
    yield "## Limits chosen without the set"
    yield (
        f"What is merged by default was chosen with all of these sets in sight: a probability of {shipped.merged}, of "
        f"{shipped.against} where records contradict each other, of {shipped.lone} where neither has another candidate "
        f"of {shipped.rival} (in files of {CROWD} records or more, as all of these are). Here the four limits are "
        "chosen for each set on the others alone, sets of the same origin left out with it: of "
        f"{len(list(dedupe_limits.combinations()))} combinations the one of highest mean B-cubed F1 whose pairs, "
        f"cora_1295 aside, have a precision of {dedupe_limits.PRECISION} or more. The models have seen nothing of the "
        "set that they are judged on."
    )
    head = ["set", "limits chosen on the others", "B-cubed F1 by them", "by the shipped ones", "by the best for it"]
    yield table([*head, "wrong", "missed", "wrong, shipped", "missed, shipped"], rows)
    yield (
        f"In the mean they get {without:.4f}, the shipped ones {with_all:.4f}: these are flattered by "
        f"{with_all - without:+.4f}. B-cubed F1 is so flat that the choice changes with the sets, and the one on all "
        f"sets ({most.merged}, {most.against}, {most.lone}, {most.rival}: "
        f"{dedupe_limits.mean(sets, most):.4f}, precision {dedupe_limits.precision(sets, most):.4f}) is hardly better "
        f"than the shipped one (precision {dedupe_limits.precision(sets, shipped):.4f}). What they agree on is that a "
        f"pair without rivals needs little: {at_most} of {len(sets)} choices ask no more of it than the shipped limits."
    )


def _wrong_missed(figures: Mapping[str, float]) -> tuple[str, str]:
    return f"{figures['wrong']:,}", f"{figures['missed']:,}"


def _speed(found: Found) -> Iterator[str]:
    sizes = sorted(int(name.partition(".")[0]) for name in found if name.endswith(".speed"))
    if sizes:
        yield "## Speed"
        yield (
            "Made files (benchmarks/dedupe_inputs.py says how they are made), JSON lines in and out. On a busy machine "
            "CPU time is longer too, if not as much as time by the clock: the load beside them says how busy it was. "
            "The larger a made file, the more of its works were made of the same title, thirty of each in a million, "
            "and the more pairs look alike."
        )
        stages = list(found[f"{sizes[0]}.speed"]["seconds"])
        rows = []
        for size in sizes:
            run = found[f"{size}.speed"]
            cpu = [run["seconds"][stage][1] for stage in stages]
            wall = sum(run["seconds"][stage][0] for stage in stages)
            row = [f"{size:,}", *(f"{seconds / run['records'] * 1e6:.0f}" for seconds in [*cpu, sum(cpu)])]
            row += [f"{run['records'] / sum(cpu):,.0f}", f"{wall:.0f}", f"{run['records'] / wall:,.0f}"]
            row += [f"{run['pairs'] / run['records']:.1f}", f"{run['largest_process_mb']:,.0f}"]
            rows.append([*row, f"{run['disk_mb']:,.0f}", str(run["jobs"]), f"{run['load']:.1f}"])
        head = ["records", *(f"{stage}, µs" for stage in [*stages, "all"]), "records per CPU second", "seconds"]
        head += ["records per second", "pairs per record", "memory, MB", "disk, MB", "processes", "load"]
        yield table(head, rows)
    speeds: list[list[Cell]] = []
    for name in sets_of(found):
        records = found[f"{name}.ours"]["records"]
        costs = [found.get(f"{name}.{peer}") for peer in WHOLE]
        if not any(costs):
            continue
        rates = [f"{records / one['cpu_seconds']:,.0f}" if one and not one["failure"] else None for one in costs]
        speeds.append([name, *rates])
    yield "Records per CPU second of the other tools on the sets, starting Python included:"
    yield table(["set", *(PEERS[peer] for peer in WHOLE)], speeds)
