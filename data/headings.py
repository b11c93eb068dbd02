"""HEADINGS: titles that thousands of works share, such as Editorial."""

from papertwin.data.text import fold
from papertwin.data.titles import YEAR

HEADINGS = frozenset(
    fold(heading)
    for heading in """
apresentacao|briefs|buchbesprechungen|calendar|calendar of events|case of the month|chairmans message
clinical quiz|comptes rendus|directors message|editors choice|editors column|editors letter|editors page
einleitung|from the chair|from the president|geleitwort|image of the month|inhaltsverzeichnis
introduccion|journal club|letter from the president|mededelingen|message from the chair|message from the president
mitteilungen|new products|news in brief|notes and queries|prefacio|prefazione|presentacion
presidential address|presidents column|presidents letter|presidents message|presidents page
product news|prologo|quiz|recensioni|resenas|research highlights|rezensionen|upcoming events|vorwort
abstract|abstracts|acknowledgement|acknowledgements|acknowledgments|advertisement|announcement|announcements
annual report|appendix|ask the expert|author index|authors reply|avant propos|awards|back cover|back matter
bibliography|book notes|book review
book review column|book reviews|books received|call for book reviews|call for papers|comment|commentary
conclusion|conclusions|conference report|contents|contributors|correction|corrigendum|correspondence|cover
discussion|doctor of philosophy|editor s note|editors note|editorial|editorial board|editorial comment
editorial introduction|editorial note|editorial notes|editorials|editors comments|editor s comments|epilogue
errata|erratum|foreword|from the editor|from the editors|front cover|front matter|general introduction|glossary
guest editor s introduction|guest editorial|guest editors introduction|highlights|in brief|in memoriam
in this issue|index|information for authors|instructions for authors|introduction|introduction to special issue
introduction to special section|introduction to the special issue|introduction to the special section
invited commentary|issue information|letter|letter from the editor|letter to the editor|letters
letters to the editor|list of contributors|list of reviewers|literature review|masthead|meeting report
message from the editor|message from the editors|miscellany|new books|news|news and notes|news and views|notes
notes and news|notes for contributors|notices|obituary|outlook|overview|panel discussion|preface
preliminary pages|proceedings|prologue|publications received|publisher s note|references|reply|report
research notes|response|review|reviewers|reviews|short notices|special issue|special issue introduction
special section|special section introduction|subject index|summary|supplement|symposium|table of contents|thesis
title page|to the editor|untitled|volume index|welcome|workshop report
""".replace("\n", "|").split("|")
    if heading
)


def is_heading(folded: str) -> bool:
    """Whether a folded title, or the half of one, is a heading that many works share, years aside: "Editorial"."""
    return YEAR.sub("", folded).strip(" 0123456789") in HEADINGS
