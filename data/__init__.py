"""Data: files to records and pairs, records to columns, and what models learn from.

In reading order: `arrays` (their types), `values` (what a text, a name or a date means), `columns` (the values of many
records), `fields` (FIELDS, the one list), `files` and `exports` (files to rows and back), `shapes` (rows to the two
records that they hold), `forms` (which form a file has), `output` and `readable` (rows into files), `records` (files of
records), `lookup` (whole ones, by id), `naming` (what records without an id are called), `pairs`, `labels` (what a row
says was decided), `cases` (pairs with a decision), `conventions` (what counts as a duplicate), `identity` (which are
the same), `frames` (pairs of a library's user), `labelled` (what models learn from).

Many records: `packed` (as runs of bytes), `kept` (in files), `named` (by their ids), `processes` (work on all cores),
`garbage` (not searched for meanwhile), `graphs` (what pairs join). For people: `errors`, `wording`, `differences` and
`terminal`.
"""
