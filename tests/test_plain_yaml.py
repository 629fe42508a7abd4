"""The quick reader of front matter gives what YAML gives, or declines."""

from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.store import front_matter
from sitegen.store.plain_yaml import plain_fields

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20) | st.sampled_from(
    [
        "no",
        "1e3",
        "a: b",
        "- x",
        "#",
        "\\",
        '"',
        "\x85",
        "\u2028",
        "\ufeff",
        "\ud83d\ude00",
        "\U0001f600",
        "'",
        "",
        "\t",
    ]
)
NAMES = st.sampled_from(["arxiv", "code", "kind", "reason", "date", "url"])
VALUES = TEXT | st.lists(TEXT, min_size=1, max_size=3).map(tuple) | st.dictionaries(NAMES, TEXT, min_size=1, max_size=3)
PIECES = ["", " ", "\n", '"', "\\", "\\x41", "\\ud83d", "\\/", "#", "- ", "  ", "id: ", "\t", "'", ":"]
FIELDS = st.dictionaries(st.sampled_from(["id", "title", "authors", "links", "notice", "tags"]), VALUES, min_size=1)


def _as_yaml(header: str) -> object:
    try:
        return yaml.load(header, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None


@settings(max_examples=400, deadline=None)
@given(FIELDS)
def test_what_we_write_is_read_as_yaml_reads_it(fields: Mapping[str, front_matter.Field]) -> None:
    header = front_matter.write(fields)
    found = plain_fields(header)
    assert found is None or found == _as_yaml(header)


@settings(max_examples=1500, deadline=None)
@given(st.data(), FIELDS)
def test_a_damaged_header_is_declined_or_read_as_yaml_reads_it(
    data: st.DataObject, fields: Mapping[str, front_matter.Field]
) -> None:
    header = front_matter.write(fields)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(header)))
        length = data.draw(st.integers(0, 4))
        piece = data.draw(st.sampled_from(PIECES))
        header = header[:at] + piece + header[at + length :]
    found = plain_fields(header)
    assert found is None or found == _as_yaml(header)


@pytest.mark.parametrize(
    "header",
    [
        'id: "a"\nid: "b"\n', 'id: "a"', "authors:\n", 'authors:\n  - "a"\n  kind: "b"\n', 'yes: "a"\n',
        'id: "a" # b\n',
        'id: "\\x41"\n', 'id: "a\tb"\n', '  - "a"\n', "", 'authors:\nid: "a"\n', 'id: "a"\n  - "b"\n',
        'links:\n  code: "a"\n  code: "b"\n', 'id: "\\ud83d\\ude00"\n',
    ],
)  # fmt: skip
def test_declined(header: str) -> None:
    assert plain_fields(header) is None


def test_read() -> None:
    header = 'id: "a\\"b\\\\c\\u00e9"\nauthors:\n  - "A"\n  - ""\nlinks:\n  code: "x"\ntitle: ""\n'
    read = {"id": 'a"b\\cé', "authors": ["A", ""], "links": {"code": "x"}, "title": ""}
    assert plain_fields(header) == read == _as_yaml(header)
