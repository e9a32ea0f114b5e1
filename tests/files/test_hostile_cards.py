"""What a card must not hold, each with the place and the words that report it.

Every row changes the shipped cards in one spot. `at` is FILE:LINE:COLUMN, where a line
with a sign counts from the one on which the change begins. The row's `problem`, with the keys
that lead to it, and its `remedy` are all that the fault says; a problem that ends with a blank
goes on with a place, or with words of others. No other fault may stand beside it.
"""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from card_files import changed, faults_in, places_in
from conftest import plain_name

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import load_rates, shipped_rates


class Hostile(NamedTuple):
    """A shipped file with `new` in the place of `old`, or of all it held where `old` is empty."""

    what: str
    file: str
    old: str
    new: str | bytes
    at: str
    message: str
    hint: str
    #: Whether the file's JSON Schema tells it from a sound card.
    schema_sees: bool = False


SEES = True
DIGITS = "write plain digits with an optional fraction, such as 0.015"
A_DAY = "write a day that exists, such as 2026-11-22"
ONE_LINE = "write it on one line, with plain spaces and no control characters"
ONE_RULE = "let exactly one rule fire for each initiator x direction x line"
KEYS_OF_CARDS = "known here: currency, sources, plan, effective_from, prices"
THREE_VALUES = "write {price: ..., source: ..., wording: ...}, included or unpublished"

NOT_PLAIN_YAML = [
    Hostile(
        "a key twice",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\ncurrency: USD\n",
        "upro.yaml:+1:1",
        "'currency' stands twice, first on line ",
        "keep one of them",
    ),
    Hostile(
        "a key twice in braces",
        "upro.yaml",
        "{price: 5.00,",
        "{price: 5.00, price: 6.00,",
        "upro.yaml:+0:31",
        "prices.local_number: 'price' stands twice, first on line ",
        "keep one of them",
    ),
    Hostile(
        "an anchor",
        "upro.yaml",
        "price: 5.00",
        "price: &five 5.00",
        "upro.yaml:+0:25",
        "prices.local_number.price: the anchor &five",
        "write the value without it",
    ),
    Hostile(
        "an alias",
        "upro.yaml",
        "price: 5.00",
        "price: *five",
        "upro.yaml:+0:25",
        "prices.local_number.price: the alias *five",
        "write the value out",
    ),
    Hostile(
        "an alias as a key",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\n*key : USD\n",
        "upro.yaml:+1:1",
        "the alias *key",
        "write the value out",
    ),
    Hostile(
        "a tag",
        "upro.yaml",
        "price: 5.00",
        "price: !!float 5.00",
        "upro.yaml:+0:25",
        "prices.local_number.price: the tag tag:yaml.org,2002:float",
        "write the value without it",
    ),
    Hostile(
        "a tag that makes an object",
        "upro.yaml",
        "plan: uPro",
        "plan: !!python/name:os.getcwd uPro",
        "upro.yaml:+0:7",
        "plan: the tag ",
        "write the value without it",
    ),
    Hostile(
        "a merge key",
        "upro.yaml",
        "local_number: {",
        "local_number: {<<: {price: 6.00}, ",
        "upro.yaml:+0:18",
        "prices.local_number.<<: unknown key",
        "known here: model, price, source, wording, allowance",
        SEES,
    ),
    Hostile(
        "a second document",
        "upro.yaml",
        "\nprices:",
        "\n---\nprices:",
        "upro.yaml:+1:1",
        "a second document",
        "keep one in a file",
    ),
    Hostile(
        "a key that is a list",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\n[a, b]: c\n",
        "upro.yaml:+1:1",
        "a key that is no plain text",
        "write a word",
    ),
    Hostile(
        "a key that is a mapping",
        "upro.yaml",
        "agent_sms: included\n",
        "agent_sms: included\n  {a: b}: included\n",
        "upro.yaml:+1:3",
        "prices: a key that is no plain text",
        "write a word",
    ),
    Hostile(
        "a quote inside quotes",
        "upro.yaml",
        '"Local phone numbers',
        '"Local" phone numbers',
        "upro.yaml:+0:71",
        "not YAML: ",
        "mend the line or the one above it",
    ),
    Hostile(
        "a tab that indents",
        "upro.yaml",
        "  agent_sms",
        "\tagent_sms",
        "upro.yaml:+0:1",
        "not YAML: ",
        "mend the line or the one above it",
    ),
]

