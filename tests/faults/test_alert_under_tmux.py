"""The bytes of the desktop notices of a night on a real terminal's side of tmux."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.tui.running.test_alert_sending import TOLD_OF_A_NIGHT

SAYS = (
    "import os, sys; from tui.desk.alarm import desktop_notice; "
    "sys.stdout.write(''.join(desktop_notice(it, os.environ) for it in sys.argv[1:]) + 'the end'); "
    "sys.stdout.flush(); sys.stdin.read()"
)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux")
def test_tmux_passes_each_notice_of_a_night_on_to_its_terminal_exactly_once(tmp_path: Path) -> None:
    config, socket = tmp_path / "tmux.conf", tmp_path / "socket"
    config.write_text("set -g allow-passthrough on\n", encoding="utf-8")
    outer, inner = pty.openpty()
    tmux = ["tmux", "-S", str(socket), "-f", str(config)]
    own = {"TMUX", "KITTY_WINDOW_ID", "TERM_PROGRAM", "LC_TERMINAL", "ConEmuPID"}
    environment = {name: value for name, value in os.environ.items() if name not in own}
    process = subprocess.Popen(
        [*tmux, "new-session", sys.executable, "-c", SAYS, *TOLD_OF_A_NIGHT],
        stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        env={**environment, "TERM": "xterm-256color"}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    os.close(inner)
    output, deadline = b"", monotonic() + 60
    try:
        while b"the end" not in output and monotonic() < deadline:
            if select.select([outer], [], [], 0.1)[0]:
                output += os.read(outer, 65_536)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
        process.wait(60)
        os.close(outer)
    notices = re.findall(rb"\x1b\]777;notify;nightdesk;([^\x07]*)\x07", output)
    assert [notice.decode() for notice in notices] == TOLD_OF_A_NIGHT
