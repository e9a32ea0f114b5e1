"""`python -m aloware_cli`."""

from aloware_cli.cli import main

if __name__ == "__main__":
    main()
