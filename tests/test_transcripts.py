"""Every `$ aloware ...` in the README and the docs is run, and prints what the page shows.

    pytest tests/test_transcripts.py --rewrite-transcripts

writes what the commands print now.
"""

import pytest
from transcripts import can_be_replayed, replayed, transcripts

FOUND = dict(transcripts())


@pytest.mark.parametrize("transcript", FOUND.values(), ids=FOUND.keys())
def test_transcript_shows_output_of_its_commands(transcript: str) -> None:
    if not can_be_replayed(transcript):
        pytest.skip("jq is not installed")
    assert replayed(transcript) == transcript


def test_transcripts_are_found() -> None:
    assert len(FOUND) >= 8
