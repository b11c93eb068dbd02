"""LaTeX as the text that it sets, by pylatexenc, which is given as little as possible: it takes its time."""

import re
from collections.abc import Callable
from copy import copy
from functools import cache, lru_cache
from typing import Any

GREEK_NAMES = {  # in LaTeX, and where texts are compared
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
# What pylatexenc leaves out of the text: signs, and Greek letters outside of formulas.
_TEXT_COMMANDS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"', "textunderscore": "_",
    **{f"text{name}": letter for letter, name in GREEK_NAMES.items()},
}  # fmt: skip
_DAY_OF_READING = re.compile(r"\\(?:maketitle|today)(?![a-zA-Z])")  # would be set as the day on which it is read
_NO_LATEX = (ValueError, LookupError, AttributeError, TypeError, RecursionError)  # raised for half a formula
# Words before the first that holds anything that LaTeX reads in another way than as it stands.
_BEFORE_LATEX = re.compile(r"(?:[A-Za-z0-9,.:;()]+ )*")
# Nothing but such words and formulas, which are read one by one then: they are short, and many come again.
_SIGN = r"(?:[A-Za-z0-9,.:;()+*/=<>_^ -]|\\(?!begin|end|title|author|date|maketitle)[a-zA-Z]++)"
_WORDS, _FORMULA = r"[A-Za-z0-9,.:;() -]", rf"\$(?:{_SIGN}|\{{{_SIGN}*\}})+\$"
_FORMULAS = re.compile(rf"{_WORDS}*{_FORMULA}(?:{_WORDS}+{_FORMULA})*{_WORDS}*")
_ONE_FORMULA = re.compile(_FORMULA)


@lru_cache(maxsize=4096)
def latex_to_text(text: str) -> str:
    """LaTeX as the text that it sets; what is not LaTeX after all loses its backslashes."""
    if len(text) < 500 and "--" not in text and _FORMULAS.fullmatch(text):
        better = _ONE_FORMULA.sub(lambda formula: _set(formula[0]), text)
        if "$" not in better and "\n" not in better:  # else a formula wants what stands behind it
            return better
    return _set(text)


@lru_cache(maxsize=4096)
def _set(text: str) -> str:
    text = _DAY_OF_READING.sub(" ", text).replace(r"\~{}", r"\textasciitilde{}")  # an accent on no letter is none
    match = _BEFORE_LATEX.match(text)
    plain = match[0] if match else ""  # which takes ten microseconds a letter otherwise
    reader, setter = _latex()
    reading = reader(text[len(plain) :], tolerant_parsing=True)
    try:
        return plain + str(copy(setter).nodelist_to_text(reading.get_latex_nodes()[0]))
    except _NO_LATEX:
        return text.replace("\\", " ")
    finally:
        for end in reading.ends:
            end.__traceback__ = None


@cache
def _latex() -> tuple[Callable[..., Any], Any]:
    """What reads LaTeX, and what sets it, made once; a copy for each text, because it remembers author and title."""
    import logging

    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerEndOfStream

    class Reader(LatexWalker):  # type: ignore[misc]  # it has no types
        """Keeps what was raised at the end of the text.

        Its traceback and what it leads to hold each other: without an end to that all that was alive, a batch of
        records, would stay until Python searches for garbage.
        """

        def __init__(self, text: str, **flags: object) -> None:
            super().__init__(text, **flags)
            self.ends: list[BaseException] = []

        def get_token(self, *place: object, **flags: object) -> object:
            try:
                return super().get_token(*place, **flags)
            except LatexWalkerEndOfStream as end:
                self.ends.append(end)
                raise

    logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it warns of half a formula
    known_commands = get_default_latex_context_db()
    known_commands.add_context_category("text", [MacroTextSpec(*command) for command in _TEXT_COMMANDS.items()])
    return Reader, LatexNodes2Text(known_commands, math_mode="text", keep_comments=True)
