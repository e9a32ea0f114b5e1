"""`--from`: keys equal options, and options override keys; `sessions/scenarios.txt` shows files."""

import json
import shutil
from pathlib import Path

import pytest
from card_files import CARDS, OVERLAY
from conftest import Run


@pytest.fixture
def acme(folder: Path) -> Path:
    """Return the path of a scenario, in the working folder, beside rate cards and a message."""
    shutil.copytree(CARDS, folder / "cards")
    for name, price in (("card", "0.012"), ("other", "0.013"), ("environment", "0.011")):
        Path(f"{name}.yaml").write_text(OVERLAY.replace("0.012", price))
    Path("promo.txt").write_text("Hello")
    return Path("acme.yaml")


@pytest.mark.parametrize(
    ("keys", "flags"),
    [
        ("agents: 3", "--agents 3"),
        ("minutes: 1k\nrate: {minutes: 0.02}", "--minutes 1k --rate minutes=0.02"),
        ("rate: {license: 60, uPro:agents: 50}", "--rate license=60 --rate upro:license=50"),
        ("add: {number-lookup: 500}", "--add number_lookup=500"),
        ("discount: {license: 10%, all: 5}", "--discount license=10% --discount all=5%"),
        ("term: annual\nrate: {license: 63}", "--term annual --rate license=63"),
        ("min_agents: 5", "--min-agents 5"),
        ("brand: standard\ncampaigns: 2", "--brand standard --campaigns 2"),
        ("low_volume_campaigns: 1", "--low-volume-campaigns 1"),
        ("start: 2026-12-23", "--start 2026-12-23"),
        ("carrier_fees: true", "--carrier-fees"),
        ("carrier_fees: false", ""),
        ("carrier: {ATT: 40%, us-cellular: 60}", "--carrier att=40% --carrier us-cellular=60%"),
        ("credits: 100", "--credits 100"),
        ("as_of: 2026-12-31", "--as-of 2026-12-31"),
        ("toll_free_sms: 9\nallow_unpriced: true", "--toll-free-sms 9 --allow-unpriced"),
        ("message: promo.txt\nrecipients: 100", "--message promo.txt --recipients 100"),
        ("rates: [cards, card.yaml]", "--rates card.yaml"),
        ("rates: [cards, card.yaml, card.yaml]", "--rates card.yaml --rates card.yaml"),
    ],
)
def test_each_key_equals_its_option(run: Run, acme: Path, keys: str, flags: str) -> None:
    agents = "" if "agents: 3" in keys else "agents: 3\n"
    acme.write_text(f"plan: uPro\n{agents}{keys}\n")
    by_file = run("quote --from acme.yaml --format json")
    by_flags = run(
        f"quote upro {'' if '--agents' in flags else '--agents 3'} {flags} --format json"
    )
    assert (by_file.stderr, by_file.exit_code) == ("", 0)
    assert without_words(by_file.stdout) == without_words(by_flags.stdout)


def without_words(text: str) -> object:
    """Return a quote without who supplied its prices: a file and a flag are named apart."""
    document = json.loads(text)
    for line in document["lines"] + document["one_time"]:
        if line["status"] == "supplied":
            del line["source"]
    for rate in document["inputs"]["rates"].values():
        del rate["source"]
    del document["sha256"]
    return document


@pytest.mark.parametrize(
    ("keys", "flags", "monthly"),
    [
        ("agents: 3", "--agents 5", "350.00"),
        ("agents: 3", "--agents 0 -n 1", "5.00"),
        ("agents: 3", "xpro", "270.00"),
        ("agents: 3", "--numbers 1", "215.00"),
        ("agents: 3\nrate: {license: 60}", "--rate numbers=1 -n 1", "181.00"),
        ("agents: 3\nrate: {license: 60}", "--rate agents=50", "150.00"),
        ("agents: 3\nrate: {upro:license: 60}", "--rate license=50", "150.00"),
        ("agents: 3\nadd: {local_number: 1}", "--numbers 2", "220.00"),
        ("agents: 3\nnumbers: 1", "--add local_number=2", "220.00"),
        ("add: {campaign_maintenance: 1}", "--campaigns 3", "30.00"),
        ("agents: 3\nnumbers: 1\ndiscount: {all: 50%}", "--discount agents=0%", "212.50"),
        ("agents: 3\ndiscount: {agents: 10%}", "--discount license=50%", "105.00"),
        ("agents: 3\nterm: annual", "--term monthly", "210.00"),
        # a message of 1 segment to 100 recipients, 100 texts at 0.015
        ("agents: 3\nsms: 10k", "--message promo.txt --recipients 100", "211.50"),
        ("agents: 3\nadd: {sms: 10k}", "--message promo.txt --recipients 100", "211.50"),
        ("agents: 3\nmessage: no.txt\nrecipients: 9", "--sms 100", "211.50"),
        ("agents: 3\nmessage: no.txt\nrecipients: 9", "--add sms=100", "211.50"),
        ("agents: 3\nmessage: no.txt\nrecipients: 100", "--message promo.txt", "211.50"),
        ("sms: 10k\nrates: [cards, card.yaml]", "", "120.00"),
        ("sms: 10k\nrates: [cards, card.yaml]", "--rates other.yaml", "130.00"),
    ],
)
def test_options_override_keys_and_charges(
    run: Run, acme: Path, keys: str, flags: str, monthly: str
) -> None:
    acme.write_text(f"plan: uPro\n{keys}\n")
    result = run(f"quote {flags} --from acme.yaml --total monthly")
    assert (result.stdout, result.stderr) == (f"{monthly}\n", "")


def test_carrier_mix_is_replaced_as_a_whole(run: Run, acme: Path) -> None:
    acme.write_text("plan: uPro\nsms: 10k\ncarrier: {att: 40%, us-cellular: 60%}\n")
    line = "quote --from acme.yaml --carrier us-cellular=100% --format json"
    # 10,000 x 0.005
    assert json.loads(run(line).stdout)["carrier_fees"]["low"]["monthly"] == "50.00"


def test_rate_cards_of_option_override_scenario_and_environment(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALOWARE_RATES", "cards:environment.yaml")
    acme.write_text("plan: uPro\nsms: 10k\n")
    line = "quote --from acme.yaml --total monthly"
    assert run(line).stdout == "110.00\n"
    acme.write_text("plan: uPro\nsms: 10k\nrates: [cards, card.yaml]\n")
    assert run(line).stdout == "120.00\n"
    assert run(f"{line} --rates other.yaml").stdout == "130.00\n"
    monkeypatch.setenv("ALOWARE_RATES", "cards:environment.yaml:other.yaml")
    assert run("quote upro --sms 10k --total monthly").stdout == "130.00\n"
