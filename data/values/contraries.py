"""Contraries: words of which two titles that are otherwise alike have one each, so that they tell as numbers do.

Letter by letter they are misprints of each other: "women" and "men", "asymptomatic" and "symptomatic".
"""

from collections.abc import Iterator, Sequence
from itertools import product

# Forms of one word stand together.
_WORDS = (
    "male males", "female females", "man men", "woman women", "boy boys", "girl girls", "father fathers paternal",
    "mother mothers maternal", "husband husbands", "wife wives", "son sons", "daughter daughters", "left", "right",
    "anterior", "posterior", "upper", "lower", "northern", "southern", "eastern", "western",
    "child children childhood pediatric paediatric", "adult adults", "infant infants", "adolescent adolescents",
    "acute", "chronic", "benign", "malignant", "systolic", "diastolic", "urban", "rural", "proximal", "distal",
    "medial", "lateral", "dorsal", "ventral", "organic", "inorganic", "endogenous", "exogenous", "homozygous",
    "heterozygous", "homosexual homosexuals", "heterosexual heterosexuals", "monozygotic", "dizygotic", "unilateral",
    "bilateral", "unipolar", "bipolar", "univariate", "multivariate", "prospective", "retrospective", "qualitative",
    "quantitative", "employer employers", "employee employees", "trainer trainers", "trainee trainees",
    "mentor mentors", "mentee mentees", "buyer buyers", "seller sellers", "exporter exporters export exports",
    "importer importers import imports", "minimum", "maximum", "minimal", "maximal",
)  # fmt: skip
# Beginnings and the words that follow them: "postoperative" is "post-operative", and not "preoperative". What begins
# with nothing is the word alone.
_BEGUN = (
    ("hyper hypo", (
        "tension tensive", "glycemia glycaemia glycemic glycaemic", "kalemia kalaemia kalemic kalaemic", "thyroidism",
        "thermia thermic", "natremia natraemia natremic natraemic", "calcemia calcaemia calcemic calcaemic", "plasia",
        "lipidemia lipidaemia",
    )),
    ("pre post intra peri", (
        "operative operatively", "natal natally", "partum", "menopausal", "hospital", "surgical", "transplant",
        "exposure", "synaptic", "pandemic", "pubertal", "prandial", "dialysis",
    )),
    (" a", ("symptomatic",)),
    (" non", (
        "invasive invasively", "parametric", "alcoholic", "diabetic diabetics", "smoker smokers", "fatal",
        "responder responders", "steroidal", "ischemic ischaemic", "pharmacological",
    )),
    ("non", ("small", "operative", "surgical", "cardiac", "verbal", "profit", "linear")),
    ("intra extra inter", ("cellular", "cranial", "hepatic", "articular", "vascular", "observer", "rater")),
    ("macro micro", ("economics economic",)),
    ("in out", ("patient patients",)),
    ("under post", ("graduate graduates",)),
    ("under over", ("weight", "nutrition")),
)  # fmt: skip


def _begun(beginnings: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for beginning, forms in product(beginnings.split(" "), words):
        first = forms.partition(" ")[0]
        for word in forms.split():
            yield beginning + word, beginning + first


# Every word, and how it is written.
NAMED = {word: forms.partition(" ")[0] for forms in _WORDS for word in forms.split()}
NAMED |= {word: told for entry in _BEGUN for word, told in _begun(*entry)}
# Beginnings that a title may write apart; "in" and "a" are words of their own.
BEGINNINGS = frozenset(" ".join(beginnings for beginnings, _ in _BEGUN).split()) - {"in", "out", "a"}


def told(words: Sequence[str]) -> set[str]:
    """The contraries among the words of a folded title, each in its first form; "post operative" is one word."""
    found, before = set(), ""
    for word in words:
        joined = before + word if before in BEGINNINGS else ""
        if named := NAMED.get(joined) or NAMED.get(word):
            found.add(named)
        before = word
    return found