NO_CARD_AT_ALL = [
    Hostile(
        "an empty file",
        "upro.yaml",
        "",
        "",
        "upro.yaml:1:1",
        "the file is empty",
        "write the keys it needs",
        SEES,
    ),
    Hostile(
        "only a comment",
        "upro.yaml",
        "",
        "# to do\n",
        "upro.yaml:1:1",
        "the file is empty",
        "write the keys it needs",
        SEES,
    ),
    Hostile(
        "a list at the top",
        "upro.yaml",
        "",
        "- plan: uPro\n",
        "upro.yaml:1:1",
        "a list is no mapping",
        "write `key: value`",
        SEES,
    ),
    Hostile(
        "a sentence at the top",
        "upro.yaml",
        "",
        "uPro costs 70\n",
        "upro.yaml:1:1",
        "'uPro costs 70' is no mapping",
        "write `key: value`",
        SEES,
    ),
    Hostile(
        "not UTF-8",
        "upro.yaml",
        "",
        b"plan: uPro\ncurrency: \xa3\n",
        "upro.yaml:2:11",
        "not UTF-8 text",
        "save the file as UTF-8",
    ),
    Hostile(
        "UTF-16",
        "upro.yaml",
        "",
        "plan: uPro\n".encode("utf-16"),
        "upro.yaml:1:1",
        "not UTF-8 text",
        "save the file as UTF-8",
    ),
    Hostile(
        "a control character",
        "upro.yaml",
        "currency: USD",
        "currency: U\aSD",
        "upro.yaml:+0:12",
        "the invisible character U+0007",
        "write plain text",
    ),
    Hostile(
        "a NUL",
        "upro.yaml",
        "currency: USD",
        "currency: USD\0",
        "upro.yaml:+0:14",
        "the invisible character U+0000",
        "write plain text",
    ),
    Hostile(
        "a key hidden in a comment, behind a line end that only YAML 1.1 knows",
        "upro.yaml",
        "# The uPro",
        "# The\u2028effective_from: 2030-01-01\u2028# uPro",
        "upro.yaml:+0:6",
        "the invisible character U+2028",
        "write plain text",
    ),
    Hostile(
        "over 1 MiB",
        "upro.yaml",
        "",
        f"#{'x' * 2**20}",
        "upro.yaml:1:1",
        "larger than 1 MiB",
        "split it or shorten it",
    ),
    Hostile(
        "5,000 open dashes",
        "upro.yaml",
        "",
        "- " * 5_000,
        "upro.yaml:1:33",
        "more than 16 levels deep",
        "write it flatter",
    ),
    Hostile(
        "300 levels of indentation",
        "upro.yaml",
        "",
        "".join(f"{' ' * depth}a:\n" for depth in range(300)),
        "upro.yaml:17:17",
        "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a: more than 16 levels deep",
        "write it flatter",
    ),
    Hostile(
        "a list of 30,000 values",
        "upro.yaml",
        "",
        f"plan: [{'x, ' * 30_000}]",
        "upro.yaml:1:59999",
        "more than 20,000 values",
        "split the file",
    ),
]

