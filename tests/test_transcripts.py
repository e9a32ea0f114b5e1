"""Every `$ aloware ...` in the README and the docs is run, and must print what stands there.

    pytest tests/test_transcripts.py --rewrite-transcripts

writes what the commands print now.
"""

import pytest
from transcripts import can_be_replayed, replayed, transcripts

FOUND = dict(transcripts())


@pytest.mark.parametrize("transcript", FOUND.values(), ids=FOUND.keys())
def test_a_transcript_shows_what_its_commands_print(transcript: str) -> None:
    if not can_be_replayed(transcript):
        pytest.skip("jq is not installed")
    assert replayed(transcript) == transcript


def test_there_are_transcripts() -> None:
    assert len(FOUND) >= 8
