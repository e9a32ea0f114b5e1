"""`aloware segments` and `quote --message`: what a text takes, costs and is refused for."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import Run

import aloware_cli

SCHEMA = Path(aloware_cli.__file__).parent / "schemas" / "segments.schema.json"
CURLY = "it’s " * 20


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "promo.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def document_of(run: Run, line: str, stdin: bytes | None = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"{line} --format json", stdin).stdout)
    return document


def test_a_plain_text(run: Run) -> None:
    result = run("segments Hello")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Encoding    GSM-7",
        "Characters  5",
        "Length      5 places",
        "Segments    1 (5 of 160)",
    ]


def test_what_forces_ucs_2_and_what_replacing_it_saves(run: Run, tmp_path: Path) -> None:
    result = run(f"segments --file {written(tmp_path, CURLY)} --plan upro --recipients 10k")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[3:] == [
        "Segments    2 (67 + 33, of 67 each)",
        "",
        "These characters are not in GSM-7, and so the whole message is UCS-2:",
        "  U+2019  ’  x 20  right single quotation mark; ' does",
        "",
        "With the replacements: GSM-7 and 1 segment, 1 saved.",
        # 2 segments x 10,000 x 0.015; 1 segment x 10,000 x 0.015
        "uPro, 10,000 recipients: 20,000 segments x 0.015 = 300.00 USD.",
        "With the replacements: 150.00 USD.",
        "Carrier fees come on top of every segment.",
    ]


@pytest.mark.parametrize("message", ["😀…", "ж" * 68 + "……"])  # the same, and one more
def test_replacements_that_save_nothing(run: Run, message: str) -> None:
    assert "The replacements would save no segment." in run(f"segments {message}").stdout


@pytest.mark.parametrize(
    ("content", "characters"),
    [
        (b"Hello", "5"),
        (b"Hello\n", "5"),
        (b"Hello\r\n", "5"),
        (b"Hello\n\n", "6"),
        (b"a\r\nb\r\n", "4"),
        (b"Hello\r", "6"),
        (b" ", "1"),
        (b"\xef\xbb\xbfHello", "5"),
    ],
)
def test_a_line_end_at_the_end_of_a_file_is_no_part_of_the_message(
    run: Run, tmp_path: Path, content: bytes, characters: str
) -> None:
    path = written(tmp_path, content)
    assert document_of(run, f"segments --file {path}")["characters"] == characters
    assert document_of(run, "segments -", content)["characters"] == characters
    assert document_of(run, "segments --file -", content)["characters"] == characters


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "promo.txt: the message is empty"),
        (b"\n", "promo.txt: the message is empty"),
        (b"\xef\xbb\xbf\r\n", "promo.txt: the message is empty"),
        (b"one\ntwo \xe9\n", "promo.txt:2: not UTF-8 text"),
        (b"a" * (2**20 + 1), "promo.txt: larger than 1 MiB"),
    ],
)
@pytest.mark.parametrize("command", ["segments --file", "quote upro --recipients 9 --message"])
def test_a_bad_file_is_refused(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    content: bytes,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(f"{command} {written(tmp_path, content).name}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"Error: {said}\n" in result.stderr


def test_standard_input_is_named_in_an_error(run: Run) -> None:
    assert "standard input: the message is empty" in run("segments -", b"").stderr


@pytest.mark.parametrize("path", [".", "nowhere.txt"])
def test_a_file_that_cannot_be_read_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(f"segments --file {path}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"{path}: cannot be read (" in result.stderr


WRONG_REQUESTS = [
    ("segments", "give the message once"),
    ("segments Hello --file promo.txt", "give the message once"),
    ("segments See you", "unexpected extra argument(s) (you)"),
    ("segments --fil promo.txt", "--file"),
    ("segments Hello --plan upro", "a cost needs --plan, and at least one of --recipients"),
    ("segments Hello --recipients 5", "a cost needs --plan, and at least one of --recipients"),
    (
        "segments Hello --plan upro --recipients 0",
        "a cost needs --plan, and at least one of --recipients",
    ),
    ("segments Hello --recipients 0", "a cost needs --plan, and at least one of --recipients"),
    ("segments Hello --rate sms=0.02", "a cost needs --plan, and at least one of --recipients"),
    ("segments Hello --plan upr --recipients 5", "Did you mean uPro?"),
    ("segments Hello --plan upro --recipients -5", "a quantity is never negative"),
    ("segments Hello --plan upro --recipients 5 --rate smss=1", "Did you mean sms?"),
    ("segments \udce9", "the message is not UTF-8 text"),
    ("quote upro --recipients 5", "--message and --recipients go together"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS)
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_an_empty_text_is_refused() -> None:
    from typer.testing import CliRunner

    from aloware_cli.cli import app

    result = CliRunner().invoke(app, ["segments", ""], prog_name="aloware")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: the message is empty\n" in result.stderr
    result = CliRunner().invoke(app, ["segments", "--file", ""], prog_name="aloware", input="Hi")
    assert (result.exit_code, result.stdout) == (3, "")


@pytest.mark.parametrize(("places", "exit_code"), [(1530, 0), (1531, 1)])
def test_more_than_10_segments_are_refused_after_the_output(
    run: Run, places: int, exit_code: int
) -> None:
    result = run("segments -", b"a" * places)
    assert result.exit_code == exit_code
    assert "Segments" in result.stdout
    assert ("(SMS messaging segment, read" in result.stdout) == bool(exit_code)
    assert ("No: 11 segments; the vendor sends at most 10." in result.stderr) == bool(exit_code)
    assert document_of(run, "segments -", b"a" * places)["limit"]["exceeded"] == bool(exit_code)


def test_an_unpublished_rate_is_refused_and_can_be_supplied(run: Run) -> None:
    line = "segments Hello --plan ipro --recipients 100"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "--rate ipro:automated_sms=PRICE (USD per segment)" in result.stderr
    supplied = run(f"{line} --rate sms=0.02").stdout
    assert "100 segments x 0.02 = 2.00 USD, at a price supplied and" in supplied


def test_a_card_laid_over_sets_the_cost(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "acme.yaml"
    card.write_text(
        "plan: uPro\nsources: {offer: {title: Offer, read_on: 2026-11-20}}\n"
        "prices: {automated_sms: {price: 0.012, source: offer, wording: w}}\n"
    )
    line = f"segments Hello --plan uPro --recipients 1000 --rates {card}"
    assert document_of(run, line)["cost"]["amount"] == "12.00"


def test_the_json_says_all_that_the_table_says(run: Run, tmp_path: Path) -> None:
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
            "count": "20",
            "replacement": "'",
        }
    ]
    assert (document["replaced"]["saved"], document["replaced"]["amount"]) == ("1", "150.00")
    assert document["limit"]["source"]["title"] == "SMS messaging segment"
    assert document["cost"]["amount"] == "300.00"


def test_every_json_fits_its_schema_and_nothing_else_does(run: Run, tmp_path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    cost = "--plan ipro --recipients 10 --rate sms=0.02"
    for content in ("a", "a" * 2000, CURLY, "\x1b", "ж" * 68 + "……", "\u200b"):
        path = written(tmp_path, content)
        for flags in ("", cost):
            validator.validate(document := document_of(run, f"segments --file {path} {flags}"))
    changes: list[dict[str, object]] = [{"units": 3}, {"parts": []}, {"limit": None}, {"more": 1}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**document, **change})


def test_a_character_that_shows_nothing_of_its_own_is_not_shown(run: Run) -> None:
    shown = run("segments e\u0301\x1b😀").stdout
    assert "😀" in shown
    assert "\x1b" not in shown
    assert "\u0301" not in shown
    assert "U+001B x 1 no name" in " ".join(shown.split())


def test_ascii_screens_get_ascii(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert run("segments “€\u0301\x1b😀").stdout.isascii()


@pytest.mark.parametrize(
    ("flags", "monthly"),
    [
        ("--message {file} --recipients 10k", "300.00"),  # 2 x 10,000 x 0.015
        ("--agents 1 --message {file} --recipients 0", "70.00"),
    ],
)
def test_a_quote_counts_a_message(run: Run, tmp_path: Path, flags: str, monthly: str) -> None:
    line = f"quote upro {flags} --total monthly".format(file=written(tmp_path, CURLY))
    assert (run(line).stdout, run(line).exit_code) == (f"{monthly}\n", 0)


@pytest.mark.parametrize(
    ("flags", "exit_code", "said"),
    [
        ("", 2, "--message and --recipients go together"),
        ("--recipients 5 --sms 5", 2, "--sms and --message count the same texts"),
        ("--recipients 5 --add sms=5", 2, "automated_sms is given twice"),
        ("--recipients 1000000000", 2, "2 segments for 1,000,000,000 recipients are too many"),
        ("--recipients lots", 2, "write a whole number"),
    ],
)
def test_a_message_in_a_quote_is_asked_for_whole(
    run: Run, tmp_path: Path, flags: str, exit_code: int, said: str
) -> None:
    result = run(f"quote upro --message {written(tmp_path, CURLY)} {flags}")
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in " ".join(result.stderr.split())


def test_a_quote_refuses_a_message_that_cannot_be_sent(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "a" * 1531)
    result = run(f"quote upro --message {path} --recipients 5")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "11 segments; the vendor sends at most 10" in result.stderr


def test_a_recorded_quote_keeps_the_segments_of_its_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, CURLY)
    quote = f"quote upro --message {path} --recipients 100"
    assert run(f"verify --record Acme -- {quote}").exit_code == 0
    assert "sms: 200\n" in (tmp_path / "acme.yaml").read_text()