KEYS = [
    Hostile(
        "an unknown key",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\neffective_form: 2026-01-01\n",
        "upro.yaml:+1:1",
        "effective_form: unknown key",
        "did you mean effective_from?",
        SEES,
    ),
    Hostile(
        "an unknown key like no other",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\nzzz: 1\n",
        "upro.yaml:+1:1",
        "zzz: unknown key",
        KEYS_OF_CARDS,
        SEES,
    ),
    Hostile(
        "an unknown key of a price",
        "upro.yaml",
        "{price: 5.00,",
        "{price: 5.00, words: five,",
        "upro.yaml:+0:31",
        "prices.local_number.words: unknown key",
        "did you mean wording?",
        SEES,
    ),
    Hostile(
        "an unknown key of a source",
        "sources.yaml",
        "dated: October 2024",
        "date: October 2024",
        "sources.yaml:+0:5",
        "sources.carrier-fees.date: unknown key",
        "did you mean dated?",
        SEES,
    ),
    Hostile(
        "an unknown key of a charge",
        "charges.yaml",
        "caution: Local presence",
        "cautoin: Local presence",
        "charges.yaml:+0:5",
        "charges.local_presence.cautoin: unknown key",
        "did you mean caution?",
        SEES,
    ),
    Hostile(
        "an unknown key of a rule",
        "charges.yaml",
        "    decides: included\n",
        "    decides: included\n    why: 2026-01-01\n",
        "charges.yaml:+1:5",
        "coverage.pledge.why: unknown key",
        "known here: initiator, direction, line, decides, reason, source, wording",
        SEES,
    ),
    Hostile(
        "an unknown key of traffic",
        "charges.yaml",
        "traffic: {medium: text,",
        "traffic: {medium: text, mediun: text,",
        "charges.yaml:+0:29",
        "charges.automated_sms.traffic.mediun: unknown key",
        "did you mean medium?",
        SEES,
    ),
    Hostile(
        "an unknown key of a carrier",
        "carriers.yaml",
        "name: T-Mobile,",
        "name: T-Mobile, nmae: T-Mobile,",
        "carriers.yaml:+0:30",
        "carriers.t-mobile.nmae: unknown key",
        "did you mean name?",
        SEES,
    ),
    Hostile(
        "an unknown key beside the shared prices",
        "a2p.yaml",
        "\nprices:\n",
        "\nplan: uPro\nprices:\n",
        "a2p.yaml:+1:1",
        "plan: unknown key",
        "known here: prices",
        SEES,
    ),
    Hostile(
        "a reason of its own for what a coverage rule explains",
        "charges.yaml",
        "    label: Automated texts\n",
        "    label: Automated texts\n    reason: We say so.\n",
        "charges.yaml:+1:5",
        "charges.automated_sms.reason: unknown key",
        "known here: unit, traffic, remark, label, units, category, one_time, per_term, "
        "pass_through, caution",
        SEES,
    ),
    Hostile(
        "a key that would write on the terminal",
        "upro.yaml",
        "currency: USD\n",
        'currency: USD\n"\\e[31m\\nError": 1\n',
        "upro.yaml:+1:1",
        r"'\x1b[31m\nError': unknown key",
        KEYS_OF_CARDS,
        SEES,
    ),
    Hostile(
        "a key as long as a page",
        "upro.yaml",
        "currency: USD\n",
        f"currency: USD\n? {'k' * 5_000}\n: 1\n",
        "upro.yaml:+1:3",
        f"'{'k' * 40}...': unknown key",
        KEYS_OF_CARDS,
        SEES,
    ),
    Hostile(
        "an unknown charge",
        "upro.yaml",
        "agent_sms: included\n",
        "agent_sms: included\n  agents_sms: included\n",
        "upro.yaml:+1:3",
        "prices.agents_sms: no charge 'agents_sms'",
        "did you mean agent_sms?",
    ),
    Hostile(
        "an unknown charge among the shared prices",
        "a2p.yaml",
        "prices:\n",
        "prices:\n  late_apeal: unpublished\n",
        "a2p.yaml:+1:3",
        "prices.late_apeal: no charge 'late_apeal'",
        "did you mean late_appeal?",
    ),
    Hostile(
        "an unknown source",
        "upro.yaml",
        "price: 5.00, source: billing-guide",
        "price: 5.00, source: biling-guide",
        "upro.yaml:+0:39",
        "prices.local_number.source: no source 'biling-guide'",
        "did you mean billing-guide?",
    ),
    Hostile(
        "an unknown source of a carrier",
        "carriers.yaml",
        "source: carrier-fees",
        "source: carrier-fee",
        "carriers.yaml:+0:74",
        "carriers.t-mobile.source: no source 'carrier-fee'",
        "did you mean carrier-fees?",
    ),
    Hostile(
        "an unknown source of a rule",
        "charges.yaml",
        "on every plan.\n    source: billing-guide",
        "on every plan.\n    source: guide",
        "charges.yaml:+1:13",
        "coverage.pledge.source: no source 'guide'",
        "known here: billing-guide, invoices, credits, end-of-day, carrier-fees, a2p-fees, "
        "segments, number-lookup, billing-cycle",
    ),
]

