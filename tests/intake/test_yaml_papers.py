"""Front-matter posts and newsletters in YAML against PyYAML's own loader and python-frontmatter."""

import frontmatter
import pytest
import yaml

from sitegen.intake import newsletter_yaml, post, yaml_values
from sitegen.intake.raw import RawDigest
from tests.conftest import SHARED, shared
from tests.intake.reads import read, squeezed, texts

POSTS = sorted((SHARED / "digests" / "front_matter_posts").glob("2*.md"))
NEWSLETTERS = sorted((SHARED / "digests" / "newsletter_yaml").glob("*.yaml"))


@pytest.mark.parametrize("file", POSTS, ids=lambda file: file.stem)
def test_every_post(file: object) -> None:
    path = shared(f"digests/front_matter_posts/{getattr(file, 'name', '')}")
    reading = read(path, "post")
    said = frontmatter.load(str(path)).metadata
    (record,) = reading.records
    assert record.id == f"pmlr-v{said['volume']}-{said['id']}"
    assert record.title == squeezed(str(said["title"]))
    assert squeezed(str(record.fields["abstract"])) == squeezed(str(said["abstract"]))
    authors = said["author"]
    assert isinstance(authors, list)
    assert texts(record, "authors") == [f"{each['given']} {each['family']}" for each in authors]
    assert record.fields["published"] == str(said["date"])
    assert record.fields["links.pdf"] == said["pdf"]
    assert record.fields.get("links.code") == said.get("software")
    assert reading.title == squeezed(str(said["container-title"]))


@pytest.mark.parametrize("file", NEWSLETTERS, ids=lambda file: file.stem[:20])
def test_every_newsletter(file: object) -> None:
    path = shared(f"digests/newsletter_yaml/{getattr(file, 'name', '')}")
    reading = read(path, "newsletter-yaml")
    said = yaml.safe_load(path.read_text())
    (record,) = reading.records
    assert (record.id, record.title) == (said["link"].rpartition("/")[2], said["title"])
    assert record.fields["abstract"] == squeezed(said["summary"])
    assert texts(record, "authors") == [said["author"]]
    assert texts(record, "keywords") == said["tags"]
    assert reading.date
    assert reading.date.day == said["date"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x", "an alias is not read"),
        ("a: " + "[" * 50, "more than 20 levels"),
        ("a: " + "x" * 200_000, "200003 characters are more than 200000"),
        ("- a", "a mapping is expected"),
        ("", "a mapping is expected"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(yaml_values.NotReadable, match=words):
        yaml_values.members(text)


def test_scalars_stay_text() -> None:
    found = {member.name: member.value for member in yaml_values.members("a: 2401.1002\nb: no\nc:\nd: 2025-03-14")}
    assert found == {"a": "2401.1002", "b": "no", "c": "", "d": "2025-03-14"}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A blog\ndate: 2025-03-14\nauthor: Ann\n---\nHello.",
        "title: T\nabstract: A\n",
        "Dear all,\ntitle: x\nabstract: y\nurl: z",
        "---\ntitle: T\nabstract: A\n",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    raw = RawDigest("a.md", text.encode())
    assert not post.recognises(raw)
    assert not newsletter_yaml.recognises(raw)


def test_several_documents() -> None:
    raw = RawDigest("a.yaml", b"---\ntitle: A\nsummary: a\nlink: x\n---\ntitle: B\nsummary: b\nlink: y\n")
    assert [record.title for record in newsletter_yaml.read(raw).records] == ["A", "B"]
