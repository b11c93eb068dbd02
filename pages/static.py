"""The review page without a server: one file that holds all, keeps answers in the browser and saves a case file."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable
from itertools import chain
from typing import Any

from papertwin.data.cases import LABELLED_AT
from papertwin.data.files.rows import decode, encode
from papertwin.pages.journal import Journal
from papertwin.pages.policy import PAGE, page_files, policy
from papertwin.pages.scored import Scored

_STYLE = re.compile(r'<link rel="stylesheet" href="([\w.]+)">')
_SCRIPT = re.compile(r'<script src="([\w.]+)"></script>')


def page(scored: Scored, labels: str, labeller: str = "", journal: Journal | None = None, jobs: int = 1) -> str:
    """The page as HTML, for these pairs, by `jobs` processes; `labels` is the name that the case file is saved under.

    What is decided in the `journal` is decided on the page, and in the case file too.
    """
    pairs = scored.pairs
    data = {
        # By which the browser keeps the answers to these pairs.
        "key": hashlib.sha256(b"\n".join(chain.from_iterable(pairs.keys))).hexdigest()[:16],
        "labeller": labeller,
        "decided": [] if journal is None else _decided(scored, journal),
        "beginning": scored.beginning(labels),
        "belief": scored.belief(),
        "index": scored.index(),
        "views": scored.views(range(len(pairs)), jobs),
        "cases": [scored.case(row) for row in range(len(pairs))],
    }
    files = page_files()
    html = files[PAGE].decode()
    hashes: dict[str, list[str]] = {"style": [], "script": []}
    html = _STYLE.sub(_inlined("style", files, hashes["style"]), html)
    html = _SCRIPT.sub(_inlined("script", files, hashes["script"]), html)
    allowed = policy(script_src=" ".join(hashes["script"]), style_src=" ".join(hashes["style"]))
    html = html.replace(
        '<meta charset="utf-8">',
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{allowed}">',
    )
    before, body, after = html.partition("<body>\n")
    return f'{before}{body}<script type="application/json" id="data">{_embedded(data)}</script>\n{after}'


def _decided(scored: Scored, journal: Journal) -> list[dict[str, Any]]:
    """The answers of a journal to these pairs, as the page notes its own."""
    rows = {key: row for row, key in enumerate(scored.pairs.keys)}
    return [
        {
            "row": rows[key],
            "answer": answer,
            "at": journal.cases[key].get(LABELLED_AT),
            "labeller": journal.cases[key].get("labeller"),
        }
        for key, answer in journal.latest().items()
        if key in rows
    ]


def _inlined(tag: str, files: dict[str, bytes], hashes: list[str]) -> Callable[[re.Match[str]], str]:
    """What replaces a link to a file: the file, whose hash is added to those that the policy allows."""

    def inlined(link: re.Match[str]) -> str:
        text = files[link[1]].decode()
        hashes.append(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
        return f"<{tag}>{text}</{tag}>"

    return inlined


def _embedded(data: Any) -> str:
    """The data as JSON that no text in it can end: every < is written by its number."""
    plain = decode(encode(data))  # what JSON does not have, and half characters, are gone
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").encode("utf-8", "replace").decode()
