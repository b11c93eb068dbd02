"""A rule for titles that hold less or more than the title: cut short, or with other fields run into them."""

from papertwin.data.labelled.variants.companions import exchanged
from papertwin.data.labelled.variants.copies import copies
from papertwin.data.labelled.variants.varied import Pair, Record, Rng, authors_of, text_of

_RUN_IN = (
    "{authors}. {title}", "{authors}: {title}", "{title} {authors}", "{title} / {authors}", "{title}. {journal}",
    "{title} {journal} {publication_date}", "{title} {publication_date}",
    "{authors} ({publication_date}). {title}. {journal}", "{authors}. {title}. {journal}. {publication_date}",
)  # fmt: skip


def damaged_titles(record: Record, other: Record, rng: Rng) -> Pair:
    """Copies or companions, the second with a title as aggregators cut it or as machines take it from references."""
    first, second, work, same = (copies if rng.random() < 0.6 else exchanged)(record, other, rng)
    if rng.random() < 0.15:
        first = _damaged(first, rng)
    return first, _damaged(second, rng), work, same


def _damaged(record: Record, rng: Rng) -> Record:
    return _cut(record, rng) if rng.random() < 0.5 else _run_in(record, rng)


def _cut(record: Record, rng: Rng) -> Record:
    """The title's beginning, which may say that it is cut."""
    title = text_of(record, "title")
    kept = title[: int(rng.integers(25, 90))]
    return {**record, "title": kept + str(rng.choice(["", "", "...", "…"])) if kept != title else title}


def _run_in(record: Record, rng: Rng) -> Record:
    """The title with other fields before or behind it, which may be where they belong as well."""
    form = _RUN_IN[int(rng.integers(len(_RUN_IN)))]
    said = {
        "title": text_of(record, "title").rstrip("."),
        "authors": ", ".join(authors_of(record)[:12]),
        "journal": text_of(record, "journal"),
        "publication_date": text_of(record, "publication_date")[:4],
    }
    whole = " ".join(form.format(**said).split()).strip(" .,:/")
    if rng.random() < 0.3:
        return {**record, "title": whole}
    return {name: value for name, value in record.items() if name not in said or f"{{{name}}}" not in form} | {
        "title": whole
    }