WHAT_IS_MISSING = [
    Hostile(
        "a card without its plan",
        "upro.yaml",
        "plan: uPro\n",
        "",
        "upro.yaml:+0:1",
        "'plan' is missing",
        "add it",
        SEES,
    ),
    Hostile(
        "a card without its currency",
        "upro.yaml",
        "currency: USD\n",
        "",
        "upro.yaml:-1:1",
        "'currency' is missing",
        "write USD",
    ),
    Hostile(
        "a card without prices",
        "upro.yaml",
        "",
        "plan: uPro\ncurrency: USD\n",
        "upro.yaml:1:1",
        "'prices' is missing",
        "add it",
        SEES,
    ),
    Hostile(
        "a card whose prices are empty",
        "upro.yaml",
        "",
        "plan: uPro\ncurrency: USD\nprices:\n",
        "upro.yaml:3:8",
        "prices: '' is no mapping",
        "write `key: value`",
        SEES,
    ),
    Hostile(
        "a charge is missing",
        "upro.yaml",
        "  agent_sms: included\n",
        "",
        "upro.yaml:10:3",
        "prices: 'agent_sms' is missing",
        THREE_VALUES,
    ),
    Hostile(
        "a term of the license is missing",
        "upro.yaml",
        "    annual: unpublished\n",
        "",
        "upro.yaml:-3:3",
        "prices: 'license' lacks annual",
        THREE_VALUES,
    ),
    Hostile(
        "two terms of the license are missing",
        "upro.yaml",
        "    quarterly: unpublished\n    annual: unpublished\n",
        "",
        "upro.yaml:-2:3",
        "prices: 'license' lacks quarterly, annual",
        THREE_VALUES,
    ),
    Hostile(
        "a plan without its license",
        "upro.yaml",
        """  license:
    monthly: {price: 70.00, source: billing-guide, wording: "Plan cost - 3 agents x $70 = $210/month."}
    quarterly: unpublished
    annual: unpublished
""",  # noqa: E501
        "",
        "upro.yaml:+0:3",
        "prices: 'license' is missing",
        THREE_VALUES,
    ),
    Hostile(
        "a price without its wording",
        "upro.yaml",
        ', wording: "Local phone numbers - 10 numbers x $5 = $50."',
        "",
        "upro.yaml:+0:17",
        "prices.local_number: 'wording' is missing",
        "add it",
        SEES,
    ),
    Hostile(
        "a price without its source",
        "a2p.yaml",
        "price: 10.00, source: a2p-fees",
        "price: 10.00",
        "a2p.yaml:+0:25",
        "prices.campaign_maintenance: 'source' is missing",
        "add it",
        SEES,
    ),
    Hostile(
        "a source without the day it was read",
        "sources.yaml",
        "/9033652-understanding-aloware-invoices\n    read_on: 2026-11-22\n",
        "/9033652-understanding-aloware-invoices\n",
        "sources.yaml:-1:5",
        "sources.invoices: 'read_on' is missing",
        "write a date such as 2026-11-22",
        SEES,
    ),
    Hostile(
        "a charge without its category",
        "charges.yaml",
        "    category: subscription\n",
        "",
        "charges.yaml:-2:5",
        "charges.license: 'category' is missing",
        "write subscription or usage",
        SEES,
    ),
    Hostile(
        "a charge without a reason",
        "charges.yaml",
        "    reason: Each user that logs in needs one license, billed on the plan's term.\n",
        "",
        "charges.yaml:-4:5",
        "charges.license: 'reason' is missing",
        "add it",
        SEES,
    ),
    Hostile(
        "a carrier without its fee for an MMS",
        "carriers.yaml",
        ", mms: 0.0075",
        "",
        "carriers.yaml:+0:8",
        "carriers.att: 'mms' is missing",
        "write a price such as 0.015",
        SEES,
    ),
]

#: What stands as a price, the words that report it, and whether a schema sees it.
WRONG_PRICES = [
    ("-5.00", "'-5.00' is not right", DIGITS, SEES),
    ("+5.00", "'+5.00' is not right", DIGITS, False),
    ("5e3", "'5e3' is not right", DIGITS, False),
    ("5_000", "'5_000' is not right", DIGITS, SEES),
    ("NaN", "'NaN' is not right", DIGITS, SEES),
    (".nan", "'.nan' is not right", DIGITS, False),
    ("inf", "'inf' is not right", DIGITS, SEES),
    (".inf", "'.inf' is not right", DIGITS, SEES),
    ("0x10", "'0x10' is not right", DIGITS, False),
    (".5", "'.5' is not right", DIGITS, False),
    ("5.", "'5.' is not right", DIGITS, False),
    ("~", "'~' is not right", DIGITS, SEES),
    ("$5", "'$5' is not right", DIGITS, SEES),
    ('"5,00"', "'5,00' is not right", DIGITS, SEES),
    ('" 5.00"', "' 5.00' is not right", DIGITS, SEES),
    ("\uff15.00", "'\uff15.00' is not right", DIGITS, SEES),
    ("\u0665.00", "'\u0665.00' is not right", DIGITS, SEES),
    ("0.123456789", "'0.123456789' is not right", "write at most 8 decimal places", False),
    ("1000000.01", "'1000000.01' is not right", "a price goes up to 1,000,000", SEES),
    ('""', "the value is missing", DIGITS, SEES),
    ("[5.00]", "a list is no plain value", "write a price such as 0.015", SEES),
    ("{usd: 5.00}", "a mapping is no plain value", "write a price such as 0.015", SEES),
]

PRICES = [
    Hostile(
        f"the price {text}",
        "upro.yaml",
        "price: 5.00",
        f"price: {text}",
        "upro.yaml:+0:25",
        f"prices.local_number.price: {message}",
        hint,
        schema_sees,
    )
    for text, message, hint, schema_sees in WRONG_PRICES
]

