"""Files: the forms that any program writes, JSON and tables, as rows and back.

In: `streams` (text as UTF-8), `json_objects` (what an object is), `json_rows`, `table_rows`, `parquet`, `workbooks` and
`case_tables` (the forms), `rows` (what all become), `cells` (lists and objects as text), `field_names` (which column is
which field), `layouts` and `sides` (where a row holds its two records).

Out: `atomic` (whole or not at all), `writers` and `table_writers`; `closed_streams` (standard output and error, where
they are closed).

`papertwin.data.exports` stands on these; which form a file has is told above both, in `papertwin.data.forms`.
"""
