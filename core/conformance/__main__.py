"""The start of a check's process: ``python -m core.conformance``."""

from core.conformance.child import main

main()
