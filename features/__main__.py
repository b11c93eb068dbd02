"""Prints the table of docs/features.md: python -m papertwin.features."""

from papertwin.features.table import FEATURES, Feature


def table() -> str:
    """FEATURES as a Markdown table, a line a feature."""
    lines = [
        "| feature | evidence | what it compares | values | when it grows, a duplicate is |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{feature.name}` | {feature.group} | {feature.meaning} | {_values(feature)} | {_trend(feature)} |"
        for feature in FEATURES
    ]
    return "\n".join(lines)


def _values(feature: Feature) -> str:
    high = "any" if feature.high == float("inf") else f"{feature.high:g}"
    return f"{feature.low:g} to {high}"


def _trend(feature: Feature) -> str:
    return {"FALLS": "less likely", "FREE": "either", "RISES": "more likely"}[feature.trend.name]


if __name__ == "__main__":
    print(table())
