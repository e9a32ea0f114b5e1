"""`--from`: scenario files, their precedence and their errors."""

import json
import shutil
from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run

ACME = """\
# What Acme asks for.
plan: uPro
agents: 3
numbers: 10
sms: 10k
"""
CARD = """\
plan: uPro
sources: {offer: {title: Offer to Acme, read_on: 2026-11-20}}
prices:
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of Acme's scenario, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    shutil.copytree(CARDS, "cards")
    path = Path("acme.yaml")
    path.write_text(ACME)
    return path


# 3 x 70.00 + 10 x 5.00 + 10,000 x 0.015 = 410.00
AS_YAML = ACME.encode()
AS_JSON = b'{"plan": "UPRO", "agents": 3, "numbers": "10", "sms": "10,000"}'


@pytest.mark.parametrize("content", [AS_YAML, AS_JSON, b"\xef\xbb\xbf" + AS_YAML])
def test_scenario_is_yaml_or_json_from_file_or_stdin(run: Run, acme: Path, content: bytes) -> None:
    acme.write_bytes(content)
    assert run("quote --from acme.yaml --total monthly").stdout == "410.00\n"
    assert run("quote --from - --total monthly", content).stdout == "410.00\n"


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
    Path("promo.txt").write_text("Hello")
    Path("card.yaml").write_text(CARD)
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
    Path("card.yaml").write_text(CARD)
    Path("other.yaml").write_text(CARD.replace("0.012", "0.013"))
    Path("promo.txt").write_text("Hello")
    acme.write_text(f"plan: uPro\n{keys}\n")
    result = run(f"quote {flags} --from acme.yaml --total monthly")
    assert (result.stdout, result.stderr) == (f"{monthly}\n", "")


def test_carrier_mix_is_replaced_as_a_whole(run: Run, acme: Path) -> None:
    acme.write_text(ACME + "carrier: {att: 40%, us-cellular: 60%}\n")
    line = "quote --from acme.yaml --carrier us-cellular=100% --format json"
    # 10,000 x 0.005
    assert json.loads(run(line).stdout)["carrier_fees"]["low"]["monthly"] == "50.00"


def test_precedence_is_option_file_environment(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, price in (("file", "0.011"), ("environment", "0.012"), ("flag", "0.013")):
        Path(f"{name}.yaml").write_text(CARD.replace("0.012", price))
    monkeypatch.setenv("ALOWARE_RATES", "cards:environment.yaml")
    acme.write_text("plan: uPro\nsms: 10k\n")
    line = "quote --from acme.yaml --total monthly"
    assert run(line).stdout == "120.00\n"
    acme.write_text("plan: uPro\nsms: 10k\nrates: [cards, file.yaml]\n")
    assert run(line).stdout == "110.00\n"
    assert run(f"{line} --rates flag.yaml").stdout == "130.00\n"


def test_paths_are_relative_to_scenario_folder(run: Run, acme: Path) -> None:
    folder = Path("prospects")
    folder.mkdir()
    (folder / "card.yaml").write_text(CARD)
    (folder / "promo.txt").write_text("Hello")
    acme.rename(folder / "acme.yaml")
    Path("cards").rename(folder / "cards")
    text = "plan: uPro\nmessage: promo.txt\nrecipients: 10k\nrates: [cards, card.yaml]\n"
    (folder / "acme.yaml").write_text(text)
    assert run("quote --from prospects/acme.yaml --total monthly").stdout == "120.00\n"
    # From a pipe, they begin at the working folder.
    result = run("quote --from - --total monthly", text.encode())
    assert (result.exit_code, result.stdout) == (3, "")
    assert "cannot read promo.txt: " in result.stderr


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("compare --from acme.yaml", "iPro       uPro        xPro"),
        ("compare --from acme.yaml --plans upro,xpro --allow-unpriced", "uPro        xPro"),
        ("explain --from acme.yaml sms", "10,000 x 0.015 = $150.00 a month"),
        ("explain xpro agents --from acme.yaml", "3 x 90.00 = $270.00 a month"),
        ("breakeven ipro xpro --from few.yaml --vary numbers", "iPro is cheaper below 150"),
        ("sweep --from acme.yaml --vary minutes=0:1:1 --rate minutes=1", "uPro, monthly term"),
        ("sweep xpro --from acme.yaml --vary minutes=0:1:1 --rate sms=1", "xPro, monthly term"),
        ("rates diff bundled bundled --from acme.yaml", "Quote on uPro"),
        ("prorate --from acme.yaml --add-agents 2 --on 2026-03-18", "2 × 31.61"),
        ("prorate xpro --from acme.yaml --add-agents 2 --on 2026-03-18", "xPro, monthly term"),
    ],
)
def test_every_pricing_command_reads_scenario(run: Run, line: str, said: str) -> None:
    Path("few.yaml").write_text("agents: 6\n")  # 6 x (90.00 - 40.00) / (6.00 - 4.00) = 150
    result = run(line)
    assert said in result.stdout, result.stderr
    assert result.exit_code == 0


def test_explain_lists_origin_of_each_input(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALOWARE_RATES", "cards")
    acme.write_text(ACME + "rate: {sms: 0.02}\ncarrier_fees: true\n")
    line = "quote --from acme.yaml --sms 1k --explain"
    said = " ".join(run(line).stdout.split())
    assert said.endswith(
        "- Inputs: plan: uPro, from acme.yaml:2; agents: 3, from acme.yaml:3; numbers: 10, "
        "from acme.yaml:4; sms: 1,000, from --sms 1k; rate.automated_sms: 0.02, from acme.yaml:6; "
        "carrier_fees: yes, from acme.yaml:7; rates: cards, from ALOWARE_RATES."
    )
    assert "Supplied in acme.yaml: line 6: rate.automated_sms: 0.02" in said
    assert "plan: xPro, from PLAN" in " ".join(run(f"{line} xpro").stdout.split())
    assert "Inputs: " in run("compare --from acme.yaml --explain").stdout
    assert "Inputs: " not in run("quote upro -a 3 --explain").stdout
    assert "Inputs: " not in run("quote --from acme.yaml").stdout


@pytest.mark.usefixtures("acme")
def test_quote_is_saved_as_scenario(run: Run) -> None:
    Path("promo.txt").write_text("Hello")
    Path("card.yaml").write_text(CARD)
    flags = (
        "UPRO -n 10,000 --message promo.txt --recipients 1k --rate upro:agents=60 --add vetting=1"
        " --discount all=0.5 --min-agents 5 --start 2026-12-23 --carrier att=40 --credits 100"
        " --carrier verizon=60% --rates=cards --rates=card.yaml --as-of 2026-12-31 --allow-unpriced"
    ).replace("vetting", "late-appeal")
    text = """\
