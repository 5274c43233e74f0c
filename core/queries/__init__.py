"""The read side: rows shaped for pages and exports."""
