"""Texts: what systems did to them is undone, and two spellings of one text fold to the same."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.columns.column import missing, take, token_sets
from papertwin.data.columns.languages import languages, script
from papertwin.data.columns.tokens import tokens
from papertwin.data.values.text import (
    NULL_SPELLINGS,
    fold,
    fold_bytes,
    is_garbled,
    known,
    repair,
)

words = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=60).map(fold)


@pytest.mark.parametrize("spelling", sorted(NULL_SPELLINGS))
def test_every_spelling_of_nothing_is_missing(spelling):
    """In any case and between spaces: "None", " NULL " and "nan" are what programs write for no value.

    So does Excel write where a formula failed: "#N/A", "#REF!".
    """
    assert known(spelling) is known(f"  {spelling.upper()}\n") is None


@pytest.mark.parametrize("value", [None, float("nan"), "", " \t", "\u00a0"])
def test_values_without_content_are_missing(value):
    """Not only strings: NaN is how pandas writes a missing text."""
    assert known(value) is None


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (" Nano ", "Nano"), ("none of these", "none of these"), ("0", "0")]
)
def test_what_only_looks_like_nothing_stays(value, text):
    """Zero is a number, and a word that begins like a null is a word."""
    assert known(value) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("A &lt;i&gt;Zea&lt;/i&gt; &amp;amp; B", "A Zea & B"),  # escaped twice on its way
        ("<b>Soil</b> depth", "Soil depth"),
        ("H<sub>2</sub>O in <sup>14</sup>C", "H2O in 14C"),
        ("One<br/>two<BR>three</p><p>four", "One two three four"),  # a break is a space, an italic is none
        ("<jats:title>Abstract</jats:title><jats:p>We dig.</jats:p>", "Abstract We dig."),  # Crossref's own tags
        ("Roots <!-- <b>draft</b> --> in soil", "Roots in soil"),
        ("&#x3b1;-tubulin, 5&#8211;7", "α-tubulin, 5–7"),
        ("&nbsp;Wide\u00a0 space ", "Wide space"),
    ],
)
def test_markup_is_undone(written, meant):
    """Tags go, breaks part words, entities become their signs."""
    assert repair(written) == meant


@pytest.mark.parametrize(
    "text", ["p<0.05 and q>3", "if a<b then c>d", "AT&T; and R&D", "x < y", "What? is soil", "50 % & more"]
)
def test_signs_that_only_look_like_markup_stay(text):
    """Comparisons are no tags and an ampersand is no entity: nothing between two signs may vanish."""
    assert repair(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"$\alpha$-decay", "α-decay"),
        (r"Erd\H{o}s and \'Etude", "Erdős and Étude"),
        (r"{\"o}ber {DNA}", "öber DNA"),
        ("H$_2$O, $^{14}$C", "H2O, 14C"),
        (r"$\mathrm{H}_2\mathrm{O}$", "H2O"),  # the same water as <sub> gives
        (r"\textit{Zea mays} growth", "Zea mays growth"),
        (r"{\textless}i{\textgreater}Zea mays{\textless}/i{\textgreater} growth", "Zea mays growth"),  # Mendeley's tags
        (r"Roots of \textbar R\textbar, p{\textless}0.05", "Roots of |R|, p<0.05"),
        (r"a {\textless}b and c{\textgreater} d", "a <b and c> d"),  # words between signs are no tag
        (r"{\textalpha}-decay in 5\~{}days", "α-decay in 5 days"),
    ],
)
def test_latex_is_undone(written, meant):
    """Commands become their letters, signs of mathematics go; an index joins its letter, as it does in HTML."""
    assert repair(written) == meant


def test_latex_does_not_tell_the_day_on_which_it_is_read():
    """What two records are like is the same tomorrow."""
    assert repair(r"Roots of maize \maketitle") == "Roots of maize"
    assert repair(r"Roots \emph{of} maize, \today.") == "Roots of maize, ."


def test_latex_of_a_whole_text_is_dropped():
    """It is no title, and what two microseconds a letter are for a title is a second for a book."""
    assert repair(rf"{'maize ' * 5000}\textbf{{roots}} \alpha") == f"{'maize ' * 5000}roots"


@pytest.mark.parametrize("broken", [r"\author", r"\frac{", "{" * 300, r"\begin{x} \\ $", "$", "\\", r"\emph{" * 300])
def test_broken_latex_is_text(broken, capfd):
    """Half a formula raises nothing and says nothing on the terminal."""
    assert isinstance(repair(broken), str)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text", ["Café naïve Ärger", "Schrödinger’s “cat”", "Москва и мир", "α–β", "Łódź", "coöperation"]
)
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_utf8_read_as_another_encoding_is_undone(text, wrong):
    """Mojibake: bytes of UTF-8 that a program took for cp1252 or Latin-1, some of which cp1252 does not even have."""
    garbled = text.encode().decode(wrong, errors="surrogateescape")
    if any("\udc80" <= char <= "\udcff" for char in garbled):
        garbled = "".join(char if not "\udc80" <= char <= "\udcff" else chr(ord(char) - 0xDC00) for char in garbled)
    assert fold(repair(garbled)) == fold(text)


def test_an_entity_torn_from_its_word_is_put_back():
    """Tokenizers that part words at signs leave "mart & #237 ; n": the letter belongs inside the word."""
    assert repair("mart & #237 ; n") == "martín"
    assert repair("the &#961; operator") == "the ρ operator"
    assert repair("Garc & iacute ; a") == "García"


def test_lost_letters_leave_one_word():
    """Where an encoding swallowed a letter or a dash, the word is not torn, and two words are not joined."""
    assert repair("la fran?aise") == "la franaise"
    assert repair("Dvo??k") == "Dvok"
    assert repair("soil\ufffd\ufffddepth") == "soil depth"
    assert repair("What is soil?") == "What is soil?"


def test_garbled_text_is_told_from_accents():
    """What no repair can read is seen; a language full of accents is not taken for it."""
    assert is_garbled("Ã\u0083Â©Ã\u0083Â¨Ã\u0083Â")
    assert not is_garbled("Größe, Île, Ångström")
    assert not is_garbled("plain")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Étude—naïve", "ETUDE - NAIVE"),
        ("Straße", "STRASSE"),
        ("don't", "don’t"),
        ("ﬁne", "fine"),
        ("co\u00adopera\u200btion", "cooperation"),  # soft hyphens and joiners stand inside words
        ("TGF-β1", "TGF-Beta1"),  # a Greek letter and its name
        ("λόγος", "ΛΟΓΟΣ"),  # the sigma that ends a word
        ("5 µm", "5 μm"),  # two code points that look alike
        ("𝛼-decay of ϕ", "α-decay of φ"),  # letters of formulas
        ("H₂O²", "H2O2"),
        ("Ⅳ", "iv"),
        ("Ｗｉｄｅ", "wide"),
        ("豈", "豈"),  # a compatibility ideograph
        ("İstanbul", "istanbul"),
        ("Пыльца степных трав", "Pyl'tsa stepnykh trav"),  # as a library's catalogue writes it
        ("объект", "obʺekt"),
        ("Παπανδρέας", "Papandreas"),
        ("Η ζωή σε μια πόλη", "I zoi se mia poli"),  # short words beside a long one
        ("γδ T cells", "gammadelta T cells"),  # signs, where no Greek word is
        ("αβγ-crystallin", "alphabetagamma crystallin"),
    ],
)
def test_two_spellings_fold_to_the_same(one, other):
    """Case, accents, ligatures, widths and the names of letters make no difference."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("がく", "かく"), ("ы", "и"), ("किताब", "कतब"), ("中文", "中间"), ("cat", "car")]
)
def test_letters_that_differ_stay_apart(one, other):
    """What looks like an accent is a letter of its own in other scripts, and Indian vowels are signs of their own."""
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_is_idempotent_and_clean(text):
    """A folded text folds to itself, for every code point there is; its words are parted by single spaces."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert folded.split() == fold_bytes(text).decode("utf-8", "replace").split()


@given(st.text())
def test_composed_and_decomposed_texts_fold_alike(text):
    """Some systems write accents after their letters; most do not."""
    composed = unicodedata.normalize("NFC", text)
    assert fold(unicodedata.normalize("NFD", composed)) == fold(composed)


def test_chinese_and_japanese_signs_are_words():
    """They are written without spaces, so that one sign is what two texts can share."""
    assert fold("中文title") == "中 文 title"


@given(st.lists(st.lists(words, max_size=6), max_size=6), st.data())
def test_equal_words_have_equal_keys_wherever_they_stand(texts, data):
    """A word's key depends on nothing but the word: not on its place, its neighbours or the batch."""
    texts = [[word for word in text if word and " " not in word] for text in texts]
    keys, rows, *_ = tokens([" ".join(text).encode() for text in texts])
    flat = [word for text in texts for word in text]
    assert len(keys) == len(flat)
    assert rows.tolist() == [row for row, text in enumerate(texts) for _ in text]
    for key, word in zip(keys, flat, strict=True):
        before = data.draw(st.sampled_from(["", "x", "long words before it", " "]))
        alone = tokens([b"another text", f"{before} {word}  y".encode()]).keys
        assert key in alone
    assert len(set(keys.tolist())) == len(set(flat))


