"""The script and, by a guess, the language that texts are written in."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np

from papertwin.data.columns.column import Lines
from papertwin.data.columns.tokens import Lexicon, token_chunks
from papertwin.data.values.text import LATINISED

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
# Words that titles of a language often have; a word of several languages is given with each of them.
_OFTEN = {
    "cs": "a v na s pro ve z u k o se do",
    "da": "og af med til hos en et den i på fra ved som om børn studie",
    "de": "der die das von bei im aus mit ein des dem den auf nach unter als beim sind zu wege studie geschichte "
    "kritik theorie frage begriff sprache deutschland patienten kinder bedeutung einfluss wirkung vergleich "
    "entwicklung jahrhundert recht rechts schule krankheit welt deutschen gesellschaft leben kranken",
    "en": "the of and for with in on an by from using between its their is are how what study effects analysis do no "
    "per i a as",
    "es": "el los las y del con para por una un en al como entre de la a e su uso agua consumo hijos calidad "
    "pacientes mujeres historia frecuencia efecto efectos pronóstico españa méxico desarrollo enseñanza siglo "
    "derecho escuela estudiantes adultos jóvenes ciudad vida política",
    "fr": "le les du et des une un pour sur par au est d l en à de la traitement histoire sociale société vie enfants "
    "langue prise leur entre effet effets développement enseignement siècle droit école étudiants ville "
    "politique française français premier",
    "hu": "az a",
    "id": "dan yang di pada dalam anak kota studi analisis penerapan implementasi hubungan siswa",
    "it": "il della gli dei con di per una un e sul la le del al dal tra sopra analisi effetti storia italia sociale a "
    "su sviluppo secolo diritto scuola studenti bambini vita ricerca",
    "nl": "het van met op en door de te aan als kinderen nederland onderwijs ontwikkeling leven",
    "pl": "dla w z i u na po do od się o a chorych analiza metody wieku",
    "pt": "o os das dos em uma um na no nas nos com para por ao à e de da do a as como entre uso consumo brasil "
    "pacientes mulheres efeito efeitos história historia brasileiro brasileira desenvolvimento ensino século direito "
    "escola estudantes adultos jovens cidade vida política",
    "ro": "din la cu de prin a al",
    "sv": "med av hos ett en den i på vid som om barn studie",
    "tr": "ve ile bir",
    "vi": "trong cho tại ở một",
}
# Those that are in no English title, not even as a name.
_TELLING = {
    "cs": "při",
    "de": "und für zur zum über durch sowie gegen eine einer eines behandlung untersuchungen zwischen",
    "es": "estudio tratamiento enfermedad niños evaluación análisis analisis salud prevalencia educación sobre trabajo",
    "fr": "aux avec chez dans étude après évaluation qualité",
    "hu": "hatása",
    "id": "dengan untuk terhadap pengaruh",
    "it": "delle degli nella trattamento valutazione",
    "nl": "een voor bij naar tussen onderzoek",
    "pl": "przez oraz ocena wpływ przy leczenie",
    "pt": "estudo tratamento saúde crianças avaliação análise pelo pela prevalência prevalencia educação sobre",
    "ro": "și pentru",
    "sv": "och från",
    "tr": "için olarak üzerine etkisi",
    "vi": "và của các những",
}
_CODES = sorted(_OFTEN)
_ENGLISH = _CODES.index("en")
_CLEAR = 3  # votes that a language has more than any other: a telling word, or two of which one is its own
_FAINT = 1  # votes that English titles give to other languages: "de novo"
_TOLD, _OWN, _SHARED = 4, 2, 1  # votes of a telling word, of another that one language has, and of several languages'


def _votes(word: str) -> tuple[int, ...]:
    """How many votes a word gives to each of the languages; none at all if English has it and another one, too."""
    often = [word in _OFTEN[code].split() for code in _CODES]
    telling = [word in _TELLING.get(code, "").split() for code in _CODES]
    of = sum(map(max, often, telling))
    if often[_ENGLISH] and of > 1:
        return (0,) * len(_CODES)
    usual = _OWN if of == 1 else _SHARED
    return tuple([_TOLD if tells else usual if has else 0 for has, tells in zip(often, telling, strict=True)])


_WORDS = {word for words in (*_OFTEN.values(), *_TELLING.values()) for word in words.split()}
_VOTES = {word: votes for word in sorted(_WORDS) if any(votes := _votes(word))}
_BALLOTS = sorted(set(_VOTES.values()))  # several words give the same votes
_LEXICON = Lexicon({word: _BALLOTS.index(votes) + 1 for word, votes in _VOTES.items()})
_COUNTED = np.array([[0] * len(_CODES), *_BALLOTS], dtype=np.float32)


def script(text: str) -> str | None:
    """The script of most of the letters: "LATIN", "CYRILLIC", "CJK", "ARABIC" ...; None without letters."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else None
    head = text[:200]
    plain = head.encode("ascii", "ignore")
    latin = len(plain.translate(None, _NO_LETTERS))
    if latin > len(head) - len(plain):
        return "LATIN"
    foreign = [char for char in _FOREIGN.findall(head) if char.isalpha()]
    if latin > len(foreign):
        return "LATIN"
    counts = Counter(map(_script_of, foreign))
    if latin:
        counts["LATIN"] += latin
    return max(counts, key=lambda name: (counts[name], name)) if counts else None


def compared_script(text: str) -> str | None:
    """The script that a text has when it is compared: LATIN for all that folding reads in Latin letters."""
    if text.isascii():
        return "LATIN"
    written_in = script(text)
    return "LATIN" if written_in in LATINISED else written_in


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "OTHER").split()[0]
    return "CJK" if name in {"CJK", "HIRAGANA", "KATAKANA"} else name


def languages(texts: Lines) -> list[str | None]:
    """A guess at the language of each text, from frequent words: "en", "de" ..., or the script where it is not Latin.

    None where the words do not say; a guess is only ever used to see that two titles are NOT in one language. Words
    are parted by blanks, as repair leaves them.
    """
    ballots = []
    for words in token_chunks([b"" if text is None else text.lower().encode("utf-8", "replace") for text in texts]):
        found = _LEXICON.find(words.keys)
        told = found.nonzero()[0]
        ballots.append(words.rows[told] * len(_COUNTED) + found[told])
    cast = np.bincount(np.concatenate(ballots), minlength=len(texts) * len(_COUNTED))
    # By einsum: matmul takes three times as long for whole numbers, and for others it starts threads.
    votes = np.einsum("tb,bc->tc", cast.reshape(len(texts), len(_COUNTED)).astype(np.float32), _COUNTED)
    rows, best = np.arange(len(texts)), votes.argmax(axis=1)
    first = votes[rows, best]
    bilingual = votes[:, _ENGLISH] >= _CLEAR  # "Les écoles de rang = Country schools and the language of ..."
    votes[rows, best] = 0
    second = votes.max(axis=1)
    english = best == _ENGLISH
    clear = (english & (first > 0) & (second <= _FAINT)) | ((first >= _CLEAR + second) & (english | ~bilingual))
    guessed: list[str | None] = [
        _CODES[code] if sure else None for code, sure in zip(best.tolist(), clear.tolist(), strict=True)
    ]
    for row, text in enumerate(texts):
        if text is not None and not text.isascii() and (written_in := script(text)) != "LATIN":
            guessed[row] = written_in
    return guessed
