"""The built wheel is whole: installed where nothing else is, it plays the sample night."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.wheel
def test_the_wheel_plays_the_sample_night_in_a_fresh_environment(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)]
    subprocess.run(run, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("nightdesk-*.whl")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "pip"), "install", "-q", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)

    demo = subprocess.run(
        [str(venv / "bin" / "nightdesk"), "demo"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )

    assert "Trafford: Lab gain from NOC" in demo.stdout
    assert "248 of 248 declared" in demo.stdout
    sample = venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages/feed/sample_feeds"
    summary = subprocess.run(
        [
            str(venv / "bin" / "nightdesk"),
            "summary",
            str(sample / "england-2019"),
            "--format",
            "json",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(summary.stdout)["declared"] == 248
    page = sample.parents[1] / "tui/broadcast/page"
    assert {"index.html", "page.js", "xterm.mjs", "LICENSE-xterm.txt"} <= {
        each.name for each in page.iterdir()
    }
    served = subprocess.run(
        [str(venv / "bin" / "nightdesk"), "serve", "demo"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert served.returncode == 2
    assert "pip install 'nightdesk[web]'" in served.stderr
