"""Sessions of commands print what `sessions/*.txt` says; --rewrite-transcripts rewrites it."""

import shutil
from pathlib import Path

import pytest
from card_files import CARDS
from sessions import Session, replayed, sessions

ALL = [*sessions()]


@pytest.mark.parametrize("session", ALL, ids=[f"{each.file.stem}: {each.title}" for each in ALL])
def test_session_prints_what_is_expected(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    session: Session,
) -> None:
    for name, value in {"COLUMNS": "80", "LC_ALL": "C.UTF-8", "ALOWARE_RATES": "cards"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CARDS, "cards")
    replayed(session.setup)
    printed = replayed(session.text)
    if request.config.getoption("--rewrite-transcripts"):
        text = session.file.read_text("utf-8").replace(session.text, printed)
        session.file.write_text(text, "utf-8")
    else:
        assert printed == session.text
