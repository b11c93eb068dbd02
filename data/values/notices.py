"""NOTICES: titles that announce a text about another work, such as its erratum, or a part of one."""

import re

from papertwin.data.values.text import fold

# What follows the words of a notice: a sign, not a hyphen ("review-based"), or nothing.
_END = r"(?:\s*[:.–—]|\s+-|\s*$)"
# The same in scripts without blanks: 訂正:, [정정], 【更正】.
_EAST = r"\s*(?:[:：\])】]|$)"
_QUOTED = r"\s*[:\"“‘«']"
_PEOPLE = (
    r"(?:comment|letter|author|editor|referee|discussion|discussant|critic|critique|criticism|reader|reviewer)s?\b|"
    r"(?:dr|prof|professor)\b"
)
# Of a textbook's companion: whose manual it is, and of what.
_WHOSE = r"(?:student|instructor|teacher|complete)['’]?s?['’]?"
_MANUAL = r"(?:solutions? manual|instructor['’]?s?['’]? (?:solutions? |resource )?manual)"
# Kind, how such a title begins (folded, without digits, one or two words), and the pattern of its beginning.
NOTICES = tuple(
    (kind, tuple(beginnings.split("|")), re.compile(rf"\W*(?:{pattern})", re.IGNORECASE))
    for kind, beginnings, pattern in (
        (
            "retraction",
            "retraction|notice of|removal notice|withdrawal notice",
            rf"retraction(?: notice| note)?(?:{_END}|\s+of(?:{_QUOTED}|\s+the (?:article|paper|publication))|"
            rf"\s+to\b)|retraction for .{{3,60}}\bet al|notice of (?:retraction|removal|withdrawal)|"
            rf"(?:removal|withdrawal) notice(?:{_END}| (?:of|to)\b)",
        ),
        (
            "concern",
            "expression of|editorial expression|notice of",
            r"(?:editorial )?expression of concern|notice of (?:concern|redundant)",
        ),
        (
            "erratum",
            "erratum|errata|eratum|erata|corrigendum|corrigenda|correction|corrections|author correction|"
            "publisher correction|publishers correction|publisher note|publishers note|publisher erratum|"
            "publishers erratum|addendum|addenda|amendment",
            rf"err?at(?:um|a)\b|corrigend(?:um|a)\b|corrections?(?:{_END}| notice| (?:to|for){_QUOTED})|"
            rf"correction to\b|author correction|publisher(?:['’]s)? (?:correction|note|erratum)|addend(?:um|a)\b|"
            rf"amendment(?:{_END}| to{_QUOTED})",
        ),
        (
            "erratum",
            "berichtigung|berichtigungen|korrektur|nachtrag|rectificatif|rectification|correccion|correcao|fe de|"
            "rettifica",
            rf"(?:berichtigung(?:en)?|korrektur|nachtrag|rectificatif|rectification|correcci[oó]n|corre[cç][aã]o|"
            rf"rettifica)(?:{_END}|\s+(?:zu[mr]?|[àa]u?|del?){_QUOTED})|fe de err(?:at|or)",
        ),
        (
            "erratum",
            "sprostowanie|oprava|duzeltme|rettelse|rattelse|helyesbites|ispravlenie|ispravleniya|popravka|popravki|"
            "opechatka|opechatki|訂 正|正 誤|勘 误|勘 誤|更 正|정정|정오표",
            rf"(?:sprostowanie|oprava|düzeltme|rettelse|rättelse|helyesbítés){_END}|"
            rf"(?:исправлени[ея]|поправк[аи]|опечатк[аи])(?:{_END}|\s+[кв] стать)|"
            rf"(?:訂正|正誤表?|勘[误誤]表?|更正(?:启事|声明)?|정정|정오표){_EAST}",
        ),
        (
            "reply",
            "authors reply|author reply|the author|the authors|in reply|a reply|our reply|authors response|"
            "author response|authors respond|author respond|reply|in response|a response|our response|response|"
            "rejoinder|closure to",
            rf"(?:(?:the )?authors?['’]?s?|in|a|our)\s+reply\b|(?:the )?authors?['’]?s?\s+respon[sd]e?\b|"
            rf"reply(?:{_END}|\s+(?:to|from|by)\b)|"
            rf"(?:(?:in|a|our)\s+)?response(?:\s*[:–—]|\s+-|\s+to(?:{_QUOTED}| (?:the )?(?:{_PEOPLE})))|rejoinder\b|"
            rf"response by .{{3,60}}\b(?:letter|regarding)\b|closure to{_QUOTED}",
        ),
        (
            "reply",
            "antwort|erwiderung|reponse|replique|respuesta|replica|resposta|risposta|ac",
            rf"(?:antwort|erwiderung|r[ée]ponse|r[ée]plique|respuesta|r[ée]plica|resposta|risposta)(?:{_END}|"
            rf"\s+(?:auf|[àa]u?|al?|dos?|del?){_QUOTED})|ac\d+\s*:\s*[\"“‘«\']",
        ),
        (
            "comment",
            "comment|comments|commentary|re|discussion|letter|letters|invited|editorial|referee comment|"
            "interactive comment|remark on|remarks on|concerning|to the|journal club|in reference",
            rf"comment(?:s|ary)?(?:{_END}|\s+(?:on|to|regarding)\b)|re\s*[:.]|discussion(?:\s*[:–—]|\s+-|\s+of{_QUOTED})|"
            r"letter(?:s)? (?:to the editor|regarding|re\b|by .{3,60}\bregarding\b)|"
            r"(?:invited|editorial) (?:comment|discussion)|referee comment|"
            rf"interactive comment|remarks? on the (?:paper|article)|letter\s*:|concerning\s*:|to the editors?{_END}|"
            rf"journal club\s*:|in reference to\s*{_QUOTED}",
        ),
        (
            "comment",
            "peer review|reviewer|review for|decision letter|elife assessment|elife digest|faculty opinions|rc|cc|ec",
            rf"peer review (?:#\d+ of|of{_QUOTED}|report)|reviewer #?\d|review for{_QUOTED}|"
            rf"decision letter(?:{_END}| for\b)|elife (?:assessment|digest)|faculty opinions recommendation|"
            r"[rce]c\d+\s*:\s*[\"“‘«\']",
        ),
        (
            "comment",
            "kommentar|zuschrift|leserbrief|commentaire|commentaires|comentario|comentarios|commento|carta al|"
            "cartas al|carta ao|lettre a",
            rf"(?:kommentar|zuschrift|leserbrief|commentaires?|coment[aá]rios?|commento)(?:{_END}|"
            rf"\s+(?:zu[mr]?|sur|al?|sobre|ao){_QUOTED})|cartas? a[lo] (?:director|editor)|"
            r"lettre [àa] (?:la r[ée]daction|l['’][ée]diteur)",
        ),
        (
            "review",
            "review|book review|book reviews|reviewed work|rezension|rezensionen|buchbesprechung|compte rendu|resena|"
            "resenha|recensione",
            rf"(?:book )?review(?:\s+of{_QUOTED}|\s*[:–—]|\s+-)|book reviews?\b|reviewed work|"
            rf"(?:rezension(?:en)?|buchbesprechung|compte[ -]rendu|rese[nñ]ha|rese[nñ]a|recensione)(?:{_END}|"
            r"\s+(?:von|zu[mr]?|del?)\b)",
        ),
        (
            "review",
            "recenzja|recenze|recenzija|retsenziya|書 評|书 评|서평",
            rf"recenz(?:ja|e|ija){_END}|рецензия(?:{_END}|\s+на\b)|(?:書評|书评|서평){_EAST}",
        ),
        (
            "supplement",
            "additional file|supplementary|supplemental|suplementary|suplemental|electronic|supporting information|"
            "moesm|table|image|video|audio|presentation|data|datasheet|dataset|replication|code and",
            r"additional file\b|supplementary (?:materials?|files?|data|information|tables?|figures?|appendix)\b|"
            r"(?:electronic )?suppl?ementary material|supporting information|moesm ?\d|"
            r"(?:table|image|video|audio|presentation|data[ _]?sheet) ?_ ?\d+ ?_|"
            r"suppl?emental (?:material|file|data)|data (?:from|for)\s*[:–—]|dataset(?:\s+(?:for|of)\b|\s*[:–—])|"
            r"(?:replication (?:data|package|code|materials?)|code and data|data and code)"
            r"(?:\s+(?:for|from|of)\b|\s*[:–—])",
        ),
        (
            "supplement",
            "front cover|inside front|inside back|inside cover|back cover|outside back|cover feature|cover picture|"
            "cover image|cover profile|titelbild|innentitelbild|rucktitelbild|frontispiece|graphical abstract|"
            "video abstract|plain language|lay summary|summaries for|podcast|table|figure|fig|scheme",
            r"(?:(?:front|back|inside(?: front| back)?|outside(?: back)?) cover|"
            r"cover (?:feature|picture|image|profile)|(?:innen|rück)?titelbild|frontispiece|graphical abstract|"
            r"video abstract|plain language summary|lay summary|summaries for patients|podcast|"
            r"(?:table|figure|fig\.?|scheme) \d+)\s*:",
        ),
        (
            "companion",  # of a textbook
            "student solutions|students solutions|solutions manual|solution manual|complete solutions|instructor s|"
            "instructors manual|instructors solutions|instructors resource|test bank|answer key|study guide|"
            "student study|workbook to|workbook for|teachers guide|teachers manual",
            rf"(?:{_WHOSE} )?{_MANUAL}\b|test bank\b|answer key\b|"
            rf"teacher['’]?s['’]? (?:guide|manual)(?:{_END}| (?:to|for)\b)|"
            r"(?:(?:student )?study guide(?: and (?:workbook|solutions manual))?|workbook) (?:to|for)\b",
        ),
    )
)
_BY_BEGINNING: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _kind, _beginnings, _pattern in NOTICES:
    for _beginning in _beginnings:
        _BY_BEGINNING.setdefault(_beginning, []).append((_kind, _pattern))
