"""The record in files of text and of XML."""

RIS = """TY  - JOUR
AU  - Marsh, Io
AU  - Otter, Bo
TI  - Foxes of the lower valley: a census
PY  - 2019
DA  - 2019/03/05
T2  - Journal of Foxes
VL  - 3
IS  - 2
SP  - 17
EP  - 29
DO  - 10.5555/fox.19
AB  - We count foxes. There are 40.
ER  -

""".replace("ER  -", "ER  - ")
NBIB = """PMID- 31234567
OWN - NLM
DP  - 2019 Mar 5
TI  - Foxes of the lower
      valley: a census
PG  - 17-29
LID - 10.5555/fox.19 [doi]
LID - S0000-1 [pii]
AB  - We count foxes.
      There are 40.
FAU - Marsh, Io
AU  - Marsh I
FAU - Otter, Bo
AU  - Otter B
JT  - Journal of Foxes
TA  - J Fox
VI  - 3
IP  - 2
PMC - PMC7654321

"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Marsh, I
   Otter, B
AF Marsh, Io
   Otter, Bo
TI Foxes of the lower
   valley: a census
SO Journal of Foxes
PD MAR 5
PY 2019
VL 3
IS 2
BP 17
EP 29
DI 10.5555/fox.19
AB We count foxes. There are 40.
UT WOS:000000000000001
ER

EF
"""
REFER = """%0 Journal Article
%A Marsh, Io
%A Otter, Bo
%T Foxes of the lower valley: a census
%J Journal of Foxes
%D 2019
%8 March 5
%V 3
%N 2
%P 17-29
%R 10.5555/fox.19
%X We count foxes. There are 40.
"""
BIBTEX = """@article{marsh2019,
  author = {Marsh, Io and Otter, Bo},
  title = {{F}oxes of the lower valley: a census},
  journal = {Journal of Foxes},
  year = 2019, month = mar, day = 5,
  volume = "3",
  number = {2},
  pages = {17--29},
  doi = {10.5555/fox.19},
  abstract = {We count foxes. There are 40.}
}
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><rec-number>7</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal" font="default" size="100%">Marsh, Io</style></author><author>Otter, Bo</author></authors>
</contributors><titles><title><style face="normal">Foxes of the </style><style face="italic">lower</style><style
face="normal"> valley: a census</style></title><secondary-title>Journal of Foxes</secondary-title></titles>
<pages>17-29</pages><volume>3</volume><number>2</number><dates><year>2019</year><pub-dates><date>Mar 5</date>
</pub-dates></dates><electronic-resource-num>10.5555/fox.19</electronic-resource-num>
<abstract>We count foxes. There are 40.</abstract></record></records></xml>"""
PUBMED_XML = """<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle" "https://x.invalid/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">31234567</PMID><Article><Journal><JournalIssue>
<Volume>3</Volume><Issue>2</Issue><PubDate><Year>2019</Year><Month>Mar</Month><Day>05</Day></PubDate></JournalIssue>
<Title>Journal of Foxes</Title></Journal><ArticleTitle>Foxes of the <i>lower</i> valley: a census</ArticleTitle>
<Pagination><StartPage>17</StartPage><EndPage>29</EndPage></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/fox.19</ELocationID>
<Abstract><AbstractText>We count foxes. There are 40.</AbstractText></Abstract><AuthorList>
<Author><LastName>Marsh</LastName><ForeName>Io</ForeName></Author><Author><LastName>Otter</LastName><ForeName>Bo</ForeName>
</Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
COCHRANE = """Record #1 of 1
ID: CN-00012345
AU: Marsh, Io
AU: Otter, Bo
TI: Foxes of the lower valley: a census
SO: Journal of Foxes
YR: 2019
VL: 3
NO: 2
PG: 17-29
PM: PUBMED 31234567
XR: EMBASE 621234567
DOI: 10.5555/fox.19
AB: We count foxes. There are 40.
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00012345/full


"""
EMBASE = """"TITLE","Foxes of the lower valley: a census"
"AUTHOR NAMES","Marsh, Io","Otter, Bo"
"AUTHOR ADDRESSES","(Marsh, Io) The valley","(Otter, Bo) The hill"
"AiP/IP ENTRY DATE","2019-03-06"
"SOURCE","Journal of Foxes (2019) 3:2 (17-29). Date of Publication: 5 Mar 2019"
"PUBLICATION YEAR","2019"
"VOLUME","3"
"ISSUE","2"
"FIRST PAGE","17"
"LAST PAGE","29"
"DATE OF PUBLICATION","5 Mar 2019"
"ABSTRACT","We count foxes.","There are 40."
"MEDLINE PMID","31234567","http://www.ncbi.nlm.nih.gov/pubmed/31234567"
"PUI","L621234567"
"DOI","10.5555/fox.19"

"""
ATOM = """<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1903.00001v2</id>
<published>2019-03-05T18:00:00Z</published><title>Foxes of the lower
  valley: a census</title><summary> We count foxes. There are 40. </summary><author><name>Io Marsh</name></author>
<author><name>Bo Otter</name></author><arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/fox.19</arxiv:doi>
<link href="http://arxiv.org/pdf/1903.00001v2" title="pdf"/></entry></feed>"""
