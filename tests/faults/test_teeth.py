"""The table of promises names lines that stand and tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.faults.teeth import ROOT, TEETH, Tooth, row

README = ROOT / "tests" / "README.md"


@pytest.mark.parametrize("tooth", TEETH, ids=lambda tooth: f"{tooth.promise} {tooth.says}")
def test_the_line_stands_once_and_its_tests_are_there(tooth: Tooth) -> None:
    assert (ROOT / tooth.file).read_text(encoding="utf-8").count(tooth.line) == 1
    for test in tooth.test.split():
        assert (ROOT / test).exists()
    assert row(tooth) in README.read_text(encoding="utf-8")


def test_every_promise_has_a_test_or_a_sentence() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"^\| ([RS]\d+) \|", text, re.MULTILINE))
    missing = {"R31"}
    promised = {f"R{n}" for n in range(1, 41)} | {f"S{n}" for n in range(1, 20)}
    assert promised - missing <= named <= promised
