"""Layouts: how a row holds its two records when it is written, and the columns that commands add to it."""

from typing import Literal

DOCUMENTS = ("doc_1", "doc_2")
PROBABILITY, PREDICTED, MODEL = ADDED = ("duplicate_probability", "predicted_decision", "model")  # that predict adds
REASONS = ("reason_1", "reason_2", "reason_3")  # and with --explain
SUSPICION, PROBLEM = "suspicion", "problem"  # the columns that check adds
DECISION = "decision"  # the one in which a person decides
NOTE = "note"  # the one in which dedupe says why a pair is doubtful
Layout = Literal["own", "nested", "flat"]  # as it came; doc_1 and doc_2; title_1, title_2 in one level
