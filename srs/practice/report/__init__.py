"""The report: one page to read on a phone or to print on the eve of the interview."""
