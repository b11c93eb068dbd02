"""How well models answer labelled cases: figures with intervals, as a table or plain values, and the disagreements."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from papertwin.data.cases import Case, contradictions, once
from papertwin.data.files.layouts import ADDED, Layout
from papertwin.data.wording import counted, first_of
from papertwin.features import conflicting
from papertwin.models import Model
from papertwin.models.card import DISTINCT, DUPLICATES, YOURS
from papertwin.models.intervals import COUNTS, FIGURES, Answers, Interval, intervals
from papertwin.training import labelled_vectors

WIDTH, NAMES = 30, 34  # columns of the table
LISTED = 3  # pairs decided both ways that are named


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One or two models and their answers to the cases; of two, `figures` has a third entry, with the differences."""

    cases: list[Case]
    works: int
    models: list[Model]
    answers: list[Answers]
    decisions: list[list[str]]
    figures: list[dict[str, Interval]]

    @property
    def disagreements(self) -> list[int]:
        """The places of the cases that two models decide differently, or on which one contradicts the label.

        REVIEW contradicts no label.
        """
        if len(self.models) == 2:
            return [place for place, (one, other) in enumerate(zip(*self.decisions, strict=True)) if one != other]
        wrong = [DISTINCT if case.label else DUPLICATES for case in self.cases]
        return [place for place, (said, one) in enumerate(zip(self.decisions[0], wrong, strict=True)) if said == one]


def has_learned(model: Model, cases: list[Case]) -> bool:
    """Whether a user has trained the model on just these cases, all of them and no others."""
    own = {entry.sha256 for entry in model.card.measured.training if entry.name == YOURS}
    if not own:
        return False
    from papertwin.models.build import described, ordered  # with scikit-learn, which takes a second

    pairs = ordered(labelled_vectors(once(cases), YOURS))
    return described(pairs, pairs.work)[0].sha256 in own


def contradicting(cases: list[Case]) -> str | None:
    """That pairs are decided both ways, of which one must count as an error whatever a model says; None for none."""
    pairs = contradictions(cases)
    if not pairs:
        return None
    places = first_of([f"{a.place} and {b.place}" for a, b in pairs], LISTED, "; ")
    return f"the same pair is decided both ways in {places}: one of each counts as an error, whatever a model says"


def judge(cases: list[Case], models: list[Model], seed: int, jobs: int = 1) -> Evaluation:
    """The models' answers to labelled cases, and their figures with intervals; `jobs` processes compare the records."""
    pairs = labelled_vectors(cases, "cases", jobs)
    against = conflicting(pairs.vectors)
    answers, decisions = [], []
    for model in models:
        probabilities, decided = model.answers(pairs.vectors)
        answers.append(Answers(probabilities, model.thresholds, against))
        decisions.append(decided)
    figures = intervals(pairs.work, answers, pairs.groups(), seed)
    works = len({*pairs.work_1.tolist(), *pairs.work_2.tolist()})
    return Evaluation(cases, works, models, answers, decisions, figures)


def as_table(judged: Evaluation) -> str:
    """The figures as text."""
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
        lines.append(f"The models decide {len(judged.disagreements):,} of the cases differently.")
    else:
        lines.append(f"The model's decision contradicts {counted(len(judged.disagreements), 'label')}.")
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


def _cell(interval: Interval, whole: bool) -> str:
    if interval.value is None or interval.low is None or interval.high is None:
        return "-"
    value, low, high = (
        f"{one:,.0f}" if whole else f"{one:.4f}" for one in (interval.value, interval.low, interval.high)
    )
    return f"{value} [{low}, {high}]"


def as_json(judged: Evaluation) -> Mapping[str, object]:
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
        "disagreements": len(judged.disagreements),
    }
    if len(judged.models) == 2:
        made["difference"] = shown[2]
    if lacking := _lacking(judged):
        made["note"] = lacking[0]
    return made


def disagreements(judged: Evaluation, layout: Layout) -> Iterator[bytes]:
    """The cases on which models or labels disagree, with what each model says, as rows of a case file."""
    for place in judged.disagreements:
        added: dict[str, object] = {}
        for number, (model, answers, decided) in enumerate(
            zip(judged.models, judged.answers, judged.decisions, strict=True)
        ):
            values = (float(answers.probabilities[place]), decided[place], model.signature)
            added |= {f"{name}{'_other' if number else ''}": value for name, value in zip(ADDED, values, strict=True)}
        yield judged.cases[place].laid_out(layout, added)
