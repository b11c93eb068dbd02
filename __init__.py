"""Papertwin."""
