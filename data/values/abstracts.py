"""What stands in the place of an abstract and is none: thousands of works share it."""

import re

SHORTEST = 30  # characters: what is not longer says "No abstract available"
_LONGEST = 300  # bytes of a folded text: what is longer is an abstract, whatever else it says
_NO_ABSTRACT = re.compile(
    rb"(?:there is )?(?:no |an |the )?abstract (?:is )?(?:currently )?(?:not |un)?(?:available|provided|supplied)\b.*|"
    rb"in lieu of an abstract here is a brief excerpt of the content|"
    rb"psycinfo database record c \d{4} apa all rights reserved|"
    rb"includes (?:bibliographical references|bibliography)(?: (?:leaves?|leaf|pages?|pp?) [\d ]+)?"
    rb"(?: and index(?:es)?)?|"
    rb"made available in dspace on .*|submitted by .* on \d{4} .*\bmade available\b.*|"
    rb"info eu repo semantics .*|digiti[sz]ed by .*|this is an open access article (?:distributed )?under .*|"
    rb"click on the article title to read more|"
    rb"(?:the )?full text of this (?:article|paper) is available\b.{0,60}|"
    rb"copyright (?:c )?\d{4}\b.{0,60}\ball rights reserved"
)
# What HAL, Project MUSE, LSE Research Online and EconStor write before every abstract.
_BEFORE = re.compile(
    rb" *(?:(?:inter)?national audience|in +lieu +of +an +abstract +here +is +a +brief +excerpt +of +the +content|"
    rb"lse +has +developed +lse +research +online\b(?:.{0,1200}\blse +research +online +website|.*)|"
    rb"standard +nutzungsbedingungen\b.{0,1000}?\bnutzungsrechte\b"
    rb"(?: +terms +of +use\b.{0,800}?\bindicated +licen[cs]e\b)?(?: +abstract)?)(?: +|$)"
)


def bare(folded: bytes) -> bytes:
    """The folded abstract without the words that its source writes before every one."""
    match = _BEFORE.match(folded)
    return folded[match.end() :] if match else folded.removeprefix(b"abstract ")


def is_none(folded: bytes) -> bool:
    """Whether a folded text in the place of an abstract only says that there is none, or who has the rights."""
    return len(folded) <= _LONGEST and _NO_ABSTRACT.fullmatch(b" ".join(folded.split())) is not None
