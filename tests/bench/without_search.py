"""The command `sitegen` but for its search index, which has figures of its own."""

from sitegen import cli
from sitegen.search import site_search

if __name__ == "__main__":
    site_search.outputs = lambda *_arguments, **_options: []
    cli.main()
