"""Files that databases, reference managers and interfaces export, to records and back.

Reading order: `names`, `interface_names` and `formats` (FORMATS, the one table of their names), `tables` (which columns
tell whose table it is), `ris` (what databases mean otherwise in it), `assemble` (from values under such names to a
record), `complaints` (what is in place of records), `citations`, `floats`, `glued`, `columns`, `dialects`, `tagged`,
`bibtex`, `xml` and `embase` (the readers), `interfaces` and `interface_records` (JSON: whose an object is, and the
record in it), `kinds`, `tidied`, `writers` and `versions` (the way back).
"""
