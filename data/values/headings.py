"""HEADINGS: titles that thousands of works share, such as Editorial."""

import re

from papertwin.data.values.numbering import YEAR
from papertwin.data.values.text import fold

PAGE_LETTERS = ("i", "v", "x", "l")
_PAGE = re.compile(rf" [{''.join(PAGE_LETTERS)}]+$")  # "Title page iii"
HEADINGS = frozenset(
    fold(heading)
    for heading in """
from the editors desk|from the desk of the editor|from the editor in chief|from the publisher
apresentacao|briefs|buchbesprechungen|calendar|calendar of events|case of the month
clinical quiz|comptes rendus
einleitung|from the chair|from the president|geleitwort|image of the month|inhaltsverzeichnis
introduccion|journal club|letter from the president|mededelingen|message from the chair|message from the president
mitteilungen|new products|news in brief|notes and queries|prefacio|prefazione|presentacion
presidential address
product news|prologo|quiz|recensioni|resenas|research highlights|rezensionen|upcoming events|vorwort
about the authors|about this issue|acknowledgement to reviewers|acknowledgment to reviewers|advertisers index
advertising|anhang|answer to photo quiz|appointments|association news|ausblick|author guidelines|bibliografia
bibliographie|briefly|buchbesprechung|calendar of meetings|carta al editor|closing remarks|cme questions|committees
concluding remarks|conclusiones|conclusioni|conference committees|contents page|continuing education
contributors to this issue|copyright page|cover image|crossword|deaths|diary|ecg of the month|editorial policy
editoriale|editoriales|einfuhrung|fazit|forthcoming events|fran redaktionen
images in clinical medicine|impressum|in memory|indice|inledning|inside back cover|inside front cover|introducao
introduzione|johdanto|keynote address|keynote speech|libros|list of participants|literatur
literaturverzeichnis|meetings|members news|message from the general chairs|message from the program chairs
message from the chairs|message from the program committee|nachruf|necrologie|nekrolog|news in focus|notas|noticias
obituaries|opening remarks|oral presentations|organizing committee|outside front cover|participants
patent watch|personalia|photo quiz|plenary session|poem|poems|poster abstracts|poster session
program committee|programme committee|radiology quiz|recensione|resena|research news
research round up|reviewer list|reviewers list|schluss|self assessment quiz|session chairs|society news
sommaire|sonnet|sponsors|steering committee|sumario|technical program committee|thanks to reviewers
this week|this week in science|tutorials|two poems|uvod|viewpoint|welcome from the chairs|welcome message
welcome message from the chairs|welcome message from the general chairs|what is your diagnosis|whats your diagnosis
workshops|world news|wstep|zaklyuchenie|zusammenfassung
Введение|Заключение|От редактора|От редакции|Предисловие|Рецензия|Содержание|Хроника
巻頭言|編者按|編集後記|編委会|目次|目录|编者按|编委会|征稿启事|前言|后记|あとがき|まえがき
卷首语|刊首语|编者的话|主编寄语|序|序言|编后记|致谢|投稿须知|稿约|总目次|总目录|简讯|はじめに|おわりに|会告|書評
머리말|편집후기|권두언|서평|목차
От редколлегии|Слово редактора|Новости|Информация|Юбилеи|К читателям
editorden|onsoz|szerkesztoi|eloszo|od redakcji|od redaktora|wstepniak|recenzje|uvodnik|paakirjoitus|forord
voorwoord|redactioneel|nota editorial|carta do editor|carta del editor|palavra do presidente
abstract|abstracts|acknowledgement|acknowledgements|acknowledgments|advertisement|announcement|announcements
annual report|appendix|ask the expert|author index|authors reply|avant propos|awards|back cover|back matter
bibliography|book notes|book review
book review column|book reviews|books received|call for book reviews|call for papers|comment|commentary
conclusion|conclusions|conference report|contents|contributors|correction|corrigendum|correspondence|cover
discussion|doctor of philosophy|editorial|editorial board|editorial comment
editorial introduction|editorial note|editorial notes|editorials|epilogue
errata|erratum|foreword|from the editor|from the editors|front cover|front matter|general introduction|glossary
guest column|guest editorial|highlights|in brief|in memoriam
in this issue|index|information for authors|instructions for authors|introduction|introduction to special issue
introduction to special section|introduction to the special issue|introduction to the special section
invited commentary|issue information|letter|letter from the editor|letter to the editor|letters
letters to the editor|list of contributors|list of reviewers|literature review|masthead|meeting report
message from the editor|message from the editors|miscellany|new books|news|news and notes|news and views|notes
notes and news|notes for contributors|notices|obituary|outlook|overview|panel discussion|preface
preliminary pages|proceedings|prologue|publications received|references|reply|report
research notes|response|review|reviewers|reviews|short notices|special issue|special issue introduction
special section|special section introduction|subject index|summary|supplement|symposium|table of contents|thesis
title page|to the editor|untitled|volume index|welcome|workshop report
""".replace("\n", "|").split("|")
    if heading
)
# What is a heading by itself, but says little beside another half: "Peat: are we ready? (panel)".
_ALONE = HEADINGS | {
    "keynote", "keynotes", "opinion", "panel", "perspective", "perspectives", "posters", "program", "programme",
    "resume", "statistics",
}  # fmt: skip
# "Remarks from the Soil Science editor", "Message from the general chairs".
_FROM = ("a word", "comments", "greetings", "letter", "message", "news", "note", "notes", "remarks", "thoughts")
_FROM_WHOM = re.compile(
    rf"(?:{'|'.join(_FROM)}) from (?:the |our )?(?:[a-z]+ ){{0,4}}"
    "(?:board|chairs?|chairman|chairwoman|chief|director|editors?|office|president|publisher|secretary|treasurer)"
)


# "Treasurer's message", "Guest editor's notes".
_OFFICE = ("chair", "director", "editor", "guest editor", "president", "publisher", "secretar", "treasurer")
_OF_WHOM = re.compile(
    r"(?:guest )?(?:chair(?:man|woman)?|director|editor(?: in chief)?|president|publisher|secretary|treasurer) ?s? "
    r"(?:address|choice|column|comments?|corner|desk|foreword|introduction|letter|message|notes?|page|preface|remarks|"
    r"report)"
)


def is_heading(main: str, sub: str) -> bool:
    """Whether a folded title, parted as split_subtitle does, is or has a heading that many works share."""
    if (not HEADINGS.isdisjoint((main, sub))) if sub else main in _ALONE:
        return True
    if main.startswith(_OFFICE) or sub.startswith(_OFFICE):
        return any(map(_OF_WHOM.fullmatch, (main, sub)))
    return main.startswith(_FROM) and _FROM_WHOM.fullmatch(main) is not None


def without_numbers(folded: str) -> str:
    """A folded title or the half of one without years and page numbers: "title page" of "Title page iii"."""
    return _PAGE.sub("", YEAR.sub("", folded).strip(" 0123456789"))
