"""Labelled sets: what the shipped models learn from.

`sets` (SETS, the one list), `set_files` (from their folders), `pairs` (with the answer of each convention), `sampled`
(drawn from clusters and by chance) and `variants` (made by rule).
"""
