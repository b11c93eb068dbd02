"""Files: any form of file as rows of JSON, rows as records and pairs, and answered rows back into files.

In: `streams` (text as UTF-8), `forms` (which form a file has), `json_rows`, `table_rows` and `case_tables` (the forms),
`rows` (what all become), `sides` and `shapes` (where a row holds its two records).

Out: `atomic` (whole or not at all), `output`, `writers` and `table_writers`; `closed_streams` (standard output and
error, where they are closed). The exports of databases are read and written by `papertwin.data.exports`.
"""
