"""A feed folder in which everything is meant to do harm."""

from __future__ import annotations

import gzip
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ESC, CSI, OSC, ST = "\x1b", "\x1b[", "\x1b]", "\x1b\\"
PAYLOADS: Final = (
    f"{CSI}2J{CSI}3J", f"{CSI}999;999H", f"{CSI}8mhidden{CSI}0m", f"{CSI}5;6mblink", f"{CSI}?1049l",
    f"{CSI}?25l{CSI}?1003h", f"{CSI}6n{CSI}c{CSI}>c", f"{CSI}21t{CSI}18t", f"{CSI}1;9999r",
    f"{CSI}4h{CSI}20h", f"{CSI}!p", f"{CSI}5i", f"{CSI}100000b", f"{CSI}>4;2m",
    f"{OSC}0;a title\x07", f"{OSC}2;a title{ST}", f"{OSC}52;c;ZXZpbA==\x07",
    f"{OSC}52;c;ZXZpbA=={ST}", f"{OSC}8;;http://evil.example/{ST}click{OSC}8;;{ST}",
    f"{OSC}9;notice\x07", f"{OSC}777;notify;a;b\x07", f"{OSC}1337;File=inline=1:AAAA\x07",
    f"{OSC}4;1;rgb:ff/00/00\x07", f"{OSC}10;?\x07", f"{OSC}50;font\x07", f"{OSC}22;wait\x07",
    f"{ESC}P+q544e{ST}", f"{ESC}Pq#0;2;0;0;0~{ST}", f"{ESC}_Ga=T,f=24;AAAA{ST}", f"{ESC}^pm{ST}",
    f"{ESC}Xsos{ST}", f"{ESC}c", f"{ESC}#8", f"{ESC}7{ESC}8", f"{ESC}(0lqk", f"{ESC}%G", f"{ESC}=",
    "\x9b2J", "\x9d52;c;ZXZpbA==\x9c", "\x90q\x9c", "\x9fGa=T\x9c", "\x85\x84\x8d\x98",
    "\x0e\x0f\x05\x07\x08\x0b\x0c\x1a\x7f", "before\rafter", "over\b\b\b\bwritten", "NUL\x00in it",
    "\u202egnp.exe", "\u2066isolate\u2069\u200f", "\u061carabic mark", "zero\u200bwidth\u2060\ufeff",
    "tag\U000e0041\U000e007f", "line\u2028and\u2029paragraph", "Zalgo" + "\u0301\u0327" * 40,
    "\ufe0f\u200d\U0001f468\u200d\U0001f469", "\ud83d lone", "wide\u3000\uff21\uff22", "\u00ad\u180e\u115f",
    "Labour gain [from Con]", "[/]", "[@click=app.quit]x[/]", "[bold red on blue]", "[link=file:///]x",
    "$(reboot)`id`", "=cmd|' /C calc'!A0", "{0.__class__}%s%n", "../../../../etc/passwd", "a" * 1990,
)  # fmt: skip
NAMES: Final = (
    b"news\xff\xfe.json", b"line\nbreak.json", b"esc\x1b[2J.json", b"osc\x1b]52;c;ZXZpbA==\x07.json",
    b"c1\xc2\x9b2J.json", "rtl\u202enosj.json".encode(), "zero\u200bwidth.json".encode(),
    b"tab\there.json", b"back\\slash.json", b"[@click=app.quit]x.json", b"[bold red].json", b" .json",
    b"-rf.json", b"%s%n.json", b"..json.json", b"\xf0\x9f\x91\xa8.json", b"n" * 240 + b".json",
    b"quote'\".json", b"$(id).json", b"CON.json", b"bell\x07.json", b"\x9b2J.json",
)  # fmt: skip


def fields(payload: str) -> Iterator[dict[str, Any]]:
    """Return messages that carry `payload` in every field that takes a text."""
    night = {"date": "2019-05-02", "name": f"Night {payload}"[:110]}
    short = payload[:100]
    yield {"kind": "news", "election": night, "text": payload, "source": payload, "note": payload}
    yield {"kind": "result", "election": night, "council": short, "type": short, "region": short,
           "agency_id": short, "after": {"lab": 3, short: 2}, "party_names": {short: short},
           "note": payload, "source": payload}  # fmt: skip
    yield {"kind": "rush", "council": f"Ash {short}", "text": payload, "control_after": "lab"}
    yield {"kind": "contest", "contest": "mayor", "area": short, "winner": "lab",
           "winner_name": short, "text": payload,
           "candidates": [{"name": short, "party": short, "elected": True}]}  # fmt: skip
    yield {"kind": "agency_total", "region": short, "declared": 1,
           "rows": [{"party": short, "name": short, "councils": 1}],
           "councils": [{"council": short}]}  # fmt: skip
    yield {"kind": "withdrawal", "council": short, "reason": payload}
    yield {"kind": payload, payload: payload, "text": [payload]}


def texts(payload: str) -> Iterator[tuple[str, bytes]]:
    """Return whole files of other formats with `payload` in them, by their suffix."""
    raw = payload.encode("utf-8", "surrogatepass")
    yield ".txt", b"1.05am update: " + raw + b" - Lab gain from Con\n" + raw + b"\n"
    yield ".csv", b"council,lab,con," + raw + b"\nTrafford,3,4," + raw + b"\n" + raw + b",1,2,3\n"
    shown = (
        payload.replace("&", "&amp;")
        .replace('"', "&quot;")
        .replace("<", "&lt;")
        .encode("ascii", "xmlcharrefreplace")
    )
    yield (
        ".xml",
        (
            b'<LocalElectionResult revision="1"><Election date="2019-05-02" paId="%b"/>'
            b'<Council name="%b" paId="1" type="%b" proportion="all" gainOrHold="%b" winningParty="%b">'
            b'<NewCouncil><Party name="%b" paId="1" seats="3"/></NewCouncil></Council>'
            b"</LocalElectionResult>" % ((shown,) * 6)
        ),
    )


