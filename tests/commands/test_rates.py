"""`aloware rates check`: every problem of every card."""

from pathlib import Path

from conftest import Run


def test_the_shipped_cards_have_no_problem(run: Run) -> None:
    result = run("rates check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("on the cards of iPro, uPro, xPro.\n")


def test_every_problem_is_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("plan: uPro\nprices: {license: {monthly: 70}}\n")
    (tmp_path / "b.yaml").write_text("plan: gold\nprices: {licence: included}\n")
    result = run(f"rates check {tmp_path / 'a.yaml'} {tmp_path / 'b.yaml'}")
    assert (result.exit_code, result.stdout) == (1, "")
    places = [
        line.split(": ")[0].removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()
    ]
    assert places[:3] == ["a.yaml:2:29", "b.yaml:1:7", "b.yaml:2:10"]
