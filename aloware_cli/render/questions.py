"""Questions: the prices to ask the vendor for, and the rate card to write the answers to."""

from collections.abc import Iterator
from shlex import quote
from typing import Final

from aloware_cli.domain.problems import count, escaped
from aloware_cli.domain.quotes import Question, Questions
from aloware_cli.render.sections import Report

FURTHER: Final = (
    "For each price: from which date does it apply, does it depend on the quantity, and does a "
    "license include any units?"
)
OVERLAY: Final = """\
# yaml-language-server: $schema=overlay.schema.json
# {count} that the order needs and that Aloware does not publish.
# Fill in read_on and each price with its wording, from the offer. Then check the file and use it:
#   aloware rates check {path}
#   {command} --rates {path}
# Editors check the file with:  aloware schema overlay > overlay.schema.json

plan: {plan}
# The first day of the prices, if the offer names it. To use it, remove the # before it.
# effective_from: 2027-01-01

sources:
  offer:
    title: Offer from Aloware
    # The day you read the offer, such as 2026-12-01.
    read_on:

prices:
{prices}"""
PRICE: Final = """\
{indent}price:
{indent}source: offer
{indent}# The words of the offer that state the price, in quotes.
{indent}wording:
"""


def questions_report(questions: Questions) -> Report:
    """Return the questions as numbered sentences that can be sent to the vendor."""
    title = f"Questions to Aloware: {questions.card.plan}, {questions.term} term, USD"
    if not questions.listed:
        return Report("Nothing to ask: every price that the order needs is known.")
    facts = tuple((f"{n}.", sentence(each)) for n, each in enumerate(questions.listed, 1))
    return Report(title, facts=facts, remarks=(FURTHER,))


def sentence(question: Question) -> str:
    """Write one question: `Automated texts: what is the price per segment, for ...?`."""
    charge, quantity = question.charge, question.charge.counted(question.quantity)
    term = f", {question.term} term" if question.term else ""
    if charge.one_time:
        price = f"the one-time price per {charge.unit}, for {quantity}"
    elif charge.category == "subscription":
        price = f"the price per {charge.unit} and month, for {quantity}"
    else:
        price = f"the price per {charge.unit}, for {quantity} a month"
    return f"{charge.label}{term}: what is {price}?"


def overlay_text(questions: Questions, path: str, command: str) -> str:
    """Return the overlay to fill in, to be kept at `path`; `command` is the quote that needs it."""
    return OVERLAY.format(
        count=count(len(questions.listed), "price"),
        path=escaped(quote(path)),
        command=escaped(command),
        plan=questions.card.plan,
        prices="".join(map("".join, map(_entry, questions.listed))),
    )


def _entry(question: Question) -> Iterator[str]:
    """Yield the lines of one price, under its term if it has one."""
    yield f"  # {sentence(question)}\n"
    yield f"  {question.charge.key}:\n"
    if question.term:
        yield f"    {question.term}:\n"
    yield PRICE.format(indent=" " * (6 if question.term else 4))