def test_keys_stay_below_their_bits():
    """40 bits: the rest of a 64-bit number holds the row when sets are sorted."""
    keys = tokens([" ".join(f"word{n}" for n in range(5000)).encode()]).keys
    assert len(np.unique(keys)) == 5000
    assert keys.max() < 1 << 40


def test_a_line_end_inside_a_text_moves_no_row():
    """Texts are joined by line ends for speed: one that holds a line end itself must not shift the rows after it."""
    sets = token_sets([b"a\nb", None, b"", b"c c"])
    assert sets.sizes().tolist() == [2, 0, 0, 1]
    assert missing(sets).tolist() == [False, True, False, False]
    again = take(sets, np.array([3, 0, 1]))
    assert again.sizes().tolist() == [1, 2, 0]
    assert again.missing.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("The effect of rain on the growth of maize", "en"),
        ("Der Einfluss des Regens auf das Wachstum und die Reife", "de"),
        ("Wachstum von Mais: Wege zu Ertrag", "de"),
        ("Les effets de la pluie sur le maïs et les sols", "fr"),
        ("Het effect van regen op het gewas", "nl"),
        ("Insegurança alimentar em mulheres do Nordeste brasileiro", "pt"),
        ("Pronóstico de la amiloidosis cardiaca en España", "es"),
        ("Prise en charge des entorses aux urgences", "fr"),
        ("Zur Elektrodynamik bewegter Körper", "de"),
        ("Il nome della rosa", "it"),
        ("Pengaruh hujan terhadap jagung", "id"),
        ("Влияние дождя на рост", "CYRILLIC"),
        ("玉米的研究", "CJK"),
        ("とうもろこしの成長", "CJK"),
        ("", None),
        ("123", None),
        ("Zea mays", None),
    ],
)
def test_a_language_is_guessed_only_where_words_tell(title, code):
    """A wrong guess would make two titles incomparable, so that doubt is None."""
    assert languages([title]) == [code]


