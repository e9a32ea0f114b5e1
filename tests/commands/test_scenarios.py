"""Scenario files: every key is a flag, flags win, and each error names where a value came from."""

import json
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.files.cards import load_rates

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
    path = Path("acme.yaml")
    path.write_text(ACME)
    return path


# 3 x 70.00 + 10 x 5.00 + 10,000 x 0.015 = 410.00
AS_YAML = ACME.encode()
AS_JSON = b'{"plan": "UPRO", "agents": 3, "numbers": "10", "sms": "10,000"}'


@pytest.mark.parametrize("content", [AS_YAML, AS_JSON, b"\xef\xbb\xbf" + AS_YAML])
def test_a_scenario_is_yaml_or_json_from_a_file_or_a_pipe(
    run: Run, acme: Path, content: bytes
) -> None:
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
        ("rates: card.yaml", "--rates card.yaml"),
        ("rates: [card.yaml, card.yaml]", "--rates card.yaml --rates card.yaml"),
    ],
)
def test_each_key_asks_for_what_its_flag_asks_for(
    run: Run, acme: Path, keys: str, flags: str
) -> None:
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
        ("sms: 10k\nrates: card.yaml", "", "120.00"),
        ("sms: 10k\nrates: card.yaml", "--rates other.yaml", "130.00"),
    ],
)
def test_flags_win_key_by_key_and_charge_by_charge(
    run: Run, acme: Path, keys: str, flags: str, monthly: str
) -> None:
    Path("card.yaml").write_text(CARD)
    Path("other.yaml").write_text(CARD.replace("price: 0.012", "price: 0.013"))
    Path("promo.txt").write_text("Hello")
    acme.write_text(f"plan: uPro\n{keys}\n")
    result = run(f"quote {flags} --from acme.yaml --total monthly")
    assert (result.stdout, result.stderr) == (f"{monthly}\n", "")


def test_a_mix_of_carriers_is_replaced_as_a_whole(run: Run, acme: Path) -> None:
    acme.write_text(ACME + "carrier: {att: 40%, us-cellular: 60%}\n")
    line = "quote --from acme.yaml --carrier us-cellular=100% --format json"
    # 10,000 x 0.005
    assert json.loads(run(line).stdout)["carrier_fees"]["low"]["monthly"] == "50.00"


def test_a_file_beats_the_environment_and_flags_beat_both(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, price in (("file", "0.011"), ("environment", "0.012"), ("flag", "0.013")):
        Path(f"{name}.yaml").write_text(CARD.replace("price: 0.012", f"price: {price}"))
    monkeypatch.setenv("ALOWARE_RATES", "environment.yaml")
    acme.write_text("plan: uPro\nsms: 10k\n")
    line = "quote --from acme.yaml --total monthly"
    assert run(line).stdout == "120.00\n"
    acme.write_text("plan: uPro\nsms: 10k\nrates: file.yaml\n")
    assert run(line).stdout == "110.00\n"
    assert run(f"{line} --rates flag.yaml").stdout == "130.00\n"


def test_paths_in_a_scenario_begin_at_its_folder(run: Run, acme: Path) -> None:
    folder = Path("prospects")
    folder.mkdir()
    (folder / "card.yaml").write_text(CARD)
    (folder / "promo.txt").write_text("Hello")
    acme.rename(folder / "acme.yaml")
    text = "plan: uPro\nmessage: promo.txt\nrecipients: 10k\nrates: card.yaml\n"
    (folder / "acme.yaml").write_text(text)
    assert run("quote --from prospects/acme.yaml --total monthly").stdout == "120.00\n"
    # From a pipe, they begin at the working folder.
    result = run("quote --from - --total monthly", text.encode())
    assert (result.exit_code, result.stdout) == (3, "")
    assert "promo.txt: cannot be read" in result.stderr


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("compare --from acme.yaml", "Aloware iPro, uPro, xPro"),
        ("compare --from acme.yaml --plans upro,xpro --allow-unpriced", "Aloware uPro, xPro"),
        ("explain --from acme.yaml sms", "10,000 segments x 0.015 = 150.00 a month"),
        ("explain xpro agents --from acme.yaml", "3 agents x 90.00 = 270.00 a month"),
        ("breakeven ipro xpro --from few.yaml --vary numbers", "iPro is cheaper below 150"),
        ("sweep --from acme.yaml --vary minutes=0:1:1 --rate minutes=1", "Aloware uPro"),
        ("sweep xpro --from acme.yaml --vary minutes=0:1:1 --rate sms=1", "Aloware xPro"),
        ("rates diff shipped shipped --from acme.yaml", "The quote on uPro"),
        ("prorate --from acme.yaml --add-agents 2 --on 2026-03-18", "2 x 31.61"),
        ("prorate xpro --from acme.yaml --add-agents 2 --on 2026-03-18", "Aloware xPro"),
    ],
)
def test_every_command_that_prices_takes_a_scenario(run: Run, line: str, said: str) -> None:
    Path("few.yaml").write_text("agents: 6\n")  # 6 x (90.00 - 40.00) / (6.00 - 4.00) = 150
    result = run(line)
    assert said in result.stdout, result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize("keys", ["numbers: 5", "add: {numbers: 5}", "add: {local-number: 5}"])
