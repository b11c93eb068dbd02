"""Columns: the values of many records at once, field by field, as features compare them.

`column` (text, numbers and sets of tokens), `given` (fields as records have them), `derived`, `titled`, `authored` and
`identified` (what is made of them), by `bulk` (whole columns of text), `tokens` (words as numbers) and `languages`.
"""
