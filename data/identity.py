"""Identity: which records, and which pairs of records, are the same, whatever file or case shows them."""

from collections.abc import Mapping

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.rows import encode
from papertwin.data.values.stated import stated

_COMPARED = [name for name in RECORD_FIELDS if name not in {"id", "versions"}]


def record_key(record: Mapping[str, object]) -> bytes:
    """What makes two records the same: all that is compared, ids aside."""
    return encode([*(record.get(name) or None for name in _COMPARED), stated(record)])


def pair_key(doc_1: Mapping[str, object], doc_2: Mapping[str, object]) -> tuple[bytes, bytes]:
    """The two records of a pair, either way round."""
    a, b = sorted((record_key(doc_1), record_key(doc_2)))
    return a, b