VALUES = [
    Hostile(
        "no value for a charge",
        "upro.yaml",
        "toll_free_sms: unpublished",
        "toll_free_sms:",
        "upro.yaml:+0:17",
        "prices.toll_free_sms: is no price",
        THREE_VALUES,
        SEES,
    ),
    Hostile(
        "a word that is no price",
        "upro.yaml",
        "toll_free_sms: unpublished",
        "toll_free_sms: free",
        "upro.yaml:+0:18",
        "prices.toll_free_sms: is no price",
        THREE_VALUES,
        SEES,
    ),
    Hostile(
        "a bare number for a charge",
        "upro.yaml",
        "toll_free_sms: unpublished",
        "toll_free_sms: 0",
        "upro.yaml:+0:18",
        "prices.toll_free_sms: is no price",
        THREE_VALUES,
        SEES,
    ),
    Hostile(
        "one word for the license",
        "upro.yaml",
        """  license:
    monthly: {price: 70.00, source: billing-guide, wording: "Plan cost - 3 agents x $70 = $210/month."}
    quarterly: unpublished
    annual: unpublished
""",  # noqa: E501
        "  license: unpublished\n",
        "upro.yaml:+0:12",
        "prices.license: has a value for each term",
        "write monthly, quarterly and annual below it",
        SEES,
    ),
    Hostile(
        "another currency",
        "upro.yaml",
        "currency: USD",
        "currency: EUR",
        "upro.yaml:+0:11",
        "currency: 'EUR' is not right",
        "write USD",
        SEES,
    ),
    Hostile(
        "a list of currencies",
        "upro.yaml",
        "currency: USD",
        "currency: [USD]",
        "upro.yaml:+0:11",
        "currency: a list is no plain value",
        "write USD",
        SEES,
    ),
    Hostile(
        "no currency after the key",
        "upro.yaml",
        "currency: USD",
        "currency:",
        "upro.yaml:+0:10",
        "currency: the value is missing",
        "write USD",
        SEES,
    ),
    Hostile(
        "a day that does not exist",
        "sources.yaml",
        "read_on: 2026-11-22",
        "read_on: 2026-02-30",
        "sources.yaml:+0:14",
        "sources.billing-guide.read_on: '2026-02-30' is not right",
        A_DAY,
    ),
    Hostile(
        "a day written as in Europe",
        "sources.yaml",
        "read_on: 2026-11-22",
        "read_on: 22.11.2026",
        "sources.yaml:+0:14",
        "sources.billing-guide.read_on: '22.11.2026' is not right",
        A_DAY,
        SEES,
    ),
    Hostile(
        "a day without its hyphens",
        "sources.yaml",
        "read_on: 2026-11-22",
        "read_on: 20261122",
        "sources.yaml:+0:14",
        "sources.billing-guide.read_on: '20261122' is not right",
        A_DAY,
        SEES,
    ),
    Hostile(
        "no day",
        "sources.yaml",
        "read_on: 2026-11-22",
        "read_on:",
        "sources.yaml:+0:13",
        "sources.billing-guide.read_on: the value is missing",
        A_DAY,
        SEES,
    ),
    Hostile(
        "a card that starts tomorrow",
        "upro.yaml",
        "currency: USD\n",
        "currency: USD\neffective_from: tomorrow\n",
        "upro.yaml:+1:17",
        "effective_from: 'tomorrow' is not right",
        A_DAY,
        SEES,
    ),
    Hostile(
        "a plan without a name",
        "upro.yaml",
        "plan: uPro",
        'plan: ""',
        "upro.yaml:+0:7",
        "plan: the value is missing",
        "write a text",
        SEES,
    ),
    Hostile(
        "a name of blanks",
        "upro.yaml",
        "plan: uPro",
        'plan: "  "',
        "upro.yaml:+0:7",
        "plan: '  ' is not right",
        "write a text",
        SEES,
    ),
    Hostile(
        "a text over the limit",
        "upro.yaml",
        '"Local phone numbers - 10 numbers x $5 = $50."',
        f'"{"x" * 2001}"',
        "upro.yaml:+0:63",
        f"prices.local_number.wording: '{'x' * 40}...' is not right",
        "write at most 2,000 characters",
        SEES,
    ),
    Hostile(
        "a text on two lines",
        "sources.yaml",
        "title: Managing your credits",
        "title: |-\n      Managing\n      your credits",
        "sources.yaml:+0:12",
        r"sources.credits.title: 'Managing\nyour credits' is not right",
        ONE_LINE,
        SEES,
    ),
    Hostile(
        "a text that would write on the terminal",
        "sources.yaml",
        "title: Managing your credits",
        r'title: "\e[2JManaging your credits"',
        "sources.yaml:+0:12",
        r"sources.credits.title: '\x1b[2JManaging your credits' is not right",
        ONE_LINE,
        SEES,
    ),
    Hostile(
        "a blank that is no plain one",
        "sources.yaml",
        "title: Managing your credits",
        "title: Managing\u00a0your credits",
        "sources.yaml:+0:12",
        r"sources.credits.title: 'Managing\xa0your credits' is not right",
        ONE_LINE,
        SEES,
    ),
    Hostile(
        "an unknown category",
        "charges.yaml",
        "category: subscription",
        "category: subscriptions",
        "charges.yaml:+0:15",
        "charges.license.category: 'subscriptions' is not right",
        "write subscription or usage",
        SEES,
    ),
    Hostile(
        "yes for true",
        "charges.yaml",
        "per_term: true",
        "per_term: yes",
        "charges.yaml:+0:15",
        "charges.license.per_term: 'yes' is not right",
        "write true or false",
        SEES,
    ),
    Hostile(
        "an unknown country",
        "carriers.yaml",
        "country: CA",
        "country: Canada",
        "carriers.yaml:+0:35",
        "carriers.rogers.country: 'Canada' is not right",
        "write US or CA",
        SEES,
    ),
    Hostile(
        "a carrier's fee with a sign",
        "carriers.yaml",
        "sms: 0.0084",
        "sms: -0.0084",
        "carriers.yaml:+0:44",
        "carriers.rogers.sms: '-0.0084' is not right",
        DIGITS,
        SEES,
    ),
]

