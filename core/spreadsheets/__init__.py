"""Spreadsheets in: CSV, TSV and Excel files become rows of cases and volunteers, or a list of what is wrong."""
