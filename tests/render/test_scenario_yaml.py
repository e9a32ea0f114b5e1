"""The YAML that is written can be read back."""

import pytest
import yaml

from aloware_cli.files.document import MappingNode, ScalarNode, read_document
from aloware_cli.render.scenario import to_yaml


@pytest.mark.parametrize(
    "text",
    [
        "uPro", "10%", "0.50", "2026-12-23", "upro:license", "a:", ":", "-", "- a", "---", "...",
        "#", "a #b", "[a", "{a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'a'", '"a"',
        "?", "? a", "null", "true", "~", "a: b", " a ", "", "\\", "caf\u00e9", "\u65e5\u672c",
        "\U0001f680",
        "a\u2028b", "\ufeff", "tab\tbed", "two\nlines",
    ],
)  # fmt: skip
def test_text_is_read_as_written(text: str) -> None:
    written = to_yaml({"key": text, "below": {"key": text}, text or "none": "x"})
    root, problems = read_document(written.encode(), "a.yaml")
    assert problems == []
    assert isinstance(root, MappingNode)
    value, below = root.items["key"][1], root.items["below"][1]
    assert isinstance(value, ScalarNode)
    assert isinstance(below, MappingNode)
    assert value.text == text
    assert [node.text for _, node in below.items.values() if isinstance(node, ScalarNode)] == [text]
    assert (text or "none") in root.items


@pytest.mark.parametrize("text", ["null", "Yes", "NO", "off", "true", "y", "uPro", "Q-14"])
def test_other_readers_see_a_text_too(text: str) -> None:
    assert yaml.safe_load(to_yaml({"key": text})) == {"key": text}


def test_switches_lists_and_mappings() -> None:
    assert to_yaml({"a": True, "b": False, "c": ["x.yaml", "y z"], "d": {"e": {"f": "1"}}}) == (
        'a: true\nb: false\nc: ["x.yaml", "y z"]\nd:\n  e:\n    f: 1\n'
    )