COVERAGE = [
    Hostile(
        "included, though the rule charges for it",
        "upro.yaml",
        "automated_minutes: unpublished",
        "automated_minutes: included",
        "upro.yaml:+0:22",
        "prices.automated_minutes: no coverage rule includes it",
        "write a price or unpublished",
    ),
    Hostile(
        "included, though no rule concerns it",
        "upro.yaml",
        "toll_free_number: unpublished",
        "toll_free_number: included",
        "upro.yaml:+0:21",
        "prices.toll_free_number: no coverage rule includes it",
        "write a price or unpublished",
    ),
    Hostile(
        "a license included",
        "upro.yaml",
        "quarterly: unpublished",
        "quarterly: included",
        "upro.yaml:+0:16",
        "prices.license.quarterly: no coverage rule includes it",
        "write a price or unpublished",
        SEES,
    ),
    Hostile(
        "unpublished, though the rule includes it",
        "upro.yaml",
        "agent_sms: included",
        "agent_sms: unpublished",
        "upro.yaml:+0:14",
        "prices.agent_sms: the coverage rule 'pledge' includes it",
        "write included",
    ),
    Hostile(
        "priced, though the rule includes it",
        "upro.yaml",
        "agent_sms: included",
        "agent_sms: {price: 0.01, source: billing-guide, wording: A text.}",
        "upro.yaml:+0:14",
        "prices.agent_sms: the coverage rule 'pledge' includes it",
        "write included",
    ),
    Hostile(
        "misspelt, though the rule includes it",
        "upro.yaml",
        "agent_sms: included",
        "agent_sms: inclooded",
        "upro.yaml:+0:14",
        "prices.agent_sms: the coverage rule 'pledge' includes it",
        "write included",
        SEES,
    ),
    Hostile(
        "no rule fires for automation",
        "charges.yaml",
        "initiator: [automation]",
        "initiator: []",
        "charges.yaml:-9:3",
        "coverage: no rules fire for automation x inbound x local",
        ONE_RULE,
    ),
    Hostile(
        "no rule fires for agents",
        "charges.yaml",
        "initiator: [consumer, agent]\n",
        "initiator: [consumer]\n",
        "charges.yaml:-1:3",
        "coverage: no rules fire for agent x inbound x local",
        ONE_RULE,
    ),
    Hostile(
        "two rules fire for agents",
        "charges.yaml",
        "initiator: [automation]",
        "initiator: [automation, agent]",
        "charges.yaml:-9:3",
        "coverage: 2 rules fire for agent x inbound x local (pledge, automation)",
        ONE_RULE,
    ),
    Hostile(
        "a rule for an unknown initiator",
        "charges.yaml",
        "initiator: [automation]",
        "initiator: [automaton]",
        "charges.yaml:+0:17",
        "coverage.automation.initiator: 'automaton' is not right",
        "write consumer or agent or automation",
        SEES,
    ),
    Hostile(
        "a rule with a word for a list",
        "charges.yaml",
        "initiator: [automation]",
        "initiator: automation",
        "charges.yaml:+0:16",
        "coverage.automation.initiator: 'automation' is no list",
        "write [consumer, agent, automation]",
        SEES,
    ),
    Hostile(
        "traffic on an unknown line",
        "charges.yaml",
        "line: toll_free}",
        "line: tollfree}",
        "charges.yaml:+0:67",
        "charges.toll_free_minutes.traffic.line: 'tollfree' is not right",
        "write local or toll_free",
        SEES,
    ),
    Hostile(
        "traffic that two rules decide about",
        "charges.yaml",
        "initiator: agent, direction: outbound, line: local}",
        "initiator: any, direction: outbound, line: local}",
        "charges.yaml:+0:14",
        "charges.agent_minutes.traffic: falls under several rules (pledge, automation)",
        "split the charge",
    ),
]

