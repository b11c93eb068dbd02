"""Any text comes in as UTF-8, or with a sentence that says why not; an output appears whole or not at all."""

import codecs
import errno
import gzip
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.errors import InputError, OutputError
from papertwin.data.files import atomic, streams
from papertwin.data.files.atomic import Output
from papertwin.data.files.streams import as_utf8, open_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=60)
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",  # Python writes this mark itself
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def read(path, notes=None):
    with as_utf8(open_bytes(path), str(path), (notes if notes is not None else []).append) as stream:
        return stream.read().decode()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("packed", [False, True])
@given(text=TEXTS)
def test_text_is_read_whatever_its_encoding(tmp_path_factory, encoding, packed, text):
    """UTF-8, UTF-16 and UTF-32, with their marks, packed or not and whatever the suffix, give the same text."""
    path = tmp_path_factory.mktemp("any") / "pairs.dat"
    content = ENCODINGS[encoding] + ("a" + text).encode(encoding)
    path.write_bytes(gzip.compress(content) if packed else content)
    notes = []

    assert "a" + text == read(path, notes)
    assert notes == []


@pytest.mark.parametrize("chunk", [1, 2, 3, 7])
def test_characters_that_chunks_cut_in_two_stay_whole(tmp_path, monkeypatch, chunk):
    """Where reading stops within a character, the next chunk completes it."""
    monkeypatch.setattr(streams, "CHUNK", chunk)
    text = "Žluťoučký kůň 微分方程 🧬 naïve"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")

    assert text == read(path)


def test_bytes_that_are_no_utf8_are_read_as_windows_does(tmp_path):
    """Latin-1 and Windows-1252 text is read and the user is told once; UTF-8 beside it stays right."""
    path = tmp_path / "a.csv"
    path.write_bytes("Müller€s ".encode("cp1252") + "Müller\n".encode() + b"\x81")
    notes = []

    assert read(path, notes) == "Müller€s Müller\n\x81"
    assert len(notes) == 1
    assert "Windows-1252" in notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("before", [0, 2 * streams.CHUNK])
def test_a_nul_is_left_out_and_told_wherever_it_stands(tmp_path, encoding, before):
    """A damaged character spoils no file; where it stood late in one, it was taken for a character of a name."""
    path = tmp_path / "a.csv"
    path.write_bytes(("x" * before + "Mü\0ller\n").encode(encoding))
    notes = []

    assert read(path, notes) == "x" * before + "Müller\n"
    assert [note for note in notes if "NUL" in note] == [f"{path}: NUL characters, which no text has, are left out"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "binary"),
        (b"PK\x03\x04\x14\0\0\0records.ris", "ZIP archive, not text: unpack it, and name the file that is in it"),
        (b"%PDF-1.7 ...", "PDF, not text: export the records as RIS or CSV"),
        (bytes(range(1, 32)) * 4, "binary"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, kind):
    """A binary file is named for what it is, never read as text."""
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(InputError, match=f"a.csv: this is .*{kind}"):
        read(path)


def test_a_cut_off_gzip_is_an_error(tmp_path):
    """Half a gzip file is not half the pairs: it is an error that says so."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(os.urandom(3000).hex().encode())[:-500])

    with pytest.raises(InputError, match="damaged or cut off"):
        read(path)


@pytest.mark.parametrize(("name", "reason"), [("missing.json", "no such file"), (".", "a folder")])
def test_what_cannot_be_opened_is_named(tmp_path, name, reason):
    """A missing file and a folder are told apart."""
    with pytest.raises(InputError, match=reason):
        open_bytes(tmp_path / name)


def test_standard_input_is_read(monkeypatch):
    """A dash is standard input, gzip or not."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b"here"))))

    assert read("-") == "here"


@pytest.fixture(params=["unnamed", "named"])
def either_way(request, monkeypatch):
    """Outputs are written to files without a name where the system has them, else to hidden ones."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


@pytest.mark.usefixtures("either_way")
def test_an_output_appears_when_it_is_complete(tmp_path):
    """While it is written there is nothing under its name; afterwards nothing beside it."""
    path = tmp_path / "out.csv"
    with Output(path) as output:
        output.stream.write(b"a")

        assert not path.exists()

    assert path.read_bytes() == b"a"
    assert os.listdir(tmp_path) == ["out.csv"]


KILLED = """
import os, signal, sys
from papertwin.data.files.atomic import Output
with Output(sys.argv[1]) as output:
    output.stream.write(bytes(1 << 20))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_nothing(tmp_path):
    """Hard because nothing in the process can tidy up after SIGKILL."""
    number = atomic._unnamed(tmp_path)
    if number is None:
        pytest.skip("this disk has no files without a name: a hidden one stays")
    os.close(number)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out.csv")], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert os.listdir(tmp_path) == []


