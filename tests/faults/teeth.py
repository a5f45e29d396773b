"""Each promise, the line that keeps it, and the test that fails when that line is taken out.

`python tests/faults/teeth.py` takes out one line after the other in a copy of the tree and says
which tests have noticed; `python tests/faults/teeth.py R7 S4` does so for some promises only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = "tests/feed/sources"
TERMINAL: Final = "tests/tui/running/terminal"
BROADCAST: Final = "tests/tui/broadcast"


@dataclass(frozen=True, slots=True)
class Tooth:
    """A defence: take `line` out of `file`, put `instead` there, and `test` fails."""

    promise: str
    says: str
    file: str
    line: str
    instead: str
    test: str


TEETH: Final = (
    Tooth("R1", "files from before, during and after the start are each read once",
          "feed/sources/folder/source.py", "if notice.works:\n", "if False:\n",
          f"{SOURCES}/test_directory_source.py"),
    Tooth("R2", "a stopped process sweeps when it wakes and says what it found",
          "feed/sources/folder/source.py", "notice.sweep or self._schedule.has_slept(asked, waited)",
          "notice.sweep", f"{SOURCES}/test_directory_source.py"),
    Tooth("R3", "a watcher that dies of a bad name is hung again",
          "feed/sources/folder/watcher.py", "self._broken = why", "pass", f"{SOURCES}/test_watcher_thread.py"),
    Tooth("R4", "a feed folder that goes and comes back is noticed",
          "feed/sources/folder/reconciler.py", 'return "lost"', 'return "same"',
          f"{SOURCES}/test_the_root.py {SOURCES}/test_directory_source.py"),
    Tooth("R5", "without notices of changes the folder is looked at twice a second",
          "feed/sources/folder/schedule.py", "_SWEEP_WITHOUT_WATCHER: Final = 0.5",
          "_SWEEP_WITHOUT_WATCHER: Final = 5e9", f"{SOURCES}/test_directory_source.py"),
    Tooth("R5", "without room for the notices that wake it the watcher goes in steps",
          "feed/sources/folder/change_signal.py", "                self.close()\n", "                pass\n",
          f"{SOURCES}/test_watcher.py"),
    Tooth("R6", "no half of a file is shown while it is written",
          "feed/sources/folder/intake.py", "elif whole.steady and self._is_ready(it.path, text, whole):",
          "elif True:", f"{SOURCES}/test_whole_files.py"),
    Tooth("R7", "a file that was touched, moved over itself or got white space says nothing new",
          "feed/sources/folder/intake.py", "and known.endswith(digest):", "and known is None:",
          f"{SOURCES}/test_any_history.py tests/faults/test_any_folder.py"),
    Tooth("R8", "the same statement under several names is counted once",
          "feed/ledger/ledger.py", "if told_by is not None:", "if False:",
          "tests/feed/ledger/test_ledger.py"),
    Tooth("R9", "any order of arrival ends in the same standing",
          "feed/ledger/versions.py", "tuple(sorted(versions, key=lambda version: version.order))",
          "tuple(versions)", "tests/feed/ledger/test_ledger.py"),
    Tooth("R10", "what was recorded before a kill is not recorded again",
          "feed/recording/reader.py", "known = self._files.pop(arrival.path, None)", "known = None",
          "tests/feed/session/test_session.py"),
    Tooth("R10", "a torn last line is cut off before a line is added",
          "feed/recording/file.py", "os.ftruncate(descriptor, end)", "pass",
          "tests/feed/recording/test_recording.py"),
    Tooth("R11", "what cannot be written is kept and written later",
          "feed/recording/writer.py", "                self._fail(error)\n                return\n"
          "            self._strike(written)", "                self._fail(error)\n"
          "                self._backlog.clear()\n                return\n"
          "            self._strike(written)", "tests/feed/recording/test_recording.py"),
    Tooth("R12", "a second desk on one recording is refused",
          "feed/recording/file.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)",
          "pass", "tests/feed/recording/test_recording.py"),
    Tooth("R13", "a wall clock that is set back stops no file from settling",
          "feed/sources/folder/intake.py", "if path in self.waiting and self.waiting.has_settled(path, "
          "mark_of(whole.status)):", "if False:", "tests/faults/test_any_folder.py"),
    Tooth("R14", "times are shown on London's clock",
          "feed/clock.py", "return moment.astimezone(LONDON)", "return moment.astimezone()",
          "tests/feed/test_summer_time.py"),
    Tooth("R15", "a ledger's copies share the history of the night",
          "feed/ledger/ledger.py", "twin: Ledger = copy(self)", "twin = Ledger()",
          "tests/feed/ledger/test_shared_history.py"),
    Tooth("R15", "a long night keeps so many ledgers to go back to and no more",
          "feed/ledger/night.py", "if len(self._checkpoints) > _MOST_CHECKPOINTS:", "if False:",
          "tests/feed/ledger/test_night.py"),
    Tooth("R15", "what stays for the night is set aside from the collector",
          "tui/running/collecting.py", "if whole and sys.getallocatedblocks() - known > _SET_ASIDE_AFTER:",
          "if False:",
          "tests/tui/running/test_collecting.py"),
    Tooth("R16", "a source that is faster than the desk waits",
          "feed/session/session.py", "while len(self._deliveries) >= self._room:", "while False:",
          "tests/feed/session/test_inbox.py"),
    Tooth("R16", "much that comes in makes twenty views a second at most",
          "feed/session/session.py", "due = urgent or now - self._drawn >= self._frame", "due = True",
          "tests/feed/session/test_session.py"),
    Tooth("R17", "a terminal that hangs up closes the recording and is left clean",
          "tui/running/signals.py", "(signal.SIGTERM, signal.SIGHUP)", "(signal.SIGTERM,)",
          "tests/faults/test_terminal_faults.py"),
    Tooth("R18", "a file that may not be read is listed, and taken when it may",
          "feed/sources/folder/safe_read.py", "if error.errno in {errno.EACCES, errno.EPERM}:",
          "if error.errno in {errno.EACCES, errno.EPERM}:\n        return Gone()\n    if False:",
          f"{SOURCES}/test_refused_files.py"),
    Tooth("R17", "the screen is cleared before it is given back, for screen and mosh",
          "tui/running/terminal/driver.py", "self.write(_CLEAR + ", 'self.write("" + ',
          f"{TERMINAL}/test_driver.py"),
    Tooth("R21", "a byte that is no text is replaced, and the keys go on",
          "tui/running/terminal/driver.py", '("utf-8")("replace")', '("utf-8")("strict")',
          f"{TERMINAL}/test_key_reader.py"),
    Tooth("R21", "an input that fails is logged and taken up again",
          "tui/running/terminal/driver.py", "            except Exception:", "            except ZeroDivisionError:",
          f"{TERMINAL}/test_driver.py"),
    Tooth("R21", "a key with Alt in front of it is Escape and the key",
          "tui/running/terminal/driver.py", "at = found.start(2)", "at = found.start()",
          f"{TERMINAL}/test_key_reader.py"),
    Tooth("R40", "a terminal that takes nothing holds nobody at the end",
          "tui/running/terminal/writer.py", "self._thread.join(LEAVE_WITHIN)", "self._thread.join()",
          f"{TERMINAL}/test_writer.py"),
    Tooth("R40", "no frame is written behind the last words",
          "tui/running/terminal/writer.py", "while self._painted and self._shows:", "while self._painted:",
          f"{TERMINAL}/test_writer.py"),
    Tooth("R33", "a fold that fails leaves nothing half done behind",
          "feed/ledger/night.py", "                ledger.cut()\n", "                pass\n",
          "tests/feed/ledger/test_healing.py"),
    Tooth("R33", "a step that could not be folded is tried again",
          "feed/ledger/night.py", "if self._tries < _MOST_TRIES:", "if False:",
          "tests/feed/ledger/test_healing.py"),
    Tooth("R33", "what a part of a delivery fails at takes nothing else of it along",
          "feed/session/session.py", "for is_last in (False, True):", "for is_last in (True,):",
          "tests/feed/session/test_session.py"),
    Tooth("R33", "a file that is failed at while the folder is read takes no other with it",
          "feed/sources/folder/intake.py", "            self._forget(it.path, before)\n", "",
          f"{SOURCES}/test_faults_while_reading.py"),
    Tooth("R33", "what was read before a fault is given all the same",
          "feed/sources/folder/reconciler.py",
          "                yield self._scan(tally, done=False)\n                raise\n",
          "                raise\n", f"{SOURCES}/test_faults_while_reading.py"),
    Tooth("R23", "a recording belongs to the night, not to the calendar day",
          "feed/recording/shelf.py", "return found.path if is_young else path", "return path",
          "tests/feed/recording/test_recording.py"),
    Tooth("R27", "a recording of another version is not written on",
          "feed/recording/file.py", "    _refuse_another_version(descriptor, path)\n", "",
          "tests/feed/recording/test_recording.py"),
    Tooth("R28", "what is no file is listed in quarantine and not copied",
          "feed/session/quarantine.py", "if not stat.S_ISREG(os.fstat(descriptor).st_mode):",
          "if False:", "tests/feed/session/test_quarantine.py"),
    Tooth("R29", "a config that is no file is refused",
          "tui/settings/config.py", "if not stat.S_ISREG(status.st_mode):", "if False:",
          "tests/tui/settings/test_config.py"),
    Tooth("R34", "a folder that was touched is neither read again nor told",
          "feed/sources/folder/reconciler.py",
          "elif not self._intake.is_unchanged(it.path, it.mark):", "else:",
          f"{SOURCES}/test_companions.py"),
    Tooth("R35", "what producers leave beside a feed is passed over",
          "feed/file_names.py", "or is_companion(name)", "or False",
          f"{SOURCES}/test_companions.py"),
    Tooth("R36", "a file that gets another name says nothing new",
          "feed/ledger/ledger.py", "if first != origin.path and not origin.renamed:",
          "if first != origin.path:", f"{SOURCES}/test_companions.py"),
    Tooth("R36", "the problem of a renamed file moves with it",
          "feed/ledger/ledger.py", "if origin.renamed and state.rename_problem(origin, message.what):",
          "if False:", f"{SOURCES}/test_companions.py"),
    Tooth("R37", "lines that were moved to another file are not read again",
          "feed/sources/folder/growing_lines.py",
          "moved = self._everywhere.get(digest, self) is not self", "moved = False",
          f"{SOURCES}/test_companions.py"),
    Tooth("R38", "a file with room for what is to come waits",
          "feed/sources/folder/intake.py", "if text.endswith(_PREALLOCATED) and "
          "age(whole.status, self._now()) < _LONG_DONE:", "if False:",
          f"{SOURCES}/test_companions.py"),
    Tooth("R39", "a plain fuse mount is looked at by listing it",
          "feed/sources/folder/source.py", '        "fuse",\n', "",
          f"{SOURCES}/test_companions.py"),
    Tooth("R39", "very many files refused for one reason are one line",
          "feed/session/session.py", "if len(each) <= _ALIKE:", "if True:",
          "tests/feed/session/test_session.py"),
    Tooth("R24", "a recording that cannot be written is said at the start",
          "tui/running/sessions.py", "        tell(alone)\n", "", "tests/tui/running/test_unsaved.py"),
    Tooth("R24", "a night that was not recorded whole ends with status 4",
          "tui/running/start.py", "code = code if code not in {0, 130} else UNSAVED", "pass",
          "tests/tui/running/test_unsaved.py"),
    Tooth("R25", "what cannot be saved is said, and the desk goes on",
          "tui/desk/commands/open.py", "except (UsageProblem, OSError) as error:",
          "except UsageProblem as error:", "tests/tui/test_export.py"),
    Tooth("R26", "output that cannot be written ends with a sentence",
          "tui/running/output.py", 'self._lost = OutputLost(f"stdout', 'raise ValueError(f"stdout',
          "tests/tui/running/test_output.py"),
    Tooth("R26", "lines that cannot be printed end the stream of lines",
          "tui/running/plain.py", "            self.failed = error\n            self.done.set()\n",
          "            raise\n", "tests/tui/running/test_output.py"),
    Tooth("R26", "signs that cannot be encoded are replaced",
          "tui/running/output.py", "stream.reconfigure(errors=_REPLACING)", "pass",
          "tests/tui/running/test_output.py"),
    Tooth("R30", "every folder that is made for the state is the owner's alone",
          "feed/private_folder.py", "        make_private_folder(folder.parent)\n",
          "        folder.parent.mkdir(parents=True)\n", "tests/feed/recording/test_recording.py"),
    Tooth("R30", "what is saved goes over no file and through no link",
          "tui/settings/new_file.py", "os.O_EXCL | os.O_NOFOLLOW", "os.O_TRUNC",
          "tests/tui/settings/test_new_file.py"),
    Tooth("R32", "a council that nobody knows is compared with all others only for a problem's words",
          "feed/councils/placing.py", 'return Placed(Known(id_, ref.name, ref.gss), "own")',
          'return Placed(Known(id_, ref.name, ref.gss), "own", self._combined.nearest(ref.name))',
          "tests/feed/councils/test_placing.py"),
    Tooth("R19", "a dialog that was closed or is covered closes nothing more",
          "tui/details/dialog.py", "if not self.is_on_top:", "if False:",
          "tests/tui/desk/test_typing.py"),
    Tooth("R19", "a dialog that another one covers is not on top",
          "tui/details/dialog.py", "return not self._is_closed and self.is_active",
          "return not self._is_closed and self.is_current", "tests/tui/desk/test_typing.py"),
    Tooth("R19", "what the mouse does to what has vanished ends nothing",
          "tui/running/app.py", "await self._take_mouse(event)", "await super().on_event(event)",
          "tests/tui/desk/test_typing.py"),
    Tooth("R20", "a key is done before the next one is looked at",
          "tui/running/app.py", "self._typed.append(event)",
          "await super().on_event(event)", "tests/tui/desk/test_typing.py"),
    Tooth("R20", "what is pasted beside a line does nothing",
          "tui/running/app.py", "if isinstance(event, Paste):\n            if typist is not None:",
          "if isinstance(event, Paste):\n            if typist is not None and typist.app.exit():",
          "tests/tui/desk/test_typing.py"),
    Tooth("R22", "the palette takes every key at every moment",
          "tui/details/chooser.py", "if event.key in _MOVES:", "if False:",
          "tests/tui/desk/test_typing.py"),
    Tooth("S1", "no text of a file steers a terminal: at the model",
          "feed/safe_text.py", 'unicodedata.normalize("NFC", text.translate(_TABLE))',
          'unicodedata.normalize("NFC", text)', "tests/feed/test_hostile.py"),
    Tooth("S1", "no text of a file steers a terminal: at the glass",
          "tui/text/terminal_text.py", "return Segment(safe(text), style)", "return Segment(text, style)",
          "tests/tui/text/test_terminal_text.py"),
    Tooth("S1", "no file name steers a terminal",
          "feed/file_names.py", "return _STEERING.sub(_written_out, text)",
          "return text", f"{SOURCES}/test_file_names.py tests/feed/test_hostile.py"),
    Tooth("S2", "brackets in a text are brackets on the screen",
          "tui/panes/line_pane.py", "words = Content(self._title_words)",
          "words = Content.from_markup(self._title_words)", "tests/tui/panes/test_line_pane.py"),
    Tooth("S2", "no text is given to a widget that would read markup in it",
          "tui/desk/screen.py", 'id="too-small", markup=False)', 'id="too-small")',
          "tests/tui/test_hostile_screen.py"),
    Tooth("S3", "marks of direction and of no width are dropped",
          "feed/safe_text.py", "**_PICTURES, **_DROPPED,", "**_PICTURES,",
          "tests/feed/test_hostile.py tests/feed/test_hostile_values.py"),
    Tooth("S4", "no link is followed, also not one that is put there at the last moment",
          "feed/sources/folder/safe_read.py", "os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK",
          "os.O_RDONLY | os.O_NONBLOCK", f"{SOURCES}/test_refused_files.py"),
    Tooth("S5", "pipes, sockets and devices are named and not opened",
          "feed/sources/folder/intake.py", "if not stat.S_ISREG(it.mode):", "if False:",
          f"{SOURCES}/test_refused_files.py"),
    Tooth("S6", "a giant is refused by its size, before it is read",
          "feed/sources/folder/safe_read.py", "and status.st_size <= limit:", "and status.st_size >= 0:",
          f"{SOURCES}/test_refused_files.py"),
    Tooth("S7", "brackets nested without end are no fault of the scan",
          "feed/sources/folder/settling.py", "except (ValueError, RecursionError):",
          "except ValueError:", f"{SOURCES}/test_completeness.py"),
    Tooth("S8", "NaN and infinity are no figures",
          "feed/model/values.py", '"allow_inf_nan": False', '"allow_inf_nan": True',
          "tests/feed/model/test_values.py"),
    Tooth("S9", "a figure has bounds",
          "feed/model/messages.py", "Seats = Annotated[int, limited(ge=0, le=2000)]", "Seats = int",
          "tests/feed/test_hostile_values.py"),
    Tooth("S10", "a text, a truth or a fraction is no whole number",
          "feed/model/values.py", '"strict": True', '"strict": False',
          "tests/feed/test_hostile_values.py"),
    Tooth("S11", "a key that stands twice is rejected",
          "feed/formats/native/reader.py", "raise RepeatedKeyError(key)", "pass",
          "tests/feed/test_hostile_values.py"),
    Tooth("S12", "UTF-8 with a mark is read",
          "feed/formats/rejecting.py", 'data.decode("utf-8-sig")', 'data.decode("utf-8")',
          "tests/feed/test_hostile_values.py tests/feed/formats"),
    Tooth("S12", "UTF-16 is named",
          "feed/formats/rejecting.py", "data.startswith(_UTF_16) or _alternates(data)", "False",
          "tests/feed/test_hostile_values.py"),
    Tooth("S13", "a quote that is never closed does not swallow the table",
          "feed/formats/table/rows.py", "strict=True", "strict=False",
          "tests/feed/formats/test_table.py"),
    Tooth("S14", "no name that a feed gives becomes a path of ours",
          "feed/recording/shelf.py", "blake2b(where, digest_size=6).hexdigest()",
          "source.name", "tests/feed/recording/test_recording.py"),
    Tooth("S15", "what is compressed is never unpacked",
          "feed/formats/__init__.py", '    (b"\\x1f\\x8b", "compressed with gzip"),\n', "",
          "tests/feed/test_hostile_values.py"),
    Tooth("S16", "a flood of names is capped, and said",
          "feed/sources/folder/reconciler.py", "islice(chain(first, names), self._max_files)", "chain(first, names)",
          f"{SOURCES}/test_refused_files.py"),
    Tooth("S17", "a file that changes while it is read waits",
          "feed/sources/folder/safe_read.py", "return Whole(data, before, steady)",
          "return Whole(data, before, True)", SOURCES),
    Tooth("S18", "no recording lies in the folder that it records",
          "feed/recording/writer.py", "refuse_inside(path, source)", "pass",
          "tests/feed/recording/test_recording.py"),
    Tooth("S18", "no recording is written through a link",
          "feed/recording/file.py", "os.O_APPEND | os.O_NOFOLLOW", "os.O_APPEND",
          "tests/feed/recording/test_recording.py"),
    Tooth("S18", "a path in a forged recording steers nothing",
          "feed/recording/lines.py", 'path=unsteered(_text(fields, "src"))',
          'path=_text(fields, "src")', "tests/feed/recording/test_recording_lines.py"),
    Tooth("S19", "nothing evaluates, unpickles, shells out or calls the network",
          "feed/clock.py", "from zoneinfo import ZoneInfo", "import pickle\nfrom zoneinfo import "
          "ZoneInfo", "tests/feed/test_hostile.py"),
    Tooth("W1", "who looks on late gets the whole screen first",
          "tui/broadcast/broadcaster.py", "follows = viewer.sent == self.number - 1 and viewer.sent > 0",
          "follows = True", f"{BROADCAST}/test_broadcaster.py"),
    Tooth("W1", "a frame says for itself where it begins and in which look",
          "tui/broadcast/broadcaster.py", "self._cells.lose_place()", "pass",
          f"{BROADCAST}/test_broadcaster.py"),
    Tooth("W2", "who is slow is sent the newest frame and none that was before it",
          "tui/broadcast/broadcaster.py", "or len(viewer.in_flight) >= MOST_IN_FLIGHT", "",
          f"{BROADCAST}/test_broadcaster.py"),
    Tooth("W3", "a browser that says anything but which frame it has shown is sent away",
          "tui/broadcast/server.py", "await socket.close(code=WSCloseCode.POLICY_VIOLATION)", "pass",
          f"{BROADCAST}/test_server.py"),
    Tooth("W4", "a foreign name that leads to this machine is not answered",
          "tui/broadcast/server.py", "if not self.door.knows_host(request.host):", "if False:",
          f"{BROADCAST}/test_server.py"),
    Tooth("W4", "a page of somebody else may not look on",
          "tui/broadcast/server.py", 'if not self.door.knows_origin(request.headers.get("Origin"), request.host):',
          "if False:", f"{BROADCAST}/test_server.py"),
    Tooth("W5", "elsewhere than on this machine nobody comes in without the token",
          "tui/broadcast/server.py", "and not self.door.opens(_token_of(request)):", "and False:",
          f"{BROADCAST}/test_server.py"),
    Tooth("W6", "what is no request is told nowhere",
          "tui/broadcast/server.py", "REQUESTS.addFilter(_is_our_own)", "pass",
          f"{BROADCAST}/test_server.py"),
    Tooth("W6", "all who look on leave files for the feed and the recording",
          "tui/broadcast/server.py", "if len(answering.connections) < most else _Refusing()",
          "if True else _Refusing()", f"{BROADCAST}/test_server.py"),
    Tooth("W7", "a night half read is published nowhere",
          "tui/broadcast/folder.py", "if not self._outputs.newest.is_whole:", "if False:",
          f"{BROADCAST}/test_folder.py"),
    Tooth("W7", "a file of somebody else is never overwritten",
          "tui/broadcast/folder.py", "if there and not _is_ours(folder / _INDEX):", "if False:",
          f"{BROADCAST}/test_folder.py"),
    Tooth("W8", "figures are made when they are asked for, once a second and when they changed",
          "tui/broadcast/newest.py", "if self._made is not None and asked_at - self._asked_at < EVERY:",
          "if False:", f"{BROADCAST}/test_newest.py"),
    Tooth("A1", "an alert is sent once",
          "feed/reports/alerts.py", "        seen=len(standing.log),\n", "        seen=state.seen,\n",
          "tests/feed/reports/test_alerts.py"),
    Tooth("A1", "at most one alert in ten seconds: what comes between goes with the next",
          "feed/reports/alerts.py", "timedelta(0) <= now - state.rang_at < rules.every", "False",
          "tests/feed/reports/test_alerts.py"),
    Tooth("A2", "what a desk finds when it opens is no news, read in parts or whole",
          "tui/desk/alarm.py", "if not was_open or not self._open or not self.on:",
          "if not self.on:", "tests/tui/desk/test_alarm.py"),
    Tooth("A3", "a replay rings and sends nothing",
          "tui/desk/alarm.py", 'if view.mode == "replay":', "if False:", "tests/tui/desk/test_alarm.py"),
    Tooth("A4", "trouble that graver trouble hides is not told again when that is over",
          "feed/reports/alerts.py",
          'kept = {kind for kind in told if kind in hidden or (kind == "complete" and hidden)}',
          "kept = set[SilenceKind]()", "tests/feed/reports/test_alert_causes.py"),
    Tooth("A5", "trouble that outlasts the quiet hours is told at their end",
          "feed/reports/alerts.py", "trouble=after.trouble & (before.trouble | frozenset(told)),",
          "trouble=after.trouble,", "tests/feed/reports/test_alert_causes.py"),
    Tooth("A6", "no text of a feed steers a terminal by a desktop notice",
          "tui/desk/alarm.py", "said = cut(text, _LONGEST)", "said = text",
          "tests/tui/desk/test_alarm.py"),
    Tooth("A6", "a notice reaches the terminal through tmux",
          "tui/desk/alarm.py", 'sequence.replace("\\x1b", "\\x1b\\x1b")', "sequence",
          "tests/tui/desk/test_alarm.py"),
    Tooth("A7", "a command that hangs is ended with all that it began",
          "tui/running/alert_sending.py", "process.wait(limit)", "process.wait()",
          "tests/tui/running/test_alert_sending.py"),
    Tooth("A7", "an alert goes where it was sent and nowhere else",
          "tui/running/alert_sending.py", "build_opener(_NoRedirect)", "build_opener()",
          "tests/tui/running/test_alert_sending.py"),
    Tooth("A7", "no address and no argument is told when an alert fails",
          "tui/running/alert_sending.py", '{type(error).__name__}") from None',
          '{error}") from None', "tests/tui/running/test_alert_sending.py"),
    Tooth("A8", "what is acknowledged stays so over a restart",
          "tui/desk/pinned_alerts.py",
          "self._done = self._done.with_all(self.memory.of(source).acknowledged)", "pass",
          "tests/tui/desk/test_pinned_alerts.py"),
    Tooth("A8", "what was acknowledged, is over and returns is new",
          "feed/reports/pinned.py", "return Acknowledged(keys, trouble)",
          "return Acknowledged(self.keys, trouble)", "tests/feed/reports/test_pinned.py"),
    Tooth("A9", "what was missed counts from the last key, over a restart too",
          "feed/session/session.py",
          "if self._looked_at is not None and self._seen is None and at > self._looked_at:",
          "if False:", "tests/feed/session/test_session.py"),
    Tooth("A10", "after a restart an age is the recorded arrival's",
          "feed/session/session.py", "last_arrival_at=item.seen_at)", "last_arrival_at=None)",
          "tests/feed/session/test_session.py"),
    Tooth("A10", "at a first start an age is the file's",
          "feed/session/session.py", "return min(written, arrival.seen_at)",
          "return arrival.seen_at", "tests/feed/session/test_session.py"),
    Tooth("A11", "that a source is lost and back is in the recording",
          "feed/session/session.py",
          "self._keep([note_arrival(text, now, remark=remark)])", "pass",
          "tests/feed/session/test_session.py"),
    Tooth("A11", "a rule of one's own that is met is a line of the log in every fold",
          "feed/ledger/night.py", "self._add_remarks(before, at, test=step.origin.test)", "pass",
          "tests/feed/reports/test_rule_hits.py"),
)  # fmt: skip


def row(tooth: Tooth) -> str:
    """Return a tooth as a row of the table in `tests/README.md`."""
    line = " ".join(tooth.line.split()).replace("|", "\\|")
    tests = ", ".join(f"`{test.removeprefix('tests/')}`" for test in tooth.test.split())
    return f"| {tooth.promise} | {tooth.says} | `{tooth.file}`: `{line}` | {tests} |"


def bites(tooth: Tooth, tree: Path) -> bool:
    """Take the line out in `tree`, run the test, put it back; say whether it failed."""
    path = tree / tooth.file
    whole = path.read_text(encoding="utf-8")
    if whole.count(tooth.line) != 1:
        raise ValueError(
            f"{tooth.file}: {tooth.line!r} stands there {whole.count(tooth.line)} times"
        )
    path.write_text(whole.replace(tooth.line, tooth.instead), encoding="utf-8")
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", *tooth.test.split()],
            cwd=tree, capture_output=True, timeout=300, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(whole, encoding="utf-8")
    if ended.returncode not in {0, 1}:
        raise ValueError(f"{tooth.file}: {ended.stdout.decode()[-500:]}")
    return ended.returncode == 1


def main() -> int:
    """Try every tooth, or those of the promises named; give 1 when one does not bite."""
    wanted = set(sys.argv[1:])
    if wanted == {"--table"}:
        print("\n".join(map(row, TEETH)))
        return 0
    blunt = 0
    with TemporaryDirectory(prefix="nightdesk-teeth-") as place:
        tree = Path(place) / "tree"
        left_out = shutil.ignore_patterns(
            ".venv", ".git", ".mypy_cache", ".ruff_cache", ".hypothesis"
        )
        shutil.copytree(ROOT, tree, ignore=left_out)
        for tooth in TEETH:
            if wanted and tooth.promise not in wanted:
                continue
            bitten = bites(tooth, tree)
            blunt += not bitten
            print(f"{tooth.promise:4} {'bites' if bitten else 'BLUNT'}  {tooth.says}", flush=True)
    return 1 if blunt else 0


if __name__ == "__main__":
    sys.exit(main())
