"""The GitHub action, the hooks and the workflows: valid files whose shell steps do their job."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in (ROOT / ".github" / "workflows").glob("*.yml")
}
OVERLAY = """\
plan: uPro
sources: {offer: {title: Offer, read_on: 2026-11-20}}
prices:
  automated_sms: {price: 0.012, source: offer, wording: $0.012}
  aloai_text_bot: {price: 99.00, source: offer, wording: $99.00}
"""
EXAMPLE = """\
example: Acme
sources: {offer: {title: Offer, read_on: 2026-11-20}}
source: offer
wording: $0.012
scenario: {plan: uPro, sms: 1000}
published:
  lines:
    automated_sms: {unit_price: 0.012, monthly: 12.00}
"""


class Job(NamedTuple):
    """What the steps of the action did."""

    exit_code: int
    stdout: str
    summary: str


def bash(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `script` as GitHub runs a step, with `aloware` of this environment."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": path, "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def run_action(**inputs: str) -> Job:
    """Run the steps of the action that call `aloware`, until one fails."""
    values = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    stdout = ""
    for step in ACTION["runs"]["steps"]:
        if "aloware " not in step.get("run", ""):
            continue
        variables = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: values[found[1]], text)
            for name, text in step["env"].items()
        }
        done = bash(step["run"], GITHUB_STEP_SUMMARY="summary.md", **variables)
        stdout += done.stdout
        if done.returncode:
            break
    return Job(done.returncode, stdout, Path("summary.md").read_text("utf-8"))


@pytest.fixture
def repository(folder: Path) -> Path:
    """Return the folder of a user's prices and examples, in the working folder."""
    (folder / "prices" / "examples").mkdir(parents=True)
    Path("prices", "acme.yaml").write_text(OVERLAY)
    Path("prices", "examples", "acme.yaml").write_text(EXAMPLE)
    return Path("prices")


def test_action_passes(repository: Path) -> None:
    job = run_action(rates=f"{repository}/acme.yaml", paths=f"{repository}/examples")
    assert job == Job(
        0,
        "::notice title=aloware rates check::No problems: "
        "26 charges on the rate cards of iPro, uPro, xPro\n"
        "::notice title=aloware verify::1 of 1 published examples reproduced\n",
        "### aloware rates check: passed\n\n"
        "No problems: 26 charges on the rate cards of iPro, uPro, xPro.\n"
        "### aloware verify: passed\n\n"
        "1 of 1 published examples reproduced.\n",
    )


@pytest.mark.usefixtures("repository")
def test_action_without_inputs_checks_the_bundled_prices() -> None:
    assert run_action().exit_code == 0


BROKEN: list[tuple[Callable[[str], str], dict[str, str], str]] = [
    (
        lambda text: text.replace("0.012", "0.013"), {},
        ("::error file=prices/acme.yaml,line=4,col=3,title=aloware verify::"
        "the price of automated_sms breaks 1 example  [E-EXAMPLE]"),
    ),
    (
        lambda text: text.replace("automated_sms", "automated_smss"), {},
        ("::error file=prices/acme.yaml,line=4,col=3,title=aloware rates check::"
        "prices.automated_smss: unknown charge"),
    ),
    (
        str, {"require_coverage": "true"},
        ("::error file=prices/acme.yaml,line=5,col=3,title=aloware verify::"
        "uPro: AloAi text bot: no worked example has the price 99.00  [E-NO-EXAMPLE]"),
    ),
    (
        str, {"max_age": "10d", "arguments": "--as-of 2026-12-01"},
        ("::error file=prices/acme.yaml,line=4,col=3,title=aloware verify::"
        "Offer, read 2026-11-20: 11 days old  [E-STALE]"),
    ),
    (str, {"paths": "prices/exampels"}, "verify::cannot read prices/exampels"),
    (str, {"rates": "prices/acne.yaml"}, "check::cannot read prices/acne.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "inputs", "annotation"), BROKEN)
def test_action_fails_with_annotation_and_summary(
    repository: Path, change: Callable[[str], str], inputs: dict[str, str], annotation: str
) -> None:
    (repository / "acme.yaml").write_text(change(OVERLAY))
    own = {"rates": f"{repository}/acme.yaml", "paths": f"{repository}/examples"}
    job = run_action(**{**own, **inputs})
    assert job.exit_code != 0
    assert annotation in job.stdout
    assert ": failed\n" in job.summary
    assert re.findall(r"E-[A-Z-]+", job.stdout) == re.findall(r"E-[A-Z-]+", job.summary)


def test_each_input_of_the_action_is_documented_and_used() -> None:
    steps = str(ACTION["runs"]["steps"])
    guide = (ROOT / "docs" / "ci.md").read_text("utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name} }}}}" in steps
        assert f"| `{name}` |" in guide


@pytest.mark.parametrize("hook", yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()))
def test_hooks_check_prices(repository: Path, hook: dict[str, Any]) -> None:
    arguments = {
        "aloware-rates-check": f"{repository}/acme.yaml",
        "aloware-verify": f"--rates {repository}/acme.yaml {repository}/examples",
    }[hook["id"]]
    assert bash(f"{hook['entry']} {arguments}").returncode == 0
    (repository / "acme.yaml").write_text(OVERLAY.replace("price: 0.012", "price: 0.013"))
    failed = bash(f"{hook['entry']} {arguments}")
    assert failed.returncode != 0
    assert "prices/acme.yaml:4:" in failed.stderr + failed.stdout


def test_workflows_run_the_pythons_of_the_classifiers() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    claimed = re.findall(r"Programming Language :: Python :: (3\.\d+)", text)
    matrix = WORKFLOWS["ci"]["jobs"]["run"]["strategy"]["matrix"]
    assert matrix["python"] == claimed


def step_of(job: str, name: str) -> str:
    """Return the script of a step of the release."""
    steps = WORKFLOWS["release"]["jobs"][job]["steps"]
    return next(str(step["run"]) for step in steps if step.get("name") == name)


@pytest.mark.parametrize(("tag", "exit_code"), [("v0.1.0", 0), ("v0.1.1", 1)])
def test_release_needs_the_tag_of_the_version(tag: str, exit_code: int) -> None:
    script = f"cd '{ROOT}'\n{step_of('build', 'The tag is the version')}"
    assert bash(script, GITHUB_REF_NAME=tag).returncode == exit_code


@pytest.mark.usefixtures("folder")
def test_release_notes_are_the_section_of_the_version() -> None:
    Path("CHANGELOG.md").write_text(
        "# Changelog\n\n## 10.1.0 (unreleased)\n\n- New\n\n"
        "## 0.1.0\n\n### Added\n\n- One\n\n## 0.0.9\n\n- Old\n"
    )
    script = step_of("notes", "Take the section of this version from the changelog")
    assert bash(script, GITHUB_REF_NAME="v0.1.0").returncode == 0
    assert Path("notes.md").read_text().strip() == "### Added\n\n- One"
    assert bash(script, GITHUB_REF_NAME="v0.3.0").returncode == 1


def test_constraints_lock_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=\[]", each)[0].lower() for each in needed}
    text = (ROOT / "constraints.txt").read_text("utf-8")
    locked = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    assert names <= {*locked}


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*-price.yml")))
def test_issues_about_prices_ask_for_page_and_wording(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    required = {each["id"] for each in form["body"] if each["validations"]["required"]}
    assert required >= {"charge", "page", "wording"}
