"""Labelled cases in, how well one or two models answer them out: `papertwin evaluate`."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from papertwin import cli
from papertwin.data.errors import InputError
from papertwin.data.files.output import FORMS, RowOutput, check_files
from papertwin.data.files.streams import STANDARD, quiet
from papertwin.data.wording import counted

if TYPE_CHECKING:
    from papertwin.data.cases import Case
    from papertwin.data.files.shapes import Layout
    from papertwin.models import Model
    from papertwin.models.intervals import Answers, Interval

WIDTH, NAMES = 30, 34  # columns of the table


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: evaluate(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = cli.Parser(
        prog="papertwin evaluate",
        usage="papertwin evaluate CASES... [--model A [--model B]] [-o FILE] [options]",
        description=(
            "papertwin evaluate my_cases.json --model work --model my_model -o disagreements.json\n\n"
            "Judges one or two models by labelled cases: each figure with its interval of 95 %, from 1,000 bootstrap\n"
            "draws of whole works (a pair of two works goes with one of them), and for two models the interval of the\n"
            "difference, and on how many pairs their decisions disagree."
        ),
    )
    cli.add_case_arguments(made)
    made.add_argument(
        "--model",
        action="append",
        metavar="work|record|DIR",
        help="a model to judge (default: work); twice, to compare two",
    )
    made.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a case file, in the form of its suffix, of the pairs on which two models disagree, or on which one "
        "disagrees with the label",
    )
    made.add_argument("--json", action="store_true", help="print the figures as JSON")
    cli.add_seed_option(made)
    made.add_argument("--force", action="store_true", help="replace an existing output")
    made.add_argument("--quiet", action="store_true", help="no notes on standard error")
    return made


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Models with their answers to the cases; `figures` has an entry more, the differences, where there are two."""

    cases: "list[Case]"
    works: int
    models: "list[Model]"
    answers: "list[Answers]"
    decisions: list[list[str]]
    figures: "list[dict[str, Interval]]"

    def disagreements(self) -> Iterator[int]:
        """The places of the cases that two models decide differently, or one other than the label (REVIEW does not)."""
        from papertwin.models.card import DISTINCT, DUPLICATES

        first, *rest = self.decisions
        for place, case in enumerate(self.cases):
            if rest:
                differs = first[place] != rest[0][place]
            else:
                differs = first[place] == (DISTINCT if case.label else DUPLICATES)
            if differs:
                yield place


def evaluate(options: argparse.Namespace) -> int:
    """Read, score, judge, print; write the disagreements. Raises PapertwinError."""
    note = quiet if options.quiet else cli.tell
    names = options.model or ["work"]
    if len(names) > 2:
        raise InputError("--model: one or two models are judged at a time: leave the others out")
    # The figures go to standard output.
    check_files([(STANDARD, None), (options.output, FORMS)], cli.cases_read(options), options.force)
    from papertwin.data.conventions import agreed
    from papertwin.models import load
    from papertwin.training import no_decision, read_all

    models = [load(name) for name in names]
    cases, rejected = read_all(options.cases, options.records, models[0].convention, note, cli.tell)
    if not cases:
        raise no_decision()
    agreed(cases, models[0].convention, "give --model {} first")
    if len({model.convention for model in models}) == 2:
        note("the models count by two conventions; the labels are the same for both")
    for model in models:
        if has_learned(model, cases):
            cli.tell(
                f"model {model.signature} has learned from these very cases: judge it by others, or it looks too good"
            )
    judged = judge(cases, models, options.seed)
    places = list(judged.disagreements())
    print(json.dumps(as_json(judged, len(places)), indent=2) if options.json else as_table(judged, len(places)))
    if options.output is not None:
        with RowOutput(options.output, options.force) as output:
            output.write(_rows(judged, places, output.writer.layout))
            output.finish()
    return cli.REJECTS if rejected else 0


def has_learned(model: "Model", cases: "list[Case]") -> bool:
    """Whether the model was trained on these cases, all of them and no others of its user's."""
    from papertwin.models.card import YOURS
    from papertwin.training import labelled_vectors

    own = {entry.sha256 for entry in model.card.measured.training if entry.name == YOURS}
    if not own:
        return False
    from papertwin.models.build import described, ordered

    pairs = ordered(labelled_vectors(cases, YOURS))
    return described(pairs, pairs.work)[0].sha256 in own


