"""`python -m tui` is `nightdesk`."""

from tui.cli.main import main

if __name__ == "__main__":
    main()
