"""Terms: read from a folder of rate cards, each with its charges, plans and source."""

import os
from pathlib import Path

import pytest
from card_files import catalog, problems_in
from text_tables import matches, read_table

from aloware_cli.domain.charges import ContractTerm
from aloware_cli.domain.sources import Citation
from aloware_cli.files.cards import load_rates

TERM = """\
terms:
  beware:
    kind: caution
    text: Beware
    charges: [license]
    plans: [iPro]
    unless: [license_commitment]
    costs: [number_lookup]
    option: --min-agents N
    source: billing-guide
    wording: A text.
"""
GUIDE = catalog().sources["billing-guide"]


def test_term_has_what_its_file_states(rates: Path) -> None:
    (rates / "terms.yaml").write_text(TERM, "utf-8")

    assert load_rates([str(rates)], None).cards["uPro"].terms == (
        ContractTerm(
            key="beware",
            text="Beware",
            charges=frozenset({"license"}),
            plans=frozenset({"iPro"}),
            unless=frozenset({"license_commitment"}),
            costs=("number_lookup",),
            option="--min-agents N",
            kind="caution",
            audience="customer",
            citation=Citation(GUIDE, "A text."),
        ),
    )


def test_term_needs_only_text_and_source(rates: Path) -> None:
    text = "terms:\n  all: {text: Prepaid., source: billing-guide, wording: A text.}\n"
    (rates / "terms.yaml").write_text(text, "utf-8")

    [term] = load_rates([str(rates)], None).cards["uPro"].terms

    assert (term.kind, {*term.charges, *term.plans}, term.option) == ("term", set(), "")


def test_terms_are_optional_and_part_of_the_hash(rates: Path) -> None:
    without = load_rates([str(rates)], None).cards["uPro"]
    (rates / "terms.yaml").write_text(TERM, "utf-8")
    having = load_rates([str(rates)], None).cards["uPro"]

    assert without.terms == ()
    assert without.identity.sha256 != having.identity.sha256


@pytest.mark.parametrize(("old", "new", "problem"), read_table("bad_terms"))
def test_bad_term_is_rejected_with_one_problem(
    old: str, new: str, problem: str, rates: Path
) -> None:
    assert TERM.count(old) == 1
    (rates / "terms.yaml").write_text(TERM.replace(old, new), "utf-8")

    [said] = problems_in(rates)

    assert matches(said, f"{rates}{os.sep}terms.yaml:{problem}".replace(os.sep, "/"))
