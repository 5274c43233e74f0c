"""``python -m web.cli`` is the ``amparo`` command where it is not installed."""

from web.cli import main

main()
