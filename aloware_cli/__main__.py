"""`aloware` and `python -m aloware_cli`."""

import gc

# A run is short: looking for garbage, on the way and once more at the end, would take
# a sixth of its time and find nothing worth having.
gc.disable()

from aloware_cli.cli import run  # noqa: E402  the imports make most of that garbage


def main() -> None:
    """Run `aloware` and leave what is in memory to the operating system."""
    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
