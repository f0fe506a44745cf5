"""The engine's log is bounded, while the engine writes it."""

from pathlib import Path

from hub.engine.log import last_words, trim


def test_a_long_log_is_moved_away_under_a_writer_that_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    with log.open("ab", buffering=0) as writer:
        for number in range(10):
            writer.write(b"line %d\n" % number)
            trim(log, limit=20)
    assert log.with_name("engine.log.1").read_text() == "line 6\nline 7\nline 8\n"
    assert log.read_text() == "line 9\n"


def test_the_last_words_are_the_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    assert last_words(log) == ""
    log.write_text("starting\n\nno space left\n  at Disk.java\n")
    assert last_words(log, 2) == "no space left | at Disk.java"
