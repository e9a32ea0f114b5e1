"""Print docs/sources.md: the vendor's pages, what is read in them, and what they leave out.

python docs/sources.py > docs/sources.md
"""

from collections.abc import Iterator
from pathlib import Path

from aloware_cli.domain.cards import Catalog
from aloware_cli.files.cards import load_rates
from aloware_cli.files.conflicts import load_conflicts

HEAD = """\
# Sources

Which pages of the vendor we read, what we take from each, where they disagree, and what none of \
them says. `python docs/sources.py` writes this page; its pages, prices and conflicts are those of \
[`rates/`](../rates).

`--explain` shows the page and wording behind each line of a quote, \
`aloware explain PLAN CHARGE` all that is known of one charge. [Prices](prices.md) says \
how the cards are kept.

## The pages
"""

#: What is taken from a page beside its prices, by the key of the page.
RULES = {
    "billing-guide": "The reference: it holds wherever pages disagree. What a bill consists of, "
    "the unlimited calling and texting pledge with its limits, and three worked examples.",
    "invoices": "Proration, with a worked example.",
    "credits": "Usage is drawn from prepaid credits. Carrier fees are due on every text, "
    "agent-sent ones too.",
    "end-of-day": "When usage is deducted from the credits.",
    "carrier-fees": "What each carrier charges for a segment and for an MMS.",
    "a2p-fees": "What is paid once and what is paid each month.",
    "segments": "At most 10 segments a message.",
    "number-lookup": "One price for all plans.",
    "billing-cycle": "Subscriptions renew on the 1st. Its example only approximates.",
}

READING = """\
## How we read them

- What a page prints is quoted word for word. Where only the figure was kept, the wording begins \
with "In our words:".
- Who starts a call or text, its direction and its line decide whether the pledge covers it. \
Consumers and agents on local lines: included. Automation: charged. Toll-free lines: always charged.
- A quarter is 3 times and a year 12 times the month, as rounded to cents. \
The guide says that longer terms may save more, but by how much it does not say.
- A first invoice rounds each prorated unit price to cents, then multiplies: 70 x 9/31 = 20.32, \
and 3 x 20.32 = 60.96, as the page prints. Rounding at the end would give 60.97.

## Where pages disagree
"""

UNPUBLISHED = """\
## What no page gives

None of these is 0, and none is guessed: without \
[a price that you supply](reps.md#a-price-that-is-not-published), a quote that needs one is refused.

| charge | no price on |
|---|---|
"""

QUESTIONS = """\
## What we would ask the vendor

Beside the prices of that table:

- The guide says that rates of add-ons stand on a pricing page. Which page prints them?
- What is a usual minimum license count? None is published, so `--min-agents` must give it.
- How is a quarterly or annual term prorated? `aloware` prorates monthly terms alone.
- Does a month have 30 days on a first invoice, or those of the calendar?
- Are minutes of the Power Dialer ever part of xPro's unlimited outbound calls?
- Does the standard brand registration, 44.00, already hold the secondary vetting, 40.00? \
Neither is added for the other.
- Are the A2P fees of 2022 and the carrier fees of October 2024 still in force?
- What does Aloware charge for an MMS? Only the carriers' part is known.
- At which balance does auto-recharge load credits, and how much? Which accounts may go below zero?
- Has a long message outside GSM-7 63 or 67 characters in each segment?"""


def main() -> None:
    """Print the whole page."""
    catalog = load_rates((), None)
    if RULES.keys() != catalog.sources.keys():
        raise SystemExit(f"RULES and sources.yaml differ: {RULES.keys() ^ catalog.sources.keys()}")
    print(HEAD)
    print("| key | page | read on | what is taken from it |", "|---|---|---|---|", sep="\n")
    print(*_pages(catalog), "", sep="\n")
    print(READING)
    print(*_conflicts(catalog), "", sep="\n")
    print(UNPUBLISHED, end="")
    print(*_unpublished(catalog), "", sep="\n")
    print(QUESTIONS)


def _pages(catalog: Catalog) -> Iterator[str]:
    """Yield a row for each page: its key, address and day, the rules in it and its prices."""
    for key, page in catalog.sources.items():
        dated = f", figures of {page.dated}" if page.dated else ""
        prices = f" Prices: {', '.join(found)}." if (found := _priced_from(key, catalog)) else ""
        read = f"{page.read_on}{dated}"
        yield f"| `{key}` | [{page.title}]({page.url}) | {read} | {RULES[key]}{prices} |"


def _priced_from(key: str, catalog: Catalog) -> list[str]:
    """Return the labels of what the page `key` gives a price of, on any plan."""
    labels = [
        listed.charge.label
        for card in catalog.cards.values()
        for listed in card.listed
        if listed.rate.status == "billed" and listed.rate.citation.source.key == key
    ]
    return list(dict.fromkeys(labels))


def _conflicts(catalog: Catalog) -> Iterator[str]:
    """Yield what a page says against the cards or itself, how it is read, and the file."""
    files = sorted(Path(__file__).parent.parent.glob("rates/conflicts/*.yaml"))
    for file, conflict in zip(files, load_conflicts((), catalog), strict=True):
        source, wording = conflict.citation
        yield (
            f"- **{source.title}**: {wording.removesuffix('.')}. "
            f"*Read as:* {conflict.read_as} ([{file.stem}](../rates/conflicts/{file.name}))"
        )


def _unpublished(catalog: Catalog) -> Iterator[str]:
    """Yield a row for each charge and term without a price, with the plans that lack it."""
    plans: dict[str, list[str]] = {}
    for name, card in catalog.cards.items():
        for listed in card.listed:
            if listed.rate.status == "unpublished":
                term = f", {listed.term} term" if listed.term else ""
                plans.setdefault(f"{listed.charge.label}{term}", []).append(name)
    for label, names in plans.items():
        every = len(names) == len(catalog.cards)
        yield f"| {label} | {'any plan' if every else ', '.join(names)} |"


if __name__ == "__main__":
    main()
