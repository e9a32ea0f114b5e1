"""`aloware explain` on the bundled cards; `sessions/explain.txt` shows it on the frozen ones."""

from conftest import Run

from aloware_cli.files.io import bundled_rates

BUNDLED = bundled_rates()


def explained(run: Run, line: str) -> str:
    """Return what `aloware explain` prints, with single blanks and no line ends."""
    result = run(f"explain {line}")
    assert (result.stderr, result.exit_code) == ("", 0)
    return " ".join(result.stdout.split())


def test_conflict_of_a_charge_is_shown_on_every_plan(run: Run) -> None:
    assert "Conflict" not in explained(run, "upro two_legged_minutes")
    assert "Conflict On xPro: " in explained(run, "upro agent_minutes")
    assert "Conflict On xPro: " in explained(run, "xpro agent_minutes")


def test_plan_is_explained_with_prices_and_terms(run: Run) -> None:
    text = explained(run, f"UPRO --rates {BUNDLED}")
    assert "Licenses, monthly term" in text
    assert "Licenses are not refunded within their term" in text
    assert "All Aloware licenses are non-refundable during their term" in text
    assert "On iPro and uPro: The Power Dialer is a feature of higher plans" in text
    assert "On iPro and uPro" not in explained(run, f"xpro --rates {BUNDLED}")


def test_vendor_page_with_another_price_is_shown_with_its_address(run: Run) -> None:
    text = explained(run, f"xpro automated_sms --rates {BUNDLED}")
    for fact in (
        "Local SMS messages cost $0.15 per segment, and MMS messages cost $0.40 each",
        "https://support.aloware.com/en/articles/9857643-using-aloware-s-sms-segment-calculator",
        "The only price that a public page of Aloware prints for it is $0.15 per segment",
        "Source Understanding Aloware billing, read 2026-11-22 (stored copy)",
    ):
        assert fact in text
    assert "No public page" not in text
    assert "No public page of Aloware gives its price." in explained(
        run, f"xpro toll_free_minutes --rates {BUNDLED}"
    )
