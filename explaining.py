"""Explaining answers: what each group of evidence did for a pair's probability, in log-odds and in words."""

from papertwin.models.explanation import Explanation, explain

__all__ = ["Explanation", "explain"]
