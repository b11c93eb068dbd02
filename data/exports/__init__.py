"""Files that databases, reference managers and interfaces export, to records and back.

Reading order: `names`, `interface_names` and `formats` (FORMATS, the one table of their names), `assemble` (from values
under such names to a record), `complaints` (what is in place of records), `citations`, `floats`, `glued`, `columns`,
`dialects`, `tagged`, `bibtex`, `xml`, `embase` and `interfaces` (the readers), `kinds`, `tidied`, `writers` and
`versions` (the way back).
"""