plan: uPro
numbers: 10000
sms: 1000
add:
  late_appeal: 1
discount:
  all: "0.5%"
rate:
  upro:license: 60.00
min_agents: 5
start: 2026-12-23
carrier:
  att: "40%"
  verizon: "60%"
credits: 100.00
allow_unpriced: true
rates: ["cards", "card.yaml"]
as_of: 2026-12-31
"""
    assert run(f"quote {flags} --format scenario").stdout == text
    assert run(f"quote {flags} --output saved.yml").exit_code == 0
    assert Path("saved.yml").read_text() == text
    again = run("quote --from saved.yml --format json").stdout
    assert without_words(again) == without_words(run(f"quote {flags} --format json").stdout)


@pytest.mark.usefixtures("acme")
def test_scenario_names_no_rate_card_outside_its_folder(run: Run) -> None:
    Path("out").mkdir()
    result = run("quote upro -a 1 --rates=cards --output out/saved.yml")
    assert (result.exit_code, [*Path("out").iterdir()]) == (2, [])
    assert result.stderr == (
        "error: --rates cards is outside the folder of the scenario  [E-PATH]\n"
        "hint: save the scenario in a folder above it, or give --rates only with --from\n"
    )


def test_record_keeps_every_key_of_scenario(run: Run, acme: Path) -> None:
    Path("card.yaml").write_text(CARD)
    keys = "carrier_fees: true\ncredits: 100\nstart: 2026-12-23\nbrand: standard\n"
    # What chooses the cards is no part of an example: verify has flags of its own for it.
    acme.write_text(
        f"{ACME}{keys}rates: [cards, card.yaml]\nas_of: 2026-12-31\nallow_unpriced: true\n"
    )
    quote = "quote --from acme.yaml xpro --rate sms=0.02 --campaigns 2"
    assert run(f"verify --record Again -- {quote}").stdout == "again.yaml\n"
    text = Path("again.yaml").read_text()
    assert (
        "scenario:\n  plan: xPro\n  agents: 3\n  numbers: 10\n  sms: 10000\n  rate:\n"
        "    automated_sms: 0.02\n  start: 2026-12-23\n  brand: standard\n  campaigns: 2\n"
        "  carrier_fees: true\n  credits: 100.00\n"
    ) in text
    assert run("verify again.yaml").exit_code == 0
