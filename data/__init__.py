"""Data: files to rows, rows to records and pairs, records to clean columns, and answered rows back to files.

Reading order, from files to pairs: `rows` (what every form of file becomes), `files` and `forms` (which form it is),
`json_rows`, `table_rows` and `rendered` (the forms), `sides`, `parts` and `shapes` (where a row holds its two records),
`records` and `exports` (files of records), `naming` (what records without an id are called), `pairs`, `cases` (pairs
with a decision), `conventions` (what counts as a duplicate), `identity` (which are the same), `frames` (pairs of a
library's user), `errors`.

From records to columns: `fields` (FIELDS, the one list), `columns`, `given` and `derived` with `titled`, `authored` and
`identified` (how each field is made), of what `text`, `bulk`, `tokens`, `dates`, `names`, `persons`, `groups`,
`titles`, `headings`, `languages`, `identifiers`, `venues` and `rarity` know. Many records: `packed` (as runs of bytes),
`kept` (in files), `named` (by their ids), `processes` (work on all cores), `collecting`.

Back to files and people: `output`, `writers`, `table_writers`, `differences` and `terminal`.

What models learn from: `sets` (SETS, the one list), `set_files`, `labelled`, `sampled` and `variants` (how their pairs
come about), `graphs` (what pairs join).
"""