def judge(cases: "list[Case]", models: "list[Model]", seed: int = 0) -> Evaluation:
    """The models' answers to labelled cases, and their figures with intervals."""
    from papertwin.features import conflicting
    from papertwin.models.intervals import Answers, intervals
    from papertwin.training import labelled_vectors

    pairs = labelled_vectors(cases, "cases")
    against = conflicting(pairs.vectors)
    answers, decisions = [], []
    for model in models:
        probabilities, decided = model.answers(pairs.vectors)
        answers.append(Answers(probabilities, model.thresholds, against))
        decisions.append(decided)
    figures = intervals(pairs.work, answers, pairs.groups(), seed)
    works = len({*pairs.work_1.tolist(), *pairs.work_2.tolist()})
    return Evaluation(cases, works, models, answers, decisions, figures)


def as_table(judged: Evaluation, disagreements: int) -> str:
    """The figures as text."""
    from papertwin.models.intervals import COUNTS, FIGURES

    duplicates = sum(bool(case.label) for case in judged.cases)
    lines = [
        f"{counted(len(judged.cases), 'case')} of {counted(judged.works, 'work')}: {counted(duplicates, 'duplicate')}, "
        f"{len(judged.cases) - duplicates:,} distinct; in brackets, where 95 % of the draws of works lie",
        f"{'':<{NAMES}}" + "".join(f"{head:>{WIDTH}}" for head in _heads(judged)),
    ]
    for name, meaning in FIGURES.items():
        cells = "".join(f"{_cell(one[name], name in COUNTS):>{WIDTH}}" for one in judged.figures)
        lines.append(f"{meaning:<{NAMES}}{cells}")
    lines += _lacking(judged)
    if len(judged.models) == 2:
        lines.append(f"The models decide {disagreements:,} of the cases differently.")
    else:
        lines.append(f"The model's decision contradicts {counted(disagreements, 'label')}.")
    return "\n".join(lines)


def _heads(judged: Evaluation) -> list[str]:
    heads = [model.signature for model in judged.models]
    return [*heads, *(["difference"] if len(heads) == 2 else [])]


def _lacking(judged: Evaluation) -> list[str]:
    labels = {case.label for case in judged.cases}
    if len(labels) == 2:
        return []
    there, lack, figures = (
        ("duplicates", "distinct ones", "precision, F1, average precision and wrong merges")
        if labels == {True}
        else ("distinct", "duplicates", "precision, recall, F1, average precision and misses")
    )
    return [f"All cases are {there}: without {lack}, {figures} cannot be told."]


def _cell(interval: "Interval", whole: bool) -> str:
    if interval.value is None or interval.low is None or interval.high is None:
        return "-"
    value, low, high = (
        f"{one:,.0f}" if whole else f"{one:.4f}" for one in (interval.value, interval.low, interval.high)
    )
    return f"{value} [{low}, {high}]"


def as_json(judged: Evaluation, disagreements: int) -> Mapping[str, object]:
    """The same as plain values."""
    shown = [{name: asdict(one) for name, one in figures.items()} for figures in judged.figures]
    duplicates = sum(bool(case.label) for case in judged.cases)
    made: dict[str, object] = {
        "cases": len(judged.cases),
        "duplicates": duplicates,
        "works": judged.works,
        "models": [
            {"name": model.name, "hash": model.short_hash, "convention": model.convention, "figures": figures}
            for model, figures in zip(judged.models, shown, strict=False)
        ],
        "disagreements": disagreements,
    }
    if len(judged.models) == 2:
        made["difference"] = shown[2]
    if lacking := _lacking(judged):
        made["note"] = lacking[0]
    return made


def _rows(judged: Evaluation, places: Sequence[int], layout: "Layout") -> Iterator[bytes]:
    """The cases at some places with what each model says, as rows of a case file."""
    from papertwin.data.files.shapes import ADDED

    for place in places:
        added: dict[str, object] = {}
        for number, (model, answers, decided) in enumerate(
            zip(judged.models, judged.answers, judged.decisions, strict=True)
        ):
            values = (float(answers.probabilities[place]), decided[place], model.signature)
            added |= {f"{name}{'_other' if number else ''}": value for name, value in zip(ADDED, values, strict=True)}
        yield judged.cases[place].laid_out(layout, added)


if __name__ == "__main__":
    raise SystemExit(main())
