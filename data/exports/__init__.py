"""Files that databases, reference managers and interfaces export, to records and back.

Reading order: `names`, `interface_names` and `formats` (FORMATS, the one table of their names), `assemble` (from values
under such names to a record), `dialects`, `tagged`, `bibtex`, `xml`, `citations`, `floats`, `glued`, `columns`,
`embase` and `interfaces` (the readers), `kinds`, `tidied`, `writers` and `versions` (the way back).
"""
