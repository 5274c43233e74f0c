"""The start of a run's process: ``python -m core.matching_process``, an order on its input, replies on its output."""

from core.matching_process.child import main

main()