def test_what_is_varied_takes_the_place_of_what_the_file_gives(
    run: Run, acme: Path, keys: str
) -> None:
    acme.write_text(f"plan: uPro\nagents: 3\n{keys}\n")
    line = "sweep --from acme.yaml --vary numbers=0:1:1 --format csv"
    assert [row.split(",")[-1] for row in run(line).stdout.split()] == ["uPro", "210.00", "215.00"]
    refused = run(f"{line} --numbers 0")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--vary moves the quantity of local_number" in refused.stderr


FAULTS = [
    ("", "acme.yaml:1:1: the file is empty"),
    ("plan: [", "acme.yaml:2:1: not YAML: "),
    ("- plan", "acme.yaml:1:1: a list is no mapping"),
    ("plan: uPro\nagnets: 3", "acme.yaml:2:1: agnets: unknown key; did you mean agents?"),
    ("plan: uPro\nagents: 3\nagents: 4", "acme.yaml:3:1: 'agents' stands twice, first on line 2"),
    ("plan: gold\nagents: 3", "acme.yaml:1:7: plan: no plan 'gold'; plans: iPro, uPro, xPro"),
    ("plan: upr\nagents: 3", "acme.yaml:1:7: plan: no plan 'upr'; did you mean uPro?"),
    ("plan: uPro", "acme.yaml:1:1: nothing to price; give a quantity such as agents: 3"),
    ("plan: uPro\nagents: 0", "acme.yaml:1:1: nothing to price"),
    ("plan: uPro\nagents: [3]", "acme.yaml:2:9: agents: a list is no plain value"),
    ("plan: uPro\nagents: {a: 3}", "acme.yaml:2:9: agents: a mapping is no plain value"),
    ("plan: uPro\nagents:", "acme.yaml:2:8: agents: the value is missing"),
    ("plan: uPro\nagents: 1.5", "acme.yaml:2:9: agents: '1.5' is not right"),
    ("plan: uPro\nagents: -3", "a quantity is never negative"),
    ("plan: uPro\nagents: 3\nterm: yearly", "acme.yaml:3:7: term: 'yearly' is not right"),
    ("plan: uPro\nbrand: gold", "acme.yaml:2:8: brand: 'gold' is not right"),
    ("plan: uPro\nstart: soon", "acme.yaml:2:8: start: 'soon' is not right"),
    ("plan: uPro\nas_of: 2026-02-30", "a day that exists"),
    ("plan: uPro\ncarrier_fees: yes", "carrier_fees: 'yes' is not right; write true or false"),
    ("plan: uPro\ncredits: -1", "acme.yaml:2:10: credits: '-1' is not right"),
    ("plan: uPro\nadd: 3", "acme.yaml:2:6: add: '3' is no mapping"),
    ("plan: uPro\nrate: {license: 1e3}", "acme.yaml:2:17: rate.license: '1e3' is not right"),
    ("plan: uPro\nrate: {license: 1, agents: 2}", "acme.yaml:2:20: rate.agents: license is given"),
    ("plan: uPro\nrate: {licence: 1}", "2:8: rate.licence: no charge 'licence'; did you mean lic"),
    ("plan: uPro\nrate: {upr:license: 1}", "2:8: rate.upr:license: no plan 'upr'; did you mean u"),
    ("plan: uPro\nrate: {agent_sms: 1}", "2:8: rate.agent_sms: agent_sms is included by the rule"),
    ("plan: uPro\nadd: {licence: 1}", "2:7: add.licence: no charge 'licence'; did you mean lic"),
    ("plan: uPro\nsms: 1\nadd: {sms: 1}", "3:7: add.automated_sms: the quantity of automated_sms"),
    ("plan: uPro\ndiscount: {all: 101%}", "2:17: discount.all: '101%' is not right"),
    (
        "plan: uPro\ndiscount: {late_appeal: 5%}",
        "2:12: discount.late_appeal: late_appeal is passed",
    ),
    ("plan: uPro\ncarrier: {att: 99%}", "2:10: carrier: the shares add up to 99%, not to 100%"),
    ("plan: uPro\ncarrier: {tmobile: 100%}", "2:11: carrier.tmobile: no carrier 'tmobile'; did y"),
    ("plan: uPro\nmessage: a.txt", "2:10: message: message and recipients go together; give rec"),
    ("plan: uPro\nrecipients: 1", "2:13: recipients: message and recipients go together; give mes"),
    (
        "plan: uPro\nsms: 1\nmessage: a.txt\nrecipients: 1",
        "acme.yaml:3:10: message: sms and message count the same texts; keep one of them",
    ),
    ("plan: uPro\nrates: {a: b}", "acme.yaml:2:8: rates: a mapping is no list"),
    ("plan: uPro\nrates: [[a]]", "acme.yaml:2:9: rates: a list is no plain value"),
    ("plan: uPro\nagents: 3\nrates: nowhere", "nowhere:1:1: cannot be read"),
    ("plan: uPro\nmessage: nowhere\nrecipients: 3", "nowhere: cannot be read"),
    (b"plan: uPro\n# \xe9\n", "acme.yaml:2:3: not UTF-8 text"),
]