BETWEEN_FILES = [
    Hostile(
        "a charge that a2p.yaml prices for all plans",
        "upro.yaml",
        "agent_sms: included\n",
        "agent_sms: included\n  late_appeal: unpublished\n",
        "upro.yaml:+1:3",
        "prices.late_appeal: is priced in a2p.yaml, for all plans",
        "keep one of the two",
    ),
    Hostile(
        "two cards of a plan that both hold always",
        "ipro.yaml",
        "plan: iPro",
        "plan: uPro",
        "upro.yaml:6:1",
        "effective_from: uPro has another card without effective_from, in ",
        "give it another day",
    ),
    Hostile(
        "two plans that only capitals tell apart",
        "ipro.yaml",
        "plan: iPro",
        "plan: UPRO",
        "upro.yaml:6:1",
        "plan: 'uPro' is 'UPRO' in ",
        "spell it the same, or rename it",
    ),
]

HOSTILE = [
    *NOT_PLAIN_YAML,
    *NO_CARD_AT_ALL,
    *KEYS,
    *WHAT_IS_MISSING,
    *PRICES,
    *VALUES,
    *COVERAGE,
    *BETWEEN_FILES,
]


def content_of(card: Hostile) -> bytes:
    """Return the bytes of the file that `card` describes."""
    new = card.new if isinstance(card.new, bytes) else card.new.encode()
    if not card.old:
        return new
    shipped = Path(shipped_rates(), card.file).read_bytes()
    assert card.old.encode() in shipped, "the shipped card has changed: so must this row"
    return shipped.replace(card.old.encode(), new, 1)


def location_of(card: Hostile) -> str:
    """Return where the fault stands, in the file as it is shipped today."""
    file, line, column = card.at.split(":")
    if line[0] in "+-":
        before = (Path(shipped_rates()) / file).read_text("utf-8").partition(card.old)[0]
        line = str(before.count("\n") + 1 + int(line))
    return f"{file}:{line}:{column}"


@pytest.mark.parametrize("card", HOSTILE, ids=lambda card: plain_name(card.what))
def test_a_hostile_card_is_refused_at_its_place_in_words_that_help(
    card: Hostile, rates: Path
) -> None:
    (rates / card.file).write_bytes(content_of(card))

    problems = faults_in(rates)

    assert [str(problem.place) for problem in problems] == [
        os.path.join("rates", location_of(card))
    ]
    said = str(problems[0]).removeprefix(f"{problems[0].place}: ")
    whole = f"{card.message}; {card.hint}"
    assert said.startswith(card.message)
    assert said.endswith(f"; {card.hint}")
    assert said == whole or card.message.endswith(" ")
    assert str(problems[0]).isprintable()
    assert len(str(problems[0])) < 1000


def test_open_brackets_are_rejected_with_file_and_line(rates: Path) -> None:
    (rates / "upro.yaml").write_text("[" * 20_000, "utf-8")

    [problem] = faults_in(rates)

    assert problem.place[:2] == (os.path.join("rates", "upro.yaml"), 1)


def test_an_alias_bomb_is_not_expanded(rates: Path) -> None:
    levels = [f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 10)]
    bomb = "\n".join(["plan: uPro", "b0: &b0 [x, x, x]", *levels, ""])
    (rates / "upro.yaml").write_text(bomb, "utf-8")

    problems = {(problem.place[1:], problem.message) for problem in faults_in(rates)}

    assert {
        ((2, 5), "the anchor &b0"),
        ((3, 5), "the anchor &b1"),
        ((3, 10), "the alias *b0"),
        ((11, 10), "the alias *b8"),
    } <= problems


@pytest.mark.parametrize("name", ["charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml"])
@pytest.mark.parametrize("content", [None, "", "- a\n", "a: [", "{}\n"])
def test_a_shared_file_that_gives_nothing_is_the_only_one_blamed(
    name: str, content: str | None, rates: Path
) -> None:
    if content is None:
        (rates / name).unlink()
    else:
        (rates / name).write_text(content, "utf-8")

    files = {problem.place.file for problem in faults_in(rates)}

    assert files == {os.path.join("rates", name)}


