"""Files that databases, reference managers and interfaces export, to records and back.

Reading order: `names` (NAMES, the one table of every format), `assemble` (from values under such names to a record),
`tagged`, `bibtex`, `xml`, `columns`, `labelled` and `interfaces` (the formats), `kinds`, `tidied`, `writers` and
`versions` (the way back).
"""