def bombs() -> Iterator[tuple[str, bytes]]:
    """Return files that are meant to exhaust or to confuse whoever reads them, by their name."""
    yield "deep.json", b"[" * 100_000 + b"]" * 100_000
    yield "deep-open.json", b'{"a":' * 100_000
    yield "deep.xml", b"<a>" * 50_000 + b"</a>" * 50_000
    laughs = b"".join(
        b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
    )
    yield "laughs.xml", b'<?xml version="1.0"?><!DOCTYPE l [' + laughs + b"]><l>&l9;</l>"
    yield (
        "quadratic.xml",
        (b'<!DOCTYPE l [<!ENTITY a "' + b"a" * 50_000 + b'">]><l>' + b"&a;" * 10_000 + b"</l>"),
    )
    yield (
        "outside.xml",
        (
            b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b"<LocalElectionResult>&x;</LocalElectionResult>"
        ),
    )
    yield "dtd.xml", b'<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><LocalElectionResult/>'
    yield "huge-int.json", b'{"kind":"news","text":"x","revision":' + b"9" * 50_000 + b"}"
    yield (
        "huge-seats.json",
        (b'{"kind":"result","council":"Ash","after":{"lab":' + b"9" * 4_000 + b"}}"),
    )
    for number in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b'"NaN"', b"-5", b"3.0", b"true"):
        name = f"number-{number.decode().strip(chr(34))}{len(number)}.json"
        yield name, b'{"kind":"result","council":"Ash","after":{"lab":%b}}' % number
    yield "twice.json", b'{"kind":"news","text":"one","text":"two"}'
    yield "surrogate.json", b'{"kind":"news","text":"\\ud800 and \\udc00\\ud800"}'
    yield "zip.json", gzip.compress(b"0" * 2_000_000)
    yield "night.json.gz", gzip.compress(b'{"kind":"news","text":"inside"}')
    yield "utf16.json", '{"kind":"news","text":"wide"}'.encode("utf-16")
    yield (
        "utf16.xml",
        '<?xml version="1.0" encoding="utf-16"?><LocalElectionResult/>'.encode("utf-16"),
    )
    yield "utf7.xml", b'<?xml version="1.0" encoding="utf-7"?>+ADw-LocalElectionResult/+AD4-'
    yield "unknown-code.xml", b'<?xml version="1.0" encoding="hex"?><LocalElectionResult/>'
    yield "bom.json", b'\xef\xbb\xbf{"kind":"news","text":"with a mark"}'
    yield "nul.json", b"\0" * 5_000
    yield "quote.csv", b'council,lab\n"Ash,3\n' + b"Birch,4\n" * 2_000
    yield "wide.csv", b"council," + b"p," * 40_000 + b"\nAsh\n"
    yield "cell.csv", b"council,lab\n" + b"x" * 300_000 + b",3\n"
    yield "line.txt", b"gain " * 100_000
    yield "lines.txt", b"Lab gain\n" * 10_000
    yield "many.json", b"[" + b'{"kind":"news"},' * 2_000 + b"{}]"
    yield "slash.xml", b"<" * 100_000
    yield "comment.xml", b"<!--" * 20_000
    yield "doctype.xml", b"<!DOCTYPE " + b"[<" * 20_000
    yield "binary.csv", bytes(range(256)) * 40
    yield "empty.json", b""
    yield "spaces.json", b" " * 200_000


def put_texts(root: Path, payloads: tuple[str, ...] = PAYLOADS) -> None:
    """Write a file for every payload and format."""
    for number, payload in enumerate(payloads):
        messages = [json.dumps(message) for message in fields(payload)]
        (root / f"{number:02}.jsonl").write_text("\n".join(messages) + "\n", encoding="utf-8")
        for suffix, data in texts(payload):
            (root / f"{number:02}{suffix}").write_bytes(data)


def put_names(root: Path) -> None:
    """Write a line of news under every hostile name."""
    for number, name in enumerate(NAMES):
        data = b'{"kind":"news","text":"Under a hostile name, %d"}' % number
        Path(os.fsdecode(bytes(root) + b"/" + name)).write_bytes(data)


def put_bombs(root: Path) -> None:
    """Write every bomb."""
    for name, data in bombs():
        (root / name).write_bytes(data)


def put_things(root: Path) -> list[socket.socket]:
    """Put in what is no file, or none of ours; the socket that is given must be closed."""
    os.mkfifo(root / "pipe.json")
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(root)
    try:
        listener.bind("socket.json")
    finally:
        os.chdir(here)
    (root / "zero.json").symlink_to("/dev/zero")
    (root / "secret.json").symlink_to("/etc/passwd")
    (root / "circle.json").symlink_to("circle.json")
    (root / "up").symlink_to(root)
    (root / "dangling.json").symlink_to("nowhere")
    (root / "folder.json").mkdir()
    (root / "folder.json" / "inside.json").write_bytes(b'{"kind":"news","text":"Inside a folder"}')
    with (root / "sparse.json").open("wb") as file:
        file.truncate(1 << 40)
    with (root / "sparse.jsonl").open("wb") as file:
        file.truncate(1 << 40)
    return [listener]


def regular_files(root: Path) -> Iterator[bytes]:
    """Return the path of every regular file, below the root."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield os.fsencode(path.relative_to(root))
