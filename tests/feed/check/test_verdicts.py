"""A verdict on every file: ok, accepted with a remark, or rejected, and by whose rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feed.check.verdicts import Verdict, any_rejected, verdicts, verdicts_as_text
from feed.errors import SourceUnreadable
from feed.model.entries import Mark
from feed.model.messages import ElectionRef, Message
from feed.recording.writer import Recorder
from tests.feed.builders import BEGINS, THE_NIGHT, a_result, a_roster, an_arrival

ROSTER = a_roster("Alder", {"con": 20, "lab": 10})
SOUND = a_result("Alder", con=18, lab=12, changes={"con": -2, "lab": 2})


def judged(folder: Path, **files: Message | bytes) -> dict[str, Verdict]:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else an_arrival(content, name).data
        (folder / f"{name}.json").write_bytes(data)
    return {verdict.file.removesuffix(".json"): verdict for verdict in verdicts(folder)}


def test_a_sound_file_is_ok(tmp_path: Path) -> None:
    found = judged(tmp_path, roster=ROSTER, alder=SOUND)
    assert {name: verdict.mark for name, verdict in found.items()} == {
        "roster": Mark.OK, "alder": Mark.OK,
    }  # fmt: skip
    assert found["alder"].remarks == ()
    assert not any_rejected(found.values())
    text = verdicts_as_text(list(found.values()))
    assert text.splitlines()[-1] == "2 files: 2 ok, 0 with a remark, 0 rejected"


def test_a_result_without_a_roster_is_ok_and_says_that_there_was_none(tmp_path: Path) -> None:
    (verdict,) = judged(tmp_path, alder=SOUND).values()
    assert verdict.mark is Mark.OK
    assert verdict.as_json()["verdict"] == "ok"
    assert "No roster: seats won not held against seats up." in verdict.as_json()["not_checked"]
    text = verdicts_as_text([verdict])
    assert "ok, no roster to hold it against" in text
    assert text.endswith("1 file: 1 ok, 0 with a remark, 0 rejected")


def test_a_result_is_judged_by_what_the_whole_night_knows(tmp_path: Path) -> None:
    wrong = a_result("Alder", con=18, lab=12, changes={"con": -3, "lab": 3})
    found = judged(tmp_path, a_result=wrong, z_roster=ROSTER)
    assert found["a_result"].mark is Mark.REMARK
    ((_, what, _),) = found["a_result"].remarks
    assert "Does not meet the roster: Con 18 less −3 is 21, roster 20" in what


def test_what_a_rule_has_settled_is_told_apart_from_what_needs_a_person(tmp_path: Path) -> None:
    vacant = a_result("Alder", con=17, lab=12, changes={"con": -3, "lab": 2})
    found = judged(
        tmp_path, alder=vacant, roster=a_roster("Alder", {"con": 20, "lab": 10}, size=30)
    )
    (what,) = found["alder"].settled
    assert "29 of 30 seats are filled" in what
    assert found["alder"].needs_a_person == (len(found["alder"].remarks) > 1)
    assert {each["what"] for each in found["alder"].as_json()["remarks"] if each["settled"]} == {
        what
    }
    text = verdicts_as_text(list(found.values()))
    assert what in text.partition("Settled by a rule, nothing to do:")[2]


def test_a_file_whose_every_remark_is_settled_asks_for_nobody(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Council,Con,Lab,LD\nBroxbourn,20,5,0\n", encoding="utf-8")
    text = verdicts_as_text(verdicts(tmp_path))
    assert "·  r.csv" in text
    assert text.splitlines()[-1] == (
        "1 file: 0 ok, 1 with a remark (0 for a person to look at), 0 rejected"
    )


def test_a_file_that_cannot_be_read_is_rejected_at_its_line(tmp_path: Path) -> None:
    found = judged(tmp_path, alder=SOUND, broken=b'{"kind": "result",\n "council": ')
    assert found["broken"].mark is Mark.REJECTED
    assert any_rejected(found.values())
    text = verdicts_as_text(list(found.values()))
    assert "\nbroken.json" in text
    assert text.endswith("2 files: 1 ok, 0 with a remark, 1 rejected")
    (remark,) = found["broken"].as_json()["remarks"]
    assert remark["what"]
    assert remark["fix"]


def test_a_name_on_no_roster_is_a_remark_with_what_to_do(tmp_path: Path) -> None:
    found = judged(tmp_path, roster=ROSTER, other=a_result("Vexmouthe Magna", lab=5))
    assert found["other"].mark is Mark.REMARK
    (remark,) = found["other"].as_json()["remarks"]
    assert remark["what"].startswith("Vexmouthe Magna is on no roster")
    assert remark["fix"] == "correct the name in the file, or send the council's roster"


def test_the_files_of_other_poll_days_are_one_grouped_remark_a_day(tmp_path: Path) -> None:
    others = {
        f"{place}{year}": a_result(
            place, lab=5, facts={"election": ElectionRef(date=date(year, 5, 3))}
        )
        for place in ("Kent", "Essex", "Devon")
        for year in (2017, 2018)
    }
    tonight = a_result("Alder", lab=5, facts={"election": THE_NIGHT})
    found = judged(tmp_path, **others, tonight=tonight)
    assert [name for name, verdict in found.items() if verdict.set_aside is None] == ["tonight"]
    assert {verdict.mark for verdict in found.values()} == {Mark.OK}
    assert found["Kent2017"].as_json()["set_aside"] == "2017-05-03"
    lines = verdicts_as_text(list(found.values())).splitlines()
    assert [line for line in lines if line.startswith("!")] == [
        "!  3 files       of 3 May 2017: set aside, --date 2017-05-03 shows them",
        "!  3 files       of 3 May 2018: set aside, --date 2018-05-03 shows them",
    ]
    assert lines[-1] == "7 files: 1 ok, 0 with a remark, 0 rejected, 6 set aside"
    old = verdicts(tmp_path, date(2017, 5, 3))
    assert sum(verdict.set_aside is None for verdict in old) == 3


def test_two_files_that_contradict_each_other_are_a_remark_on_the_later(tmp_path: Path) -> None:
    found = judged(tmp_path, a=a_result("Alder", lab=5), b=a_result("Alder", lab=4, con=1))
    assert sorted(verdict.mark for verdict in found.values()) == [Mark.OK, Mark.REMARK]


def test_a_file_that_was_mended_is_judged_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "night.jsonl"
    recorder = Recorder.open(path, tmp_path / "feed", started=BEGINS)
    good = an_arrival(SOUND, "alder.json", 2)
    recorder.append([an_arrival(ROSTER, "r.json")])
    recorder.append([type(good)("alder.json", b"{", BEGINS, BEGINS), good])
    recorder.close()
    found = {verdict.file: verdict for verdict in verdicts(path)}
    assert found["alder.json"].mark is Mark.OK
    assert not any_rejected(found.values())


def test_an_empty_folder_and_a_missing_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no result files in"):
        verdicts(tmp_path)
    with pytest.raises(SourceUnreadable):
        verdicts(tmp_path / "missing")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Broxbourn", "Broxbourne"), ("Wyre Forrest", "Wyre Forest"), ("Peteborough", "Peterborough")],
)
def test_a_near_match_is_said_with_its_line(tmp_path: Path, written: str, meant: str) -> None:
    (tmp_path / "r.csv").write_text(f"Council,Con,Lab,LD\n{written},20,5,0\n", encoding="utf-8")
    (verdict,) = verdicts(tmp_path)
    assert verdict.mark is Mark.REMARK
    assert verdict.remarks == ((2, f"≈ matched {meant}: the source writes {written}.", ""),)
    assert not any_rejected([verdict])


def test_one_council_under_several_names_is_declared_once_and_no_file_is_remarked(
    tmp_path: Path,
) -> None:
    head = "Council,Con,Lab,LD,Ind,Plaid Cymru\n"
    for number, name in enumerate(("Ynys Môn", "Isle of Anglesey", "Anglesey County Council")):
        (tmp_path / f"{number}.csv").write_text(f"{head}{name},0,3,0,11,21\n", encoding="utf-8")
    assert {verdict.mark for verdict in verdicts(tmp_path)} == {Mark.OK}


def test_a_page_of_prose_says_how_much_of_it_was_read(tmp_path: Path) -> None:
    page = b"1am: Labour hold Leeds\n2am: Rugby, where Labour lost control, is a shock\n"
    (verdict,) = judged(tmp_path, page=page).values()
    assert verdict.mark is Mark.REMARK
    assert verdict.as_json()["page"] == {
        "councils_named": 2,
        "councils_read": 1,
        "lines_not_read": [
            {"line": 2, "text": "Rugby, where Labour lost control, is a shock"},
        ],
    }
    text = verdicts_as_text([verdict])
    assert "2 councils named, 1 read; line 2 not read: Rugby, where Labour lost control" in text
    assert "page.json:2: not read: Rugby" in text


def test_a_page_read_whole_and_one_not_read_at_all_look_different(tmp_path: Path) -> None:
    found = judged(
        tmp_path, whole=b"1am: Labour hold Leeds\n", none=b"1am: Labour are glad of Leeds\n"
    )
    text = verdicts_as_text(list(found.values()))
    assert "1 council named, 1 read" in text
    assert "1 council named, none read" in text
    assert not any_rejected(found.values())


def test_a_file_of_ours_says_nothing_of_pages(tmp_path: Path) -> None:
    assert judged(tmp_path, alder=SOUND)["alder"].as_json()["page"] is None
