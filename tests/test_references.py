"""References: volume, issue and pages that stand behind the name in a journal's place."""

import pytest

from papertwin.data.fields import prepare
from papertwin.data.values.references import placed


@pytest.mark.parametrize(
    ("journal", "place"),
    [
        ("Ann. Inst. Fourier (Grenoble), 66 no. 5 (2016), p. 2101-2155", ("66", "5", "2101-2155")),
        ("Phys. Rev. E 85, 036202 (2012)", ("85", None, "036202")),
        ("Phys. Rev. B 71, 081401(R) (2005)", ("71", None, "081401")),
        ("Phys.Rev. A59 (1999) 427-438", ("59", None, "427-438")),
        ("Class.Quant.Grav.25:195021,2008", ("25", None, "195021")),
        ("J. London Math. Soc. (2) 88 (2013) 294-318", ("88", None, "294-318")),
        ("Analysis & PDE 14 (2021) 1951-1976", ("14", None, "1951-1976")),
        ("Entropy 2017, 19(9), 493", ("19", "9", "493")),
        ("Journal of Algebra 304, 1 (2006) 457-486", ("304", "1", "457-486")),
        ("Stat, 8, e233 (2019)", ("8", None, "e233")),
        ("J. Differential Equations, Volume 17, Issue\n  2, April 2005, Pages 271-292", ("17", "2", "271-292")),
        ("J. Functional Analysis, vol. 279(12), 2020, Article 108799", ("279", "12", "108799")),
        ("Annals of Operations Research (2019) 282, 299-313", ("282", None, "299-313")),
        ("Mathematische Zeitschrift 2017 Volume 286", ("286", None, None)),
    ],
)
def test_a_reference_is_read(journal: str, place: tuple[str, str | None, str | None]) -> None:
    """However bibliographies order and mark them, volume, issue and pages behind a name are told apart."""
    assert placed(journal) == place


@pytest.mark.parametrize(
    "journal",
    [
        "Annali di Matematica Pura ed Applicata (1923 -)",  # the years of a journal
        "Proceedings of the 2017 ACM International Conference on Management of Data",
        "2019 IEEE/CVF International Conference on Computer Vision Workshop (ICCVW)",
        "technical report msr-tr-2000-53",
        "Scandinavian Actuarial Journal, 2018:9, 792-822",  # its volumes are years
        "JHEP 2301:122,2023",  # an issue of 2023, which others call volume 2023, issue 1
        "Journal of Group Theory 12",  # without a year it might be anything
        "Phil. Trans. R. Soc. A 2017 375 20160299 and more words",
        "",
    ],
)
def test_what_is_no_reference_places_nothing(journal: str) -> None:
    """Numbers in a name, a report's mark or years alone are no volume: better none than a wrong one."""
    assert placed(journal) is None


def test_given_places_win() -> None:
    """A reference is heeded only where the record gives no volume, issue and pages of its own."""
    reference = "Open Math. 15 (2017), 57-76"
    columns = prepare(
        [{"title": "T", "journal": reference}, {"title": "T", "journal": reference, "volume": "3"}]
    ).listed
    assert [columns(name) for name in ("volume_number", "first_page", "last_page")] == [
        ["15", "3"],
        ["57", None],
        ["76", None],
    ]
