"""Error codes: the program, the catalog and docs/errors.md have the same ones."""

import re
from pathlib import Path

import pytest
from conftest import Run
from transcripts import BLOCK, ROOT

import aloware_cli
from aloware_cli.files import schemas
from aloware_cli.files.schemas import load_error_codes

CODE = re.compile(r"\bE-[A-Z]+(?:-[A-Z]+)*\b")
PACKAGE = Path(aloware_cli.__file__).parent
SOURCE = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
#: The name, the meaning and the examples of each code on the page.
SECTIONS = re.findall(
    r"^## (E-\S+)\n\n([^\n]+)\n\n(.+?)(?=^## |\Z)",
    (ROOT / "docs" / "errors.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
MEANINGS = load_error_codes()


def test_catalog_has_codes_of_program_in_order() -> None:
    assert list(MEANINGS) == sorted(set(CODE.findall(SOURCE)))


def test_page_has_meanings_of_catalog() -> None:
    found = {code: meaning for code, meaning, _ in SECTIONS}
    assert found == {code: " ".join(meaning.split()) for code, meaning in MEANINGS.items()}
    assert list(found) == list(MEANINGS)


@pytest.mark.parametrize(("code", "examples"), [(code, text) for code, _, text in SECTIONS])
def test_section_shows_its_code(code: str, examples: str) -> None:
    # No command shows a bug, so its message is not replayed.
    shown = examples if code == "E-BUG" else "".join(BLOCK.findall(examples))
    assert f"  [{code}]" in shown


@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=MEANINGS.keys())
def test_meaning_is_full_sentences_that_fit_a_terminal(meaning: str) -> None:
    assert meaning.endswith(".\n")
    assert meaning.count(". ") + meaning.count(".\n") >= 2, "what it means, then what to do"
    assert all(len(line) <= 80 for line in meaning.splitlines())


@pytest.mark.parametrize("typed", ["E-ENTRY", "e-entry"])
def test_explain_prints_the_meaning_of_a_code(run: Run, typed: str) -> None:
    result = run(f"explain {typed}")
    assert result.output == (
        "E-ENTRY\n"
        "A repeatable option lacks the value of its entry.\n"
        "Use NAME=VALUE, such as --add number_lookup=500.\n"
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("e-quantty", "did you mean E-QUANTITY?"), ("E-1", "error codes: E-AGE, E-ALLOWANCE, ")],
)
def test_explain_rejects_an_unknown_code(run: Run, typed: str, hint: str) -> None:
    result = run(f"explain {typed}")
    lines = f'error: unknown error code "{typed}"  [E-CHOICE]\nhint: {hint}'
    assert result.stderr.startswith(lines)
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("explain E-ENTRY", "errors.yaml"),
        ("quote upro --agnets 3", "suggestions.yaml"),
        ("quots upro", "suggestions.yaml"),
    ],
)
def test_missing_file_of_the_installation_is_reported(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str, file: str
) -> None:
    monkeypatch.setattr(schemas, "PACKAGE", "gone")
    result = run(line)
    assert result.stderr == (
        f"error: cannot read gone/{file}: No such file or directory  [E-READ]\n"
        "hint: install aloware again\n"
    )
    assert result.exit_code == 3
