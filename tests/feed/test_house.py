"""The rooms of the house: the pure core knows no screen, no folder and no thread."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SCREEN = ("textual", "rich", "tui")
_PURE = ("model", "rules", "councils", "wording", "ledger", "reports")
"""The rooms that import-linter holds pure; here the loaded modules say it too."""
_IO = ("watchfiles", "feed.sources", "feed.recording", "feed.session.session", "subprocess")


def modules_after(code: str, *arguments: str) -> list[str]:
    """Run code in a Python of its own and give the modules that it has loaded by its end."""
    script = (
        "import sys, json, atexit\n"
        "def loaded():\n"
        "    print('\\n' + json.dumps(sorted(sys.modules)))\n"
        "atexit.register(loaded)\n" + code
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules: list[str] = json.loads(done.stdout.splitlines()[-1])
    return modules


def of(modules: list[str], *names: str) -> list[str]:
    return [m for m in modules if any(m == name or m.startswith(f"{name}.") for name in names)]


def all_rooms() -> list[str]:
    return sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "feed").rglob("*.py")
        if path.name != "__init__.py" and "sample_feeds" not in path.parts
    )


def test_no_room_of_the_feed_leads_to_the_screen() -> None:
    rooms = all_rooms()
    assert len(rooms) > 60
    modules = modules_after("\n".join(f"import {room}" for room in rooms))
    assert of(modules, *_SCREEN) == []
    assert set(rooms) <= set(modules)


def test_the_pure_core_leads_to_no_folder_no_watcher_and_no_recording() -> None:
    rooms = [name for name in all_rooms() if name.split(".")[1] in _PURE]
    modules = modules_after("\n".join(f"import {room}" for room in rooms))
    assert of(modules, *_IO) == []


def test_no_command_that_needs_no_screen_loads_one() -> None:
    commands = [
        ("--help",),
        ("check", "sample_feeds/england-2018"),
        ("summary", "sample_feeds/england-2018", "--format", "json"),
        ("explain", "sample_feeds/england-2018", "con.councils"),
        ("schema",),
    ]
    run = (
        "from tui.cli.main import main\n"
        f"for command in {commands}:\n"
        "    sys.argv = ['nightdesk', *command]\n"
        "    try:\n"
        "        main()\n"
        "    except SystemExit as ended:\n"
        "        assert not ended.code, (command, ended.code)\n"
        "    assert 'textual' not in sys.modules, command\n"
    )
    assert "tui.cli.main" in modules_after(run)
