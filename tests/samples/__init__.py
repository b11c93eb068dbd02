"""One record, in every form of file and from every interface that is read; and what tests ask of records."""

FOX = {
    "title": "Foxes of the lower valley: a census",
    "authors": ["Marsh, Io", "Otter, Bo"],
    "publication_date": "2019-03-05",
    "journal": "Journal of Foxes",
    "volume": "3",
    "number": "2",
    "pages": "17-29",
    "doi": "10.5555/fox.19",
    "abstract": "We count foxes. There are 40.",
}
TITLE, ABSTRACT = FOX["title"], FOX["abstract"]


def texts_in(value):
    """All texts in an object or a list, and in those within."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for one in inner for text in texts_in(one)]


def titles(records):
    return [record.get("title") for record in records]
