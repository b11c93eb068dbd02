"""Values: what one text, name, date or identifier of a record means; knows nothing of columns or of other records.

Text as it is compared (`text`, with `latex`), titles (`titles`, `notices`, `numbering`, `contraries`, `things`,
`covid`, `headings`), people (`authors`, `author_lists`, `names`, `persons`, `inverting`, `groups`), `dates`,
`identifiers`, `isbns`, `venues` and `volumes` with their pages, whole `references`, `abstracts`, how rare a word is
(`rarity`), fields that come in `parts`, and what a record says that it is (`stated`) and of which edition (`editions`).
"""
