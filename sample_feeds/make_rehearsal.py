"""Write the rehearsal feed: a made-up agency night with every case that a reader must survive.

    python sample_feeds/make_rehearsal.py [FOLDER]

Councils, people and figures are invented, and everything is marked as test data. The same bytes
come out of every run. Modification times are set to a plausible night, one file after another;
copies that lose them (a version control checkout does) keep the order by name within a council.
Files of the folder `results`, each without its prefix `Rehearsal_Test_` and its suffix `.xml`:

| file                              | case                                                       |
|-----------------------------------|------------------------------------------------------------|
| result_Alderton_1                 | whole council, with ElectedCouncillors                     |
| result_Birchmere_1                | whole council, without ElectedCouncillors                  |
| result_Cobham_Vale_1              | half of the council                                        |
| result_Dunmarsh_1                 | a third of the council                                     |
| result_Eastwold_1                 | exactly half of the seats, 19 of 38: no overall control    |
| result_Farrowdale_1               | a majority of one                                          |
| result_Garthwick_1                | a party wiped out: it stands in Changes only               |
| result_Hollinbrook_1              | independents take control                                  |
| result_Ivelcombe_1                | residents hold control                                     |
| result_Jessop_Forest_1            | boundary change, the council is smaller                    |
| result_Kingsdrift_1               | boundary change, the council is larger                     |
| result_Lowmere___Stanfield_1      | a new council: no sitting party, no Changes                |
| result_Millbeck_1, _2             | a correction with the same control                         |
| result_Northolme_1, _2            | a correction that flips control                            |
| result_Oakhanger_2, _late_1       | revision 1 arrives after revision 2                        |
| result_Penhallow_1, _again_1      | the same revision with other figures: a conflict           |
| result_Quillhaven_1, _copy_1      | the same bytes under another name                          |
| result_Ravensmoor_and_Stourley_1  | two councils in one file                                   |
| result_Witherdale_1, _resent_1    | cut short, then sent again whole                           |
| result_Yarnbrook_1                | begins with a byte-order mark                              |
| result_Zo_ford_1                  | ISO-8859-1, with a letter that is not ASCII                |
| result_Fenwick_Marsh_1            | a party that nobody knows holds the balance                |
| result_Thornaby_Deep_1            | a council that is not in the nominations                   |
| result_Undercliffe_and_Vanstow_1  | one council with seats="-3", the other right               |
| rush_Tarnwick_1, _2               | mayor: rush, then "Correction:" with another winner        |
| result_Tarnwick_1, _3             | mayor: result between the rushes, and after                |
| result_Upper_Wessex_1             | police and crime commissioner                              |
| recount_Vexford_1, result_…_1     | a recount for a mayor, then the result                     |
| SOP_4, SOP_England_36             | totals that are right                                      |
| SOP_10                            | a total that comes before three results that it counts     |
| SOP_14                            | right until Northolme r2: explained by Northolme r1        |
| SOP_18                            | explained by Millbeck r1 and Northolme r1                  |
| SOP_22                            | explained by Millbeck r1                                   |
| SOP_26                            | right with the corrections                                 |
| SOP_29                            | a wrong figure: the Conservatives' seats won are 3 too few |
| every other result                | a plain council                                            |

Both folders hold a `.timestamp` that nobody rewrites: a stale heartbeat.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rehearsal_contests import nominated, told
from rehearsal_councils import Council, councils
from rehearsal_messages import as_bytes, nominations, result, total

PREFIX = "Rehearsal_Test"
BEGINS = 1_556_834_400  # 2 May 2019, 22:00 UTC


class Night:
    """The files of the night in the order in which they come."""

    def __init__(self) -> None:
        self.councils = councils()
        self.files: list[tuple[str, bytes]] = []
        self.counted: dict[str, Council] = {}

    def file(self, name: str, data: bytes, folder: str = "results") -> None:
        """Put a file of that name into the night."""
        self.files.append((f"{folder}/{PREFIX}_{name}.xml", data))

    def send(
        self, *names: str, note: str = "", encoding: str = "UTF-8", together: bool = False
    ) -> None:
        """Send the results of councils as they stand, each alone or in one file; count them."""
        told = [self.councils[name] for name in names]
        for group in [told] if together else [[council] for council in told]:
            area = "_and_".join(council.area for council in group)
            data = as_bytes(result(*group), encoding)
            self.file(f"result_{area}{note}_{group[0].revision}", data)
        self.counted |= dict(zip(names, told, strict=True))

    def correct(self, name: str, **won: int) -> None:
        """Change what a council will be sent with, one revision higher."""
        self.councils[name] = self.councils[name].corrected(**won)

    def total(self, also: Iterable[str] = (), region: str = "", fault: int = 0) -> None:
        """Send a state of parties over all that is counted, and over `also`."""
        ahead = {name: self.councils[name] for name in also}
        told = {**self.counted, **ahead}.values()
        root = total(told, region or "All", fault)
        self.file(f"SOP_{region and region + '_'}{len(told)}", as_bytes(root))


def the_night() -> list[tuple[str, bytes]]:
    """Tell the whole night, file by file."""
    night = Night()
    for council in night.councils.values():
        if council.name != "Thornaby Deep":
            data = as_bytes(nominations(council))
            night.file(f"nominations_{council.area}", data, "nominations")
    _before_midnight(night)
    for name, root in nominated():
        night.file(name, as_bytes(root), "nominations")
    for name, root in told():
        night.file(name, as_bytes(root))
    _corrections(night)
    _odd_files(night)
    _morning(night)
    return night.files


def _before_midnight(night: Night) -> None:
    night.councils["Birchmere"] = replace(night.councils["Birchmere"], states_won=False)
    night.send("Alderton", "Birchmere", "Cobham Vale", "Dunmarsh")
    night.total()
    night.send("Eastwold", "Farrowdale", "Garthwick")
    night.total(also=("Hollinbrook", "Ivelcombe", "Jessop Forest"))
    night.send("Hollinbrook", "Ivelcombe", "Jessop Forest", "Kingsdrift", "Lowmere & Stanfield")


def _corrections(night: Night) -> None:
    first = night.councils["Oakhanger"]
    night.correct("Oakhanger", C=7, LD=2)
    night.send("Northolme", "Oakhanger")
    night.file("result_Oakhanger_late_1", as_bytes(result(first)))
    night.total()
    night.send("Millbeck", "Quillhaven")
    night.file("result_Quillhaven_copy_1", as_bytes(result(night.councils["Quillhaven"])))
    night.send("Ravensmoor", "Stourley", together=True)
    night.total()
    night.correct("Northolme", C=8, Lab=3)
    night.send("Northolme")
    night.file("result_Penhallow_1", as_bytes(result(night.councils["Penhallow"])))
    other = night.councils["Penhallow"].corrected(LD=23, Lab=5)
    night.file("result_Penhallow_again_1", as_bytes(result(replace(other, revision=1))))


def _odd_files(night: Night) -> None:
    whole = as_bytes(result(night.councils["Witherdale"]))
    night.file("result_Witherdale_1", whole[: whole.index(b"</Changes>") - 20])
    night.send("Witherdale", note="_resent")
    night.send("Yarnbrook", encoding="UTF-8-SIG")
    night.send("Zoëford", encoding="ISO-8859-1")
    night.send("Fenwick Marsh")
    night.total()
    night.file("result_Thornaby_Deep_1", as_bytes(result(night.councils["Thornaby Deep"])))
    both = as_bytes(result(night.councils["Undercliffe"], night.councils["Vanstow"]))
    wrong = both.replace(b'seats="3"', b'seats="-3"', 1)
    night.file("result_Undercliffe_and_Vanstow_1", wrong)


def _morning(night: Night) -> None:
    night.correct("Millbeck", Lab=14, LD=2)
    night.send("Millbeck", "Ashengate", "Bramblecote", "Crowmoor", "Dovebridge")
    night.total()
    night.send("Elmsworthy", "Foxhanger", "Greywater")
    night.total(fault=-3)
    night.send("Hatherwell", "Inglecross", "Kestrelby", "Larkhampstead")
    night.send("Marlingfold", "Nethercombe", "Orrisdale")
    night.total(region="England")


def main() -> None:
    """Write every file, and the two heartbeats that go stale."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "rehearsal"
    for position, (name, data) in enumerate(the_night()):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (BEGINS + 180 * position, BEGINS + 180 * position))
    for part in ("nominations", "results"):
        (folder / part / ".timestamp").write_text("1556859600.482113\n")


if __name__ == "__main__":
    main()