_FIRST_WORDS = frozenset(beginning.partition(" ")[0] for beginning in _BY_BEGINNING)

# The last words of a title that ends as a notice, and its kind.
_ENDINGS = {
    "erratum": "erratum",
    "corrigendum": "erratum",
    "correction": "erratum",
    "retraction": "retraction",
    "retraction notice": "retraction",
    "reply": "reply",
    "response": "reply",
    "rejoinder": "reply",
    "comment": "comment",
    "discussion": "comment",
    "book review": "review",
    "rezension": "review",
    "buchbesprechung": "review",
    "compte rendu": "review",
    "compte-rendu": "review",
    "recensione": "review",
    "reseña": "review",
    "resenha": "review",
    "supplementary material": "supplement",
    "executive summary": "supplement",
    "structured abstract": "comment",  # by which centres appraise the reviews of others
    "provisional abstract": "comment",
}
_LAST_WORDS = tuple(map(fold, _ENDINGS))
_NOTICE_END = re.compile(
    r"(?:[\[(:—]|\s[–-])\s*(?:an? )?(?:authors?['’]?s? (?=reply|response))?"  # no hyphen inside a word: "dose-response"
    rf"({'|'.join(sorted(_ENDINGS, reverse=True))})\s*[\])]?[\s.]*$",
    re.IGNORECASE,
)
# How journals title the review of a book: "... Chicago: Foxglove Press, 2000. Pp. x, 382. $39.95." A dollar sign may
# be lost, as that of a formula.
_BOOK_REVIEWED = re.compile(
    r"(?:\bpp\. ?(?:[ivxlc]+ ?[,+] ?)?\d+|\b\d+ ?pp[.,]).{0,120}(?:[$£€] ?\d|(?<![\w.])\d{1,3}\.\d\d(?![\w.]\w))",
    re.IGNORECASE,
)
# Kind, the last folded words of such a title, and the pattern of its end.
_ENDS = (
    # "Smith and Jones reply:", under which letters answer their comments
    ("reply", ("reply", "replies"), re.compile(r"(?:\bet al\.? repl(?:y|ies)|\brepl(?:y|ies):)\s*$", re.IGNORECASE)),
    # "Exercise for knee pain (Protocol)", beside which the Cochrane Library has the review itself
    (
        "protocol",
        ("protocol",),
        re.compile(r"[\[(](?:(?:study|trial|review|cochrane) )?protocol[\])][\s.]*$", re.IGNORECASE),
    ),
    # at the end of "Plant anatomy. Student solutions manual" or "Plant anatomy: teacher's guide"
    (
        "companion",
        ("manual", "guide", "workbook", "test bank"),
        re.compile(
            rf"[\[(:.,—–-]\s*(?:{_WHOSE} )?(?:{_MANUAL}|study guide|workbook|test bank|(?<=['’s] )(?:guide|manual))"
            r"[\])\s.]*$",
            re.IGNORECASE,
        ),
    ),
)
# Where the article stands that a notice is about: "(vol 44, pg 702, 2014)" and no more in Web of Science, "(Clinical
# Allergy (2014) 44:8 (702-710))" in Scopus, "[J. Hydrol. 321 (2006) 1-2]" at Elsevier.
CITED = re.compile(
    r"\s*(?:\((vol\.? ?\w+, ?[^(),]+, ?(?:1[89]|20)\d\d)\)|"
    r"\([^()]*\((?:1[89]|20)\d\d\)[^()]*\([^()]*\)[^()]*\)|"
    r"\[[^\[\]]*\d\s*\((?:1[89]|20)\d\d\),? \w*\d[^\[\]]*\])[\s.]*$",
    re.IGNORECASE,
)


def notice(title: str, folded: str | None = None) -> str:
    """Which notice about another work the title announces ("erratum", "reply", "supplement" ...), or "".

    At its beginning, or at its end ("Sleep and memory: reply", "... Pp. x, 382. $39.95."). `folded` is the title
    folded, where it is at hand.
    """
    folded = fold(title) if folded is None else folded
    first, _, rest = folded.partition(" ")
    word = first.rstrip("0123456789")
    for beginning in (word, f"{first} {rest.partition(' ')[0]}") if word in _FIRST_WORDS else ():
        for kind, pattern in _BY_BEGINNING.get(beginning, ()):
            if pattern.match(title):
                return kind
    if folded.endswith(_LAST_WORDS) and (end := _NOTICE_END.search(title)):
        return _ENDINGS[end[1].lower()]
    for kind, words, pattern in _ENDS:
        if folded.endswith(words) and pattern.search(title):
            return kind
    if "pp " in folded and _BOOK_REVIEWED.search(title):
        return "review"
    return "erratum" if " vol" in folded and (cited := CITED.search(title)) and cited[1] else ""