def test_a_missing_file_is_named(rates: Path) -> None:
    (rates / "sources.yaml").unlink()

    (problem,) = faults_in(rates)

    assert str(problem.place) == os.path.join("rates", "sources.yaml:1:1")
    assert problem.message.startswith("cannot be read")
    assert problem.hint == "check the path and its permissions"


def test_a_folder_without_a_plan_is_refused(rates: Path) -> None:
    for name in ("ipro.yaml", "upro.yaml", "xpro.yaml"):
        (rates / name).unlink()

    place = Location(os.path.join("rates", "*.yaml"), 1, 1)
    assert faults_in(rates) == [
        Problem(place, "", "no plan's card is here", "add one, such as upro.yaml")
    ]


def test_a_fault_of_a_file_as_a_whole_has_no_keys(rates: Path) -> None:
    (rates / "upro.yaml").write_text("- a\n", "utf-8")

    place = Location(os.path.join("rates", "upro.yaml"), 1, 1)
    assert faults_in(rates) == [Problem(place, "", "a list is no mapping", "write `key: value`")]


@pytest.mark.parametrize("start", ["2026-01-01", "2027-12-31"])
def test_two_cards_of_a_plan_that_start_on_one_day_are_refused(start: str, rates: Path) -> None:
    changed(rates / "upro.yaml", "currency: USD", f"currency: USD\neffective_from: {start}")
    shutil.copy(rates / "upro.yaml", rates / "upro-new.yaml")

    (problem,) = faults_in(rates)

    assert str(problem.place) == os.path.join("rates", "upro.yaml:6:1")
    assert problem.message.startswith(f"uPro has another card from {start}, in ")
    assert problem.message.endswith("upro-new.yaml")


def test_all_faults_of_all_files_are_reported_at_once_in_order_of_place(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 70.00", "price: -70.00")
    changed(rates / "upro.yaml", "currency: USD\n", "currency: EUR\ncurrency: USD\n")
    changed(rates / "upro.yaml", "agent_sms: included", "agent_sms: &a included")
    changed(rates / "carriers.yaml", "country: CA", "country: MX")
    changed(
        rates / "sources.yaml",
        "understanding-aloware-billing\n    read_on: 2026-11-22",
        "understanding-aloware-billing\n    read_on: lately",
    )
    changed(rates / "charges.yaml", "initiator: [automation]", "initiator: []")
    changed(rates / "a2p.yaml", "price: 44.00", "price: 44.000000001")
    (rates / "xpro.yaml").write_text("plan: @uPro", "utf-8")

    assert places_in(rates) == [
        "rates/a2p.yaml:10:40",
        "rates/carriers.yaml:12:35",
        "rates/charges.yaml:200:3",
        "rates/sources.yaml:11:14",
        "rates/upro.yaml:7:11",
        "rates/upro.yaml:8:1",
        "rates/upro.yaml:12:22",
        "rates/upro.yaml:28:14",
        "rates/xpro.yaml:1:7",
    ]


def test_a_remedy_does_not_end_open_where_nothing_is_known(rates: Path) -> None:
    (rates / "sources.yaml").write_text("sources: {}\n")

    assert {problem.hint for problem in faults_in(rates)} == {"known here: none"}


def test_a_remedy_lists_no_key_that_would_write_on_the_terminal(rates: Path) -> None:
    changed(
        rates / "sources.yaml",
        "sources:\n",
        'sources:\n  "\\e[31m": {title: t, read_on: 2026-11-22}\n',
    )
    changed(rates / "carriers.yaml", "mms: 0.005, source: carrier-fees", "mms: 0.005, source: zzz")

    (problem,) = faults_in(rates)

    assert problem.hint.startswith(r"known here: '\x1b[31m', billing-guide, ")


def test_a_report_shows_the_first_fifty_and_counts_the_rest(rates: Path) -> None:
    prices = "".join(f"  charge_{n}: included\n" for n in range(60))
    changed(rates / "upro.yaml", "\nprices:\n", f"\nprices:\n{prices}")

    with pytest.raises(FaultyFiles) as raised:
        load_rates([str(rates)], None)

    report = raised.value.report().splitlines()
    assert report[0].startswith(
        os.path.join("rates", "upro.yaml:10:3: prices.charge_0: no charge ")
    )
    assert report[-2:] == ["... and 10 more", "Error: 60 problems in the files read"]
    assert len(report) == 52
