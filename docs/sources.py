"""Print docs/sources.md: the vendor's pages, what is read in them, and what they leave out.

python docs/sources.py > docs/sources.md
"""

from collections.abc import Iterator
from pathlib import Path

from aloware_cli.domain.cards import PRICED, Catalog
from aloware_cli.domain.checks import Uncovered
from aloware_cli.files.cards import load_rates
from aloware_cli.files.examples import load_conflicts, load_examples
from aloware_cli.pricing.notes import terms_on
from aloware_cli.pricing.verify import verify
from aloware_cli.render.words import rate_in_words

HEAD = """\
# Sources

Which pages state the prices, and what do they leave out? This page lists the vendor's pages, \
what is certain, where pages contradict each other, and what to ask the vendor. \
`python docs/sources.py` writes it from [`rates/`](../rates).

`quote --explain` shows the source behind each line of a quote. `aloware explain PLAN CHARGE`, \
`aloware explain CHARGE` and `aloware explain PLAN` show all that is known of a charge or a plan. \
[Prices and rate cards](prices.md) describes the files.

All pages were read as stored copies. Except for the billing guide, which was read whole, most \
copies are undated and show only the beginning of the page. The live page may have changed since, \
so quotes print "read 2026-11-22 (stored copy)".

## Pages
"""

#: What is taken from a page beside its prices, by the key of the page.
RULES = {
    "billing-guide": "The reference: it applies where pages disagree. What a bill consists of, "
    "the unlimited calling and texting pledge with its limits, and three worked examples.",
    "invoices": "Proration, with a worked example.",
    "credits": "Usage is deducted from prepaid credits. Carrier fees are due on every text, "
    "agent-sent ones too.",
    "end-of-day": "When usage and carrier fees are deducted from the credits.",
    "carrier-fees": "What each carrier charges for a segment and for an MMS, and the range.",
    "a2p-fees": "What is paid once and what is paid each month.",
    "segments": "How a message is cut into segments, with a worked example.",
    "number-lookup": "One price for all plans. Lookups run on every number that is added.",
    "billing-cycle": "Subscriptions renew on the 1st. Auto-recharge is mandatory for usage beyond "
    "the balance.",
    "segments-older": "Nothing: it contradicts the newer page and itself.",
    "segment-calculator": "A worked example with an emoji. Its prices are a conflict.",
    "invoices-draft": "A second worked example of proration.",
    "usage-draft": "A worked example of automated texts.",
    "billing-older": "Nothing: it contradicts the guide.",
    "campaigns": "Registration is required before texting from local numbers. Local presence "
    "needs a campaign of its own.",
    "toll-free-a2p": "Toll-free texts are not subject to A2P 10DLC.",
    "long-texts": "An account may send long texts as one MMS.",
    "billing-cycle-2021": "Nothing: it contradicts the newer page on invoices.",
    "paused-users": "Paused and suspended users are billed.",
}

READING = """\
## What is certain

The billing guide multiplies out the license, a local number and one automated rate per plan. The \
A2P fees and the lookup are stated once for all plans. These prices have a worked example, which \
`aloware verify` replays: the license and the local number on every plan, automated texts on uPro, \
and automated minutes on xPro. These are stated, but no page shows them at work, so \
`verify --require-coverage` fails for them:
"""

RULES_READ = """\

How the pages are read:

- A price has the words of the page. `rates check` rejects a price that its wording does not \
state. A wording that begins with "In our words:" is a summary.
- The initiator of a call or text, its direction and its line decide whether the pledge covers it. \
Consumers and agents on local lines: included. Automation: charged. Toll-free lines: always charged.
- A quarter is 3 and a year 12 times the month, as rounded to cents. \
The guide says that longer terms may save more, but no page says how much.
- A first invoice rounds each prorated unit price to cents, then multiplies: 70 x 9/31 = 20.32, \
and 3 x 20.32 = 60.96, as the page prints. Rounding at the end would give 60.97.
- Carrier fees apply to texts on local lines. Without a carrier mix, the range is the one that the \
page states, 0.003 to 0.015 per segment; with a mix, the table applies. T-Mobile and AT&T charge \
inbound texts too, and the other carriers state no fee for them.
- A2P and carrier fees are third-party fees, so discounts do not apply to them. This is an \
assumption, because no page says so.

Rules beyond prices, which `explain`, documents and `quote --explain` list where they apply:
"""

CONFLICTS = """\

## Where pages disagree
"""

UNPUBLISHED = """\
## What no page prices

None of these is 0, and none is guessed. Without \
[a price that you supply](reps.md#a-price-that-is-not-published), a quote that needs one is \
rejected. For automated texts, the only figure that a page prints is 0.15 per segment, without a \
plan; it is listed above as a conflict and not used.

| charge | no price on |
|---|---|
"""

QUESTIONS = """\
## What to ask the vendor

Besides the prices of that table:

- The guide says that the rates of add-ons are visible on a pricing page. Which page prints them?
- Is 0.15 per segment (and 0.40 per MMS) of the segment calculator a slip, or a price of a plan?
- What does a longer term cost: licenses and each add-on?
- What is a usual minimum license count? None is published, so `--min-agents` must give it.
- How is a quarterly or annual term prorated? `aloware` prorates only monthly terms.
- Does a month have 30 days on a first invoice, or those of the calendar?
- Are minutes of the Power Dialer ever part of xPro's unlimited outbound calls, and do iPro and \
uPro have the Power Dialer?
- How are call minutes rounded?
- Does the standard brand registration, 44.00, include the secondary vetting, 40.00? Neither is \
added for the other.
- Are the A2P fees of 2022 and the carrier fees of October 2024 still in force?
- Which carrier fees apply to toll-free texts, and to inbound texts of the other carriers?
- What does Aloware charge for an MMS? Only the fees of the carriers are known.
- Which taxes, regulatory and 911 fees are added? What do set-up, porting and toll-free \
verification cost?
- At which balance does auto-recharge load credits, and how much? Which accounts may have a \
negative balance?
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
    print(*map(_price, verify(load_examples([], catalog)[0], catalog).uncovered), sep="\n")
    print(RULES_READ)
    print(*_terms(catalog), sep="\n")
    print(CONFLICTS)
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
        if listed.rate.status in PRICED and listed.rate.citation.source.key == key
    ]
    return list(dict.fromkeys(labels))


def _price(price: Uncovered) -> str:
    return f"- {price.charge.label}: {rate_in_words(price.rate)} per {price.charge.unit}"


def _terms(catalog: Catalog) -> Iterator[str]:
    """Yield each term of any plan with its page."""
    terms = dict.fromkeys(term for card in catalog.cards.values() for term in terms_on(card))
    for term in terms:
        plans = f"On {' and '.join(sorted(term.plans))}: " if term.plans else ""
        plans += "Not included: " if term.kind == "exclusion" else ""
        yield f"- {plans}{term.text} ([{term.citation.source.key}]({term.citation.source.url}))"


def _conflicts(catalog: Catalog) -> Iterator[str]:
    """Yield what a page says against the cards or itself, how it is read, and the file."""
    files = sorted(Path(__file__).parent.parent.glob("rates/conflicts/*.yaml"))
    for file, conflict in zip(files, load_conflicts((), catalog), strict=True):
        source, wording = conflict.citation
        title = f"[{source.title}]({source.url})" if source.url else source.title
        yield (
            f"- **{title}**: {wording.removesuffix('.')}. "
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
