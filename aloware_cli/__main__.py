"""`aloware` and `python -m aloware_cli`."""

import gc

from aloware_cli.signals import end_on_signals

# A run is short: collecting garbage during the run and at exit would take a sixth of its time.
gc.disable()


def main() -> None:
    """Run `aloware`; leave memory to the operating system at exit."""
    end_on_signals()
    try:
        # A signal during the imports, which take most of the time, ends the run too.
        from aloware_cli.deferred import defer_modules, patterns_deferred

        defer_modules()
        with patterns_deferred():
            from aloware_cli.cli.app import run

        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
