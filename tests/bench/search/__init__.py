"""How well and how cheaply a search finds known papers, beside Pagefind and MkDocs Material: `make bench-search`."""
