"""What every feature and every kind of evidence is worth to a model, as a table of text and as a picture."""

from pathlib import Path

from papertwin.data.errors import OutputError, lacking
from papertwin.features import FEATURES
from papertwin.models import Model

BAR = 30  # characters of the longest bar
COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#777777")  # of groups


def table(model: Model) -> str:
    """Both importances as text, the largest first, with what each feature compares."""
    measured = model.card.measured
    lines = [f"model {model.signature}: growth of the log loss when shuffled", ""]
    lines += _bars(measured.group_importances, {})
    lines += ["", *_bars(measured.feature_importances, {feature.name: feature.meaning for feature in FEATURES})]
    return "\n".join(lines)


def _bars(values: dict[str, float], meanings: dict[str, str]) -> list[str]:
    largest = max(max(values.values(), default=0), 1e-12)
    width = max(map(len, values), default=0)
    lines = []
    for name, value in sorted(values.items(), key=lambda item: (-item[1], item[0])):
        bar = "#" * round(max(value, 0) / largest * BAR)
        lines.append(f"{name:<{width}}  {value:9.5f}  {bar:<{BAR}}  {meanings.get(name, '')}".rstrip())
    return lines


def plot(model: Model, path: Path, most: int = 25) -> None:
    """Two bar charts, groups and the `most` important features. Raises InputError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise lacking("--plot needs matplotlib", "plot") from error
    measured = model.card.measured
    features = sorted(measured.feature_importances.items(), key=lambda item: -item[1])[:most][::-1]
    groups = sorted(measured.group_importances.items(), key=lambda item: -item[1])[::-1]
    colours = dict(zip((name for name, _ in groups), COLOURS, strict=False))
    group_of = {feature.name: feature.group for feature in FEATURES}
    figure = Figure(figsize=(10, 9), layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=(len(groups), len(features)))
    above.barh(
        [name for name, _ in groups], [value for _, value in groups], color=[colours[name] for name, _ in groups]
    )
    above.set_title(f"Model {model.name}: growth of the log loss when a group of evidence is shuffled", loc="left")
    below.barh(
        [name for name, _ in features],
        [value for _, value in features],
        color=[colours[group_of[name]] for name, _ in features],
    )
    below.set_title(
        f"... and when one feature is (the {len(features)} largest, in the colours of their groups)", loc="left"
    )
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(y=0.02)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: the plot cannot be written ({error}): try a .png in a folder of yours") from error