@pytest.mark.parametrize(
    "title",
    [
        "Vård för barn",  # beside "Vard for barn"
        "Costa de la Luz",  # Spanish, or French, or a place in an English title
        "De novo mutations in the genome of maize",
        "Country schools and the catechism = Les écoles de rang et la langue",  # both
        "Yield per plant per day",  # "per" is Italian too
        "How to do what we do",  # "do" is Polish too
        "Chapter i of part i",
    ],
)
def test_words_of_two_languages_are_no_evidence(title):
    """An English title is not Polish for its "do", nor Spanish for its "de", and one in two languages is in neither."""
    assert languages([title])[0] in {None, "en"}


@given(st.text())
@settings(max_examples=50)
def test_any_text_has_a_script_or_none(text):
    """No text raises; a text without letters has no script."""
    assert (script(text) is None) == (
        not any(map(str.isalpha, text[:200])) if not text.isascii() else not any(map(str.isalpha, text))
    )
    repair(text)
    languages([text])


def test_letters_of_another_script_within_a_latin_word_are_the_latin_ones_that_they_look_like():
    """Words that are Cyrillic throughout, of such letters or others, stay; so does a hyphen's other half."""
    assert repair("\u0421OVID-19 and the \u0420eat") == "COVID-19 and the Peat"
    for text in ("Торф и вода", "\u0421\u041e\u0412", "IgG-антител", "Peat и Торф"):
        assert repair(text) == text
