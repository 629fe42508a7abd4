"""How fast and how large, beside what a curator could use instead: `make bench`, or `python -m tests.bench`."""