def test_where_files_get_no_second_name_the_output_is_copied(tmp_path, monkeypatch):
    """Hard because it shows at the end, when all work is done."""

    def refuses(*_, **__):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    with Output(tmp_path / "out.csv") as output:
        output.stream.write(b"a" * (1 << 20))

    assert (tmp_path / "out.csv").read_bytes() == b"a" * (1 << 20)
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.usefixtures("either_way")
def test_an_output_has_the_permissions_of_other_new_files(tmp_path):
    (tmp_path / "other").touch()
    with Output(tmp_path / "out.csv") as output:
        output.stream.write(b"a")

    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert (tmp_path / "out.csv").stat().st_nlink == 1


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_output_that_fails_leaves_nothing(tmp_path, error):
    """When the work ends early, the file of before is as it was and no part of the new one is left."""
    path = tmp_path / "out.csv.gz"
    path.write_bytes(b"before")

    def work(output):
        output.stream.write(b"new")
        raise error

    with pytest.raises(error), Output(path, force=True) as output:
        work(output)

    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["out.csv.gz"]


def test_a_packed_output_depends_on_its_content_alone(tmp_path):
    """The same rows give the same bytes, whenever and under whatever name they are packed."""
    for name in ("a.gz", "b.gz"):
        with Output(tmp_path / name) as output:
            output.stream.write(b"rows")

    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"rows"


@pytest.mark.usefixtures("either_way")
def test_an_output_that_is_a_link_is_written_through(tmp_path):
    """A link stays a link; the file that it names is replaced."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with Output(tmp_path / "link.csv", force=True) as output:
        output.stream.write(b"new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_a_device_is_never_replaced():
    """/dev/null stays the device that it is, also under --force."""
    with Output("/dev/null", force=True) as output:
        output.stream.write(b"gone")

    assert not Path("/dev/null").is_file()
    with Output("/dev/null") as output:
        output.stream.write(b"gone")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="a folder of Linux and macOS")
def test_a_pipe_that_has_no_path_is_written_to():
    """Hard because /dev/stdout before a pipe, and the shell's `>(command)`, are links to what is in no folder."""
    read, write = os.pipe()
    with Output(f"/dev/fd/{write}") as output:
        output.stream.write(b"rows")
    os.close(write)

    with os.fdopen(read, "rb") as pipe:
        assert pipe.read() == b"rows"


@pytest.mark.usefixtures("either_way")
def test_a_name_as_long_as_the_disk_takes_is_no_error(tmp_path):
    """Hard because the output waits under another name, which was longer."""
    path = tmp_path / ("n" * 251 + ".csv")
    with Output(path) as output:
        output.stream.write(b"rows")

    assert path.read_bytes() == b"rows"


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch, step):
    """When the disk fills at the last step, the sentence says so and the folder is as it was."""

    def fails(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fails)
    with pytest.raises(OutputError, match=r"out\.csv: the disk is full"), Output(tmp_path / "out.csv") as output:
        output.stream.write(b"a")

    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_write_to_a_full_disk_is_said():
    """What fails while it is written is told like what fails at the end."""
    with pytest.raises(OutputError, match="the disk is full"), Output("/dev/full") as output:
        output.stream.write(bytes(1 << 20))


def test_an_existing_output_needs_force(tmp_path):
    """Nothing is replaced unasked, and the way out is named."""
    path = tmp_path / "out.csv"
    path.write_text("precious")
    with pytest.raises(InputError, match=r"out\.csv: the file exists: .*--force"):
        Output(path)

    assert path.read_text() == "precious"


def test_an_output_folder_must_be_there(tmp_path):
    """A missing folder is named, not made."""
    with pytest.raises(InputError, match=r"the folder .*missing is not there"):
        Output(tmp_path / "missing" / "out.csv")
    with pytest.raises(InputError, match="this is a folder"):
        Output(tmp_path)


def test_a_read_only_folder_is_said(tmp_path, monkeypatch):
    """A folder that cannot be written to is told before any work is done."""
    real = Path.open

    def refuses(path, mode="r", *rest, **more):
        if "x" in mode:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, mode, *rest, **more)

    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuses)
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(InputError, match=r"out\.csv: cannot be written there \(Permission denied\)"):
        Output(tmp_path / "out.csv")