@pytest.mark.parametrize(("content", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_in_a_scenario_has_its_place(
    run: Run, acme: Path, content: str | bytes, said: str
) -> None:
    acme.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("quote --from acme.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr


def test_all_faults_are_said_at_once(run: Run, acme: Path) -> None:
    acme.write_text("plan: uPro\nagents: x\nterm: y\nrate: {license: z}\nagnets: 3\n")
    lines = run("quote --from acme.yaml").stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [
        "acme.yaml:2:9", "acme.yaml:3:7", "acme.yaml:4:17", "acme.yaml:5:1",
    ]  # fmt: skip
    acme.write_text("plan: uPro\nadd: {x: 1}\nrate: {y: 2}\ndiscount: {z: 3}\n")
    lines = run("quote --from acme.yaml").stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [
        "acme.yaml:2:7", "acme.yaml:3:8", "acme.yaml:4:12",
    ]  # fmt: skip


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "exit_code", "said"),
    [
        ("quote --from nowhere.yaml", 3, "nowhere.yaml:1:1: cannot be read"),
        ("quote --from .", 3, ".:1:1: cannot be read"),
        ("quote --from acme.yaml --from acme.yaml", 2, "--from is given twice"),
        ("quote --from acme.yaml --format scenario --total monthly", 2, "--total prints one"),
        ("quote upr --from acme.yaml", 2, "Did you mean uPro?"),
        ("quote --from nobody.yaml", 2, "which plan? Name it first"),
        ("sweep --from nobody.yaml --vary sms=0:1:1", 2, "which plan?"),
        ("explain --from nobody.yaml sms", 2, "Missing argument 'CHARGE'"),
        ("rates diff shipped shipped --from nobody.yaml", 2, "which plan?"),
        ("quote --from acme.yaml --add foo=1", 2, "--add foo=1: no charge 'foo'"),
        ("quote --from acme.yaml --rate upr:license=1", 2, "--rate upr:license=1: no plan 'upr'"),
        ("quote --from acme.yaml --agents 0 --numbers 0 --sms 0", 2, "nothing to price"),
        ("quote --from acme.yaml --recipients 5", 2, "--message and --recipients go together"),
        ("quote --from - --message - --recipients 5", 2, "both read standard input"),
        ("quote --from -", 3, "standard input:1:1: the file is empty"),
        ("quote --from many.yaml", 3, "many.yaml:3:13: recipients: 2 segments for 1,000,000,000"),
        ("quote --from many.yaml --recipients 999999999", 2, "2 segments for 999,999,999"),
    ],
)
def test_an_error_says_whether_the_flag_or_the_file_is_wrong(
    run: Run, line: str, exit_code: int, said: str
) -> None:
    Path("nobody.yaml").write_text("agents: 3\n")
    Path("many.yaml").write_text("plan: uPro\nmessage: two.txt\nrecipients: 1000000000\n")
    Path("two.txt").write_text("a" * 161)
    Path("promo.txt").write_text("Hello")
    result = run(line, b"")
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in " ".join(result.stderr.split())


def test_explain_says_where_each_value_came_from(run: Run, acme: Path) -> None:
    acme.write_text(ACME + "rate: {sms: 0.02}\ncarrier_fees: true\n")
    line = "quote --from acme.yaml --sms 1k --explain"
    said = " ".join(run(line).stdout.split())
    assert said.endswith(
        "- Asked for: plan: uPro, from acme.yaml:2; agents: 3, from acme.yaml:3; numbers: 10, "
        "from acme.yaml:4; sms: 1,000, from --sms; rate.automated_sms: 0.02, from acme.yaml:6; "
        "carrier_fees: yes, from acme.yaml:7."
    )
    assert "Supplied in acme.yaml: line 6: rate.automated_sms: 0.02" in said
    assert "plan: xPro, from PLAN" in " ".join(run(f"{line} xpro").stdout.split())
    assert "Asked for" in run("compare --from acme.yaml --explain").stdout
    assert "Asked for" not in run("quote upro -a 3 --explain").stdout
    assert "Asked for" not in run("quote --from acme.yaml").stdout


@pytest.mark.usefixtures("acme")
def test_a_quote_is_written_as_a_scenario(run: Run) -> None:
    Path("promo.txt").write_text("Hello")
    Path("card.yaml").write_text(CARD)
    Path("out").mkdir()
    flags = (
        "UPRO -n 10,000 --message promo.txt --recipients 1k --rate upro:agents=60 --add vetting=1"
        " --discount all=0.5 --min-agents 5 --start 2026-12-23 --carrier att=40 --credits 100"
        " --carrier verizon=60% --rates card.yaml --as-of 2026-12-31 --allow-unpriced"
    ).replace("vetting", "late-appeal")
    text = """\
plan: uPro
numbers: 10000
sms: 1000
add:
  late_appeal: 1
rate:
  upro:license: 60.00
min_agents: 5
discount:
  all: "0.5%"
rates: ["card.yaml"]
as_of: 2026-12-31
start: 2026-12-23
carrier:
  att: "40%"
  verizon: "60%"
credits: 100.00
allow_unpriced: true
"""
    assert run(f"quote {flags} --format scenario").stdout == text
    assert run(f"quote {flags} --output out/acme.yml").exit_code == 0
    assert Path("out/acme.yml").read_text() == text.replace("card.yaml", "../card.yaml")
    again = run("quote --from out/acme.yml --format json").stdout
    assert without_words(again) == without_words(run(f"quote {flags} --format json").stdout)


def test_a_quote_of_a_file_is_recorded_with_every_key(run: Run, acme: Path) -> None:
    Path("card.yaml").write_text(CARD)
    keys = "carrier_fees: true\ncredits: 100\nstart: 2026-12-23\nbrand: standard\n"
    # What chooses the cards is no part of an example: verify has flags of its own for it.
    acme.write_text(f"{ACME}{keys}rates: card.yaml\nas_of: 2026-12-31\nallow_unpriced: true\n")
    quote = "quote --from acme.yaml xpro --rate sms=0.02 --campaigns 2"
    assert run(f"verify --record Again -- {quote}").stdout == "again.yaml\n"
    text = Path("again.yaml").read_text()
    assert (
        "scenario:\n  plan: xPro\n  agents: 3\n  numbers: 10\n  sms: 10000\n  rate:\n"
        "    automated_sms: 0.02\n  brand: standard\n  campaigns: 2\n  start: 2026-12-23\n"
        "  carrier_fees: true\n  credits: 100.00\n"
    ) in text
    assert run("verify again.yaml").exit_code == 0


def test_what_nobody_gave_goes_by_its_key() -> None:
    catalog = load_rates([], None)
    scenario = Scenario(plan="uPro", add={"licence": 1})
    with pytest.raises(RequestError, match=r"^add\.licence: no charge 'licence'$"):
        build_nonempty_order(scenario, catalog.cards["uPro"], catalog)
