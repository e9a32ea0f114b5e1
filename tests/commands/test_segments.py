"""`aloware segments` and `quote --message`: segments, cost and limits of a message."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

CURLY = "it’s " * 20


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "promo.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def document_of(run: Run, line: str, stdin: bytes | None = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"{line} --format json", stdin).stdout)
    return document


def test_segments_of_plain_text(run: Run) -> None:
    result = run("segments Hello")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Encoding    GSM-7",
        "Characters  5",
        "Length      5 places",
        "Segments    1 (5 of 160)",
    ]


def test_segments_lists_ucs_2_characters_and_savings(run: Run, tmp_path: Path) -> None:
    result = run(f"segments --file {written(tmp_path, CURLY)} --plan upro --recipients 10k")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[3:] == [
        "Segments    2 (67 + 33, of 67 each)",
        "",
        "These characters are not in GSM-7, so the whole message is sent as UCS-2:",
        "  U+2019  ’  20 times  right single quotation mark; replace it with '",
        "",
        "With the replacements: GSM-7, 1 segment, 1 saved.",
        # 2 segments x 10,000 x 0.015; 1 segment x 10,000 x 0.015
        "uPro, 10,000 recipients: 20,000 x 0.015 = $300.00.",
        "With the replacements: $150.00.",
        "Not included: carrier fees for each segment.",
    ]


@pytest.mark.parametrize("message", ["😀…", "ж" * 68 + "……"])  # the same, and one more
def test_replacements_may_save_nothing(run: Run, message: str) -> None:
    assert "The replacements save no segment." in run(f"segments {message}").stdout


@pytest.mark.parametrize(
    ("content", "characters"),
    [
        (b"Hello", 5),
        (b"Hello\n", 5),
        (b"Hello\r\n", 5),
        (b"Hello\n\n", 6),
        (b"a\r\nb\r\n", 4),
        (b"Hello\r", 6),
        (b" ", 1),
        (b"\xef\xbb\xbfHello", 5),
    ],
)
def test_final_newline_of_file_is_ignored(
    run: Run, tmp_path: Path, content: bytes, characters: int
) -> None:
    path = written(tmp_path, content)
    assert document_of(run, f"segments --file {path}")["characters"] == characters
    assert document_of(run, "segments -", content)["characters"] == characters
    assert document_of(run, "segments --file -", content)["characters"] == characters


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "promo.txt: the message is empty"),
        (b"\n", "promo.txt: the message is empty"),
        (b"\xef\xbb\xbf\r\n", "promo.txt: the message is empty"),
        (b"one\ntwo \xe9\n", "promo.txt:2: not UTF-8 text"),
        (b"a" * (2**20 + 1), "promo.txt: larger than 1 MiB"),
    ],
)
@pytest.mark.parametrize("command", ["segments --file", "quote upro --recipients 9 --message"])
def test_invalid_message_file_is_rejected(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    content: bytes,
    expected: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(f"{command} {written(tmp_path, content).name}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"error: {expected}  [")


@pytest.mark.parametrize(("places", "exit_code"), [(1530, 0), (1531, 0), (1600, 0), (1601, 1)])
def test_too_many_segments_exit_1_after_output(run: Run, places: int, exit_code: int) -> None:
    result = run("segments -", b"a" * places)
    assert result.exit_code == exit_code
    assert "Segments" in result.stdout
    assert ("(SMS messaging segment, read" in result.stdout) == bool(exit_code)
    assert ("check failed: 11 segments; the maximum is 10\n" in result.stderr) == bool(exit_code)
    assert document_of(run, "segments -", b"a" * places)["limit"]["exceeded"] == bool(exit_code)


def test_unpublished_price_can_be_supplied(run: Run) -> None:
    line = "segments Hello --plan ipro --recipients 100"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "supply the price (USD per segment): --rate ipro:sms=PRICE" in result.stderr
    supplied = run(f"{line} --rate sms=0.02").stdout
    assert "100 x 0.02 (supplied) = $2.00" in supplied


def test_overlay_sets_cost(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "acme.yaml"
    card.write_text(
        "plan: uPro\nsources: {offer: {title: Offer, read_on: 2026-11-20}}\n"
        "prices: {automated_sms: {price: 0.012, source: offer, wording: At $0.012.}}\n"
    )
    line = f"segments Hello --plan uPro --recipients 1000 --rates {card}"
    assert document_of(run, line)["cost"]["amount"] == "12.00"


def test_segments_json_has_every_fact(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, CURLY)
    document = document_of(run, f"segments --file {path} --plan upro --recipients 10k")
    assert list(document) == [
        "schema", "encoding", "characters", "units", "segments", "parts", "forced_by", "replaced",
        "limit", "cost",
    ]  # fmt: skip
    assert "".join(part["text"] for part in document["parts"]) == CURLY
    assert document["forced_by"] == [
        {
            "character": "’",
            "code_point": "U+2019",
            "name": "RIGHT SINGLE QUOTATION MARK",
            "count": 20,
            "replacement": "'",
        }
    ]
    assert (document["replaced"]["saved"], document["replaced"]["amount"]) == (1, "150.00")
    assert document["limit"]["source"]["title"] == "SMS messaging segment"
    assert document["cost"]["amount"] == "300.00"


def test_control_characters_are_not_printed(run: Run) -> None:
    shown = run("segments e\u0301\x1b😀").stdout
    assert "😀" in shown
    assert "\x1b" not in shown
    assert "\u0301" not in shown
    assert "U+001B once no name" in " ".join(shown.split())


def test_ascii_locale_gets_ascii(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert run("segments “€\u0301\x1b😀").stdout.isascii()


@pytest.mark.parametrize(
    ("flags", "monthly"),
    [
        ("--message {file} --recipients 10k", "300.00"),  # 2 x 10,000 x 0.015
        ("--agents 1 --message {file} --recipients 0", "70.00"),
    ],
)
def test_quote_bills_segments_of_message(
    run: Run, tmp_path: Path, flags: str, monthly: str
) -> None:
    line = f"quote upro {flags} --total monthly".format(file=written(tmp_path, CURLY))
    assert (run(line).stdout, run(line).exit_code) == (f"{monthly}\n", 0)


def test_record_keeps_segments_of_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, CURLY)
    quote = f"quote upro --message {path} --recipients 100"
    assert run(f"verify --record Acme -- {quote}").exit_code == 0
    assert "sms: 200\n" in (tmp_path / "acme.yaml").read_text()
