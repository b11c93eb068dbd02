"""BibTeX, written by hand and by programs: all that it may say is read, and a mistake spoils no other entry."""

import sys

import pytest

from papertwin.data.errors import InputError
from papertwin.data.records import open_records
from samples import FOX, titles
from samples.files import BIBTEX


def test_without_bibtexparser_the_way_to_it_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.bib"
    path.write_text(BIBTEX)
    monkeypatch.setitem(sys.modules, "bibtexparser", None)

    with pytest.raises(InputError, match=r'pip install "\.\[formats\]"'):
        open_records(path)


def test_a_broken_entry_spoils_no_other(opened):
    """A brace that is never closed swallows the rest of the file in simple readers."""
    broken = "@article{b,\n  title = {never closed,\n  year = 2001\n\n"
    _, records, (reject,), _ = opened(BIBTEX + broken + BIBTEX.replace("marsh2019", "other"))

    assert [record["id"] for record in records] == ["marsh2019", "other"]
    assert (reject.place, reject.text.strip()) == (12, broken.strip())
    assert "BibTeX" in reject.reason


def test_bibtex_is_more_than_braces(opened):
    """Macros, joined strings, an accent, a corporate author whose name holds "and", a key and a field set twice."""
    text = r"""% made by hand
@string{jf = "Journal of"}
@comment{jabref-meta: x}
@article{a, author = {M{\"u}ller, J. and {Foxes and Hares Society}}, title = {50\% of {DNA} \& more},
  journal = jf # { Foxes}, year = {in press}, keywords = {red, fur}, keywords = {tail}}
@ARTICLE (a, title = "The ""same"" key",)
"""
    _, records, rejects, notes = opened(text)

    assert [record["id"] for record in records] == ["a", "a"]
    assert records[0]["authors"] == ["Müller, J.", "Foxes and Hares Society"]
    assert (records[0]["title"], records[0]["journal"]) == ("50% of DNA & more", "Journal of Foxes")
    assert records[0]["publication_date"] == "in press"
    assert records[0]["keywords"] == ["red, fur", "tail"]
    assert (rejects, len(notes)) == ([], 2)


def test_names_whose_parts_biblatex_names_are_names(opened):
    """Better BibTeX writes those with a particle or a suffix so."""
    text = r"""@article{a, title = {Foxes}, author = {Marsh, Io and family=Berg, given=Jan, given-i=J, prefix=van der,
  useprefix=true and given=Bo, family=Otter, suffix=Jr. and family={M{\"u}ller, AG} and {given=up}}}
"""
    _, (record,), rejects, _ = opened(text)

    assert record["authors"] == ["Marsh, Io", "van der Berg, Jan", "Otter, Jr., Bo", "Müller, AG", "given=up"]
    assert rejects == []


def test_a_comma_too_many_breaks_no_entry_and_another_mistake_counts_once(opened):
    """What is behind the mistake belongs to the entry; an entry that is whole keeps its text to the letter."""
    text = """@article{a, title = {Foxes,, note = all}, year = "2020",, volume = 3,,
}
@article{b, title = {Hares}, year 2020, volume = 4}
"""
    _, (record,), (reject,), _ = opened(text)

    assert {name: record[name] for name in ("title", "publication_date", "volume")} == {
        "title": "Foxes,, note = all", "publication_date": "2020", "volume": "3",
    }  # fmt: skip
    assert (reject.place, "volume = 4" in reject.text) == (3, True)


@pytest.mark.parametrize("comment", ["@Comment by hand, without braces", "@comment\nover two lines", "% by hand"])
def test_a_comment_between_entries_of_bibtex_is_told_and_left_out(opened, comment):
    """BibTeX reads nothing until the next entry begins."""
    _, records, rejects, notes = opened(f"{BIBTEX}\n{comment}\n{BIBTEX}")

    assert (titles(records), rejects) == ([FOX["title"]] * 2, [])
    assert [note.partition("left out: ")[2] for note in notes] == [" ".join(comment.split())]


def test_a_sign_that_bibtex_has_by_its_name_is_the_sign(opened):
    """Mendeley names the signs that LaTeX would set as others; a tilde in an address is one."""
    text = r"""@article{a, title = {{\textless}i{\textgreater}Vulpes{\textless}/i{\textgreater} in fog},
  abstract = {Few (p{\textless}0.05)}, url = {https://example.org/\~{}marsh}}
"""
    _, (record,), rejects, _ = opened(text)

    assert (record["title"], record["abstract"]) == ("<i>Vulpes</i> in fog", "Few (p<0.05)")
    assert (record["urls"], rejects) == (["https://example.org/~marsh"], [])
