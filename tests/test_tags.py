"""Tags by hand, by rule and by keyword; the messages about tags.yml; and the vocabulary that comes with sitegen."""

import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import identity, tags
from sitegen.catalogue.entries import entry_of
from sitegen.intake import page_text, reader_for
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reader
from sitegen.model import Archive, Paper, Record, Tag
from sitegen.tags import categories
from sitegen.tags.giving import given_by_rules
from tests.conftest import ROOT, shared
from tests.effort import at_once


def vocabulary(folder: Path, text: str) -> tags.Vocabulary:
    (folder / "tags.yml").write_text(text, encoding="utf-8")
    found, problems = tags.load(folder)
    assert not problems
    return found


def one_tag(folder: Path, pattern: str, more: str = "") -> tags.Vocabulary:
    return vocabulary(folder, f'x:\n  name: Tag X\n  patterns: ["{pattern}"]\n{more}')


def slugs(paper: Paper, words: tags.Vocabulary) -> list[str]:
    return [tag.slug for tag in tags.tags_of(paper, words)]


# (pattern, what it finds in titles, what it does not)
PATTERNS = {
    "case does not matter": (
        "diffusion",
        ["Diffusion for all", "a DIFFUSION"],
        ["diffusions", "indiffusion", "dif-fusion"],
    ),
    "capitals ask for capitals": ("GAN", ["A GAN", "GAN-based"], ["gan", "Gan", "GANs", "BEGAN"]),
    "mixed capitals": ("LoRA", ["LoRA tuning", "QA-LoRA"], ["lora", "LORA"]),
    "any ending": ("quantiz*", ["quantized", "Quantization", "quantiz"], ["quantise", "requantize"]),
    "any ending, with capitals": ("LLM*", ["LLM", "LLMs"], ["llms", "MLLM"]),
    "hyphen, space or none": (
        "pre-training",
        ["Pre-training", "pre training", "pretraining", "pre\ntraining"],
        ["pre- training", "pre, training"],
    ),
    "a space is the same": ("pre training", ["Pre-training", "pre training", "pretraining"], ["pre.training"]),
    "other hyphens": ("image-text", ["image‐text", "image‑text", "image–text"], ["image—text"]),
    "an ending inside": ("adapt* layer", ["adapter layer", "adaptive-layer"], ["adapter of a layer"]),
    "any word": (
        "mixture of * experts",
        ["Mixture of Sparse Experts", "mixture-of-experts"],
        ["mixture of two sparse experts"],
    ),
    "many words": (
        "one of the many very long pattern*",
        ["One of-the many very long patterns", "oneofthe manyvery longpattern"],
        ["of the many very long patterns", "one of the many, very long patterns"],
    ),
    "signs are signs": ("c++", ["C++ code", "in c++"], ["c", "ccc"]),
    "a beginning that recurs": ("co-co-nut", ["coco co-co-nut", "cococonut co co nut"], ["cococonut"]),
    "other scripts": ("扩散*", ["扩散模型", "论文 扩散"], ["模型扩散"]),
    "other capitals": ("istanbul", ["Istanbul", "İstanbul", "İİ istanbul"], ["İİistanbul"]),
}


@pytest.mark.parametrize(
    ("pattern", "title", "fits"),
    [
        pytest.param(pattern, title, fits, id=f"{name}: {title!r}")
        for name, (pattern, yes, no) in PATTERNS.items()
        for fits, titles in ((True, yes), (False, no))
        for title in titles
    ],
)
def test_patterns(tmp_path: Path, pattern: str, title: str, fits: bool) -> None:
    assert slugs(Paper("1", title), one_tag(tmp_path, pattern)) == (["x"] if fits else [])


def test_a_long_pattern_has_few_spellings(tmp_path: Path) -> None:
    words = one_tag(tmp_path, "one pattern of as many as ten different long words")
    assert len(words.rules["x"].patterns) == 1
    assert slugs(Paper("1", "One pattern of as many-as ten different longwords"), words) == ["x"]


def test_a_long_pattern_is_searched_for_once_in_a_text(tmp_path: Path) -> None:
    words = one_tag(tmp_path, "lists in the order of all their members")
    with at_once(100):
        assert slugs(Paper("1", "T", abstract="lists " * 60_000), words) == []


def test_the_title_needs_one_place_and_tells_it_as_written(tmp_path: Path) -> None:
    words = one_tag(tmp_path, "diffusion model*")
    assert tags.tags_of(Paper("1", "İ: Diffusion Models"), words) == (
        Tag("x", "Tag X", "rule", "title: Diffusion Models"),
    )


def test_the_abstract_needs_two_places(tmp_path: Path) -> None:
    words = one_tag(tmp_path, "noise")
    assert slugs(Paper("1", "T", abstract="Noise."), words) == []
    (tag,) = tags.tags_of(Paper("1", "T", abstract="Noise and noise."), words)
    assert tag.reason == "abstract: noise"


def test_title_and_abstract_do_not_add_up(tmp_path: Path) -> None:
    words = one_tag(tmp_path, "noise", "  abstract: 3\n")
    assert slugs(Paper("1", "T", abstract="Noise, noise."), words) == []
    assert slugs(Paper("1", "Noise"), words) == ["x"]


@pytest.mark.parametrize(("times", "enough"), [(3, False), (4, True)])
def test_the_rule_says_how_many_places(tmp_path: Path, times: int, enough: bool) -> None:
    words = one_tag(tmp_path, "noise", "  abstract: 4\n")
    assert slugs(Paper("1", "T", abstract="noise " * times), words) == (["x"] if enough else [])


def test_patterns_of_a_tag_count_together_but_each_place_once(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, "x: {patterns: [image diffusion, diffusion model*, noise]}")
    assert slugs(Paper("1", "T", abstract="An image diffusion model."), words) == []
    (tag,) = tags.tags_of(Paper("1", "T", abstract="Noise in an image diffusion model."), words)
    assert tag.reason == "abstract: noise, image diffusion"


def test_patterns_see_text_without_markup(tmp_path: Path) -> None:
    assert slugs(Paper("1", r"A \textit{diffusion} model"), one_tag(tmp_path, "diffusion model")) == ["x"]


VOCABULARY = """
code: {name: Code, patterns: [code], keywords: [cs.SE, programs]}
video: {patterns: [video], keywords: [cs.MM]}
sound: {keywords: [cs.SD, CS.mm]}
"""


def test_hand_comes_first_and_wins(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, VOCABULARY)
    paper = Paper("1", "Code and video", hand_tags=("Video", "My own"), keywords=("cs.SE",))
    assert tags.tags_of(paper, words) == (
        Tag("video", "Video", "hand"),
        Tag("my-own", "My own", "hand"),
        Tag("code", "Code", "rule", "title: Code"),
    )


@pytest.mark.parametrize("minus", ["-code", "-Code", "- Code"])
def test_minus_by_hand_takes_a_tag_away_however_it_was_given(tmp_path: Path, minus: str) -> None:
    words = vocabulary(tmp_path, VOCABULARY)
    paper = Paper("1", "Code and video", hand_tags=("code", minus), keywords=("cs.SE", "programs"))
    assert slugs(paper, words) == ["video"]


def test_minus_by_hand_takes_away_a_keyword_that_no_rule_knows(tmp_path: Path) -> None:
    assert slugs(
        Paper("1", "T", hand_tags=("-cs.XX",), keywords=("cs.XX", "new")), vocabulary(tmp_path, VOCABULARY)
    ) == ["new"]


def test_keywords_lead_to_tags_or_become_tags(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, VOCABULARY)
    assert tags.tags_of(Paper("1", "T", keywords=("Programs", "cs.MM", "cs.XX", "CODE")), words) == (
        Tag("code", "Code", "digest", "Programs"),
        Tag("video", "Video", "digest", "cs.MM"),
        Tag("sound", "Sound", "digest", "cs.MM"),
        Tag("cs.xx", "cs.XX", "digest", "cs.XX"),
    )


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("video codes", ["video"]),
        ("code for video", ["code", "video"]),
        ("cs.SE; cs.SD", ["code", "sound"]),
        ("cs.SE; cs.XY", ["code"]),
        ("cs.XY; cs.XZ", ["cs-xy-cs-xz"]),
        ("encoded", ["encoded"]),
        ("programs", ["code"]),
        ("data of programs", ["data-of-programs"]),
        ("noise data", ["noise-data"]),
    ],
)
def test_a_keyword_leads_to_tags_whose_patterns_stand_in_it(tmp_path: Path, keyword: str, expected: list[str]) -> None:
    words = vocabulary(tmp_path, VOCABULARY + "noise: {patterns: [noise], abstract: 99}")
    assert slugs(Paper("1", "T", keywords=(keyword,)), words) == expected


def test_a_rule_says_where_its_words_stand(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, "\n" + VOCABULARY)
    paper = Paper("1", "Video", abstract="A code, then another code.", keywords=("cs.SD",))
    found = [(given.rule.slug, given.rule.line, given.where, given.places) for given in given_by_rules(paper, words)]
    assert found == [("code", 3, "abstract", [(2, 6), (21, 25)]), ("video", 4, "title", [(0, 5)])]


def test_without_tags_yml_keywords_and_hand_tags_remain(tmp_path: Path) -> None:
    words, problems = tags.load(tmp_path)
    assert (words, problems) == (tags.Vocabulary(), [])
    assert slugs(Paper("1", "T", hand_tags=("Mine",), keywords=("cs.CV",)), words) == ["mine", "cs.cv"]


def test_the_archive_knows_names_and_descriptions(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, "code: {name: Code, description: Programs., patterns: [code]}")
    papers = (
        Paper("1", "T", keywords=("GNNs",)),
        Paper("2", "Code", keywords=("gnns",)),
        Paper("3", "T", keywords=("gnns",)),
    )
    assert tags.names(entry_of(paper, words, b"") for paper in papers) == {"code": "Code", "gnns": "gnns"}
    assert tags.descriptions(words) == {"code": "Programs."}


def with_tags(papers: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Archive:
    made = tuple(Paper(paper_id, "T", keywords=keywords, hand_tags=hand) for paper_id, keywords, hand in papers)
    return Archive(tuple(entry_of(paper, tags.Vocabulary(), b"") for paper in made), ())


@pytest.mark.parametrize(
    ("threshold", "slugs_with_pages"),
    [(1, ["b", "a", "hand", "c"]), (2, ["b", "a", "hand"]), (3, ["b", "hand"]), (4, ["hand"])],
)
def test_tags_with_pages(threshold: int, slugs_with_pages: list[str]) -> None:
    archive = with_tags(
        [("1", ("a", "b"), ()), ("2", ("a", "b"), ()), ("3", ("b", "c"), ("hand",)), ("4", ("hand",), ())]
    )
    assert tags.with_pages(archive, threshold) == slugs_with_pages


YAML_HINT = "mend the line; a pattern with `:` or `#` needs quotes"
RULE_HINT = "see the comment at the top of tags.yml"
TEXT_HINT = "put it in double quotes"
LIST_HINT = 'write it as `[one, two words, "quoted: text"]`'
NUMBER_HINT = "say how often a pattern must stand in the abstract"
BROKEN = {
    "not YAML": (
        "ok: {}\nx: a: b\n",
        "tags.yml:2: error: not valid YAML: mapping values are not allowed in this context",
        YAML_HINT,
    ),
    "a control character": (
        "a: \x07\n",
        "tags.yml: error: not valid YAML: unacceptable character #x0007: control characters are not allowed",
        YAML_HINT,
    ),
    "no day of the calendar": (
        "a: {name: 2025-02-30}\n",
        "tags.yml: error: not valid YAML: day is out of range for month",
        YAML_HINT,
    ),
    "a list": (
        "- a\n",
        "tags.yml:1: error: no tags here",
        "write `tag-name:` and its name, description and patterns below it",
    ),
    "not an address": (
        "ok: {}\nDeep Learning: {}\n",
        'tags.yml:2: error: Deep Learning: "Deep Learning" cannot be part of an address',
        "write it as deep-learning",
    ),
    "a text for a rule": (
        "ok: {}\n\nx: pattern\n",
        'tags.yml:3: error: x: expected name, description and patterns, got "pattern"',
        RULE_HINT,
    ),
    "nothing for a rule": (
        "x:\n",
        "tags.yml:1: error: x: expected name, description and patterns, got None",
        RULE_HINT,
    ),
    "an unknown entry": (
        "x: {pattern: [a]}\n",
        'tags.yml:1: error: x: unknown entry "pattern"',
        "known entries are: name, description, patterns, keywords, abstract",
    ),
    "a number for a name": ("x: {name: 5}\n", "tags.yml:1: error: x.name: expected a text, got 5", TEXT_HINT),
    "a list for a description": (
        "x: {description: [a]}\n",
        "tags.yml:1: error: x.description: expected a text, got ['a']",
        TEXT_HINT,
    ),
    "a text for patterns": (
        "x: {patterns: a}\n",
        'tags.yml:1: error: x.patterns: expected a list of texts, got "a"',
        LIST_HINT,
    ),
    "a pattern without letters": (
        'x: {patterns: ["*"]}\n',
        "tags.yml:1: error: x.patterns: expected a list of texts, got ['*']",
        LIST_HINT,
    ),
    "a blank pattern": (
        'x: {patterns: ["\\t"]}\n',
        "tags.yml:1: error: x.patterns: expected a list of texts, got ['\\t']",
        LIST_HINT,
    ),
    "a number in keywords": (
        "x: {keywords: [5]}\n",
        "tags.yml:1: error: x.keywords: expected a list of texts, got [5]",
        LIST_HINT,
    ),
    "no place at all": (
        "x: {abstract: 0}\n",
        "tags.yml:1: error: x.abstract: expected a number from 1 up, got 0",
        NUMBER_HINT,
    ),
    "a word for a number": (
        "x: {abstract: two}\n",
        'tags.yml:1: error: x.abstract: expected a number from 1 up, got "two"',
        NUMBER_HINT,
    ),
    "yes for a number": (
        "x: {abstract: yes}\n",
        "tags.yml:1: error: x.abstract: expected a number from 1 up, got True",
        NUMBER_HINT,
    ),
}


@pytest.mark.parametrize(("text", "message", "hint"), BROKEN.values(), ids=BROKEN.keys())
def test_messages(tmp_path: Path, text: str, message: str, hint: str) -> None:
    (tmp_path / "tags.yml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in tags.load(tmp_path)[1]] == [f"{message}\n    {hint}"]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "tags.yml").write_bytes(b"x: {}\ny: {name: caf\xe9}\n")
    words, problems = tags.load(tmp_path)
    assert not words.rules
    assert [str(problem) for problem in problems] == [
        "tags.yml:2: error: byte 0xe9 is not UTF-8\n    save the page as UTF-8"
    ]


def test_all_faults_at_once_and_good_rules_go_on(tmp_path: Path) -> None:
    (tmp_path / "tags.yml").write_text("a: {name: 1, patterns: 2, abstract: 0}\nb: {patterns: [b]}\nc: 3\n")
    words, problems = tags.load(tmp_path)
    assert [(problem.line, problem.field) for problem in problems] == [
        (1, "a.name"),
        (1, "a.patterns"),
        (1, "a.abstract"),
        (3, "c"),
    ]
    assert list(words.rules) == ["b"]


WORDS = st.sampled_from(["code", "Video", "noise", "video-code", "a", "of"])
KEYWORDS = st.sampled_from(["GNN", "gnn", "Gnn", "cs.SE", "cs.MM", "Code", "other"])
PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.uuids().map(str),
        title=st.lists(WORDS, max_size=3).map(" ".join),
        abstract=st.lists(WORDS, max_size=6).map(" ".join),
        keywords=st.lists(KEYWORDS, max_size=3).map(tuple),
        hand_tags=st.lists(st.sampled_from(["-code", "GNN", "Sound"]), max_size=2).map(tuple),
    ),
    max_size=6,
    unique_by=lambda paper: paper.id,
)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), papers=PAPERS)
def test_order_of_papers_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, papers: list[Paper]
) -> None:
    words = vocabulary(tmp_path_factory.getbasetemp(), VOCABULARY)
    first = [entry_of(paper, words, b"") for paper in papers]
    second = data.draw(st.permutations(first))
    assert list(tags.names(first).items()) == list(tags.names(second).items())
    assert tags.with_pages(Archive(tuple(first), ()), 2) == tags.with_pages(Archive(tuple(second), ()), 2)


# The vocabulary that comes with sitegen.


@pytest.fixture(scope="module")
def ours() -> tags.Vocabulary:
    words, problems = tags.load(ROOT / "content")
    assert not problems
    return words


def test_our_tags_have_their_name_as_address(ours: tags.Vocabulary) -> None:
    assert {rule.slug: identity.tag_slug(rule.name) for rule in ours.rules.values()} == {
        slug: slug for slug in ours.rules
    }


def test_our_tags_are_described_and_can_be_given(ours: tags.Vocabulary) -> None:
    for rule in ours.rules.values():
        assert rule.description.endswith("."), rule.slug
        assert rule.patterns or rule.keywords, rule.slug


def papers_of(raw: RawDigest, reader: Reader) -> list[Paper]:
    return [_paper(record) for record in reader.read(raw).records]


def _paper(record: Record) -> Paper:
    keywords = record.fields.get("keywords", ())
    return Paper(record.id, record.title, abstract=str(record.fields.get("abstract", "")), keywords=tuple(keywords))


def read(name: str, data: bytes) -> list[Paper]:
    raw = RawDigest(name, data)
    reader = reader_for(raw)
    assert isinstance(reader, Reader)
    return papers_of(raw, reader)


def uses(papers: list[Paper], words: tags.Vocabulary) -> Counter[str]:
    return Counter(slug for paper in papers for slug in slugs(paper, words))


def test_every_paper_of_the_sample_has_a_tag(ours: tags.Vocabulary) -> None:
    papers = [
        paper
        for file in sorted((ROOT / "sitegen" / "sample").iterdir())
        for paper in read(file.name, file.read_bytes())
    ]
    assert [paper.title for paper in papers if not slugs(paper, ours)] == []
    assert max(uses(papers, ours).values()) <= 0.4 * len(papers)


def test_the_trending_page_gets_many_tags_and_none_too_often(ours: tags.Vocabulary) -> None:
    raw = RawDigest("trending-page.txt", shared("trending-page.txt").read_bytes())
    papers = papers_of(raw, Reader(page_text.recognises, page_text.read))
    counts = uses(papers, ours)
    assert len(papers) == 79
    assert sum(count >= 3 for count in counts.values()) >= 12
    assert max(counts.values()) <= 0.4 * len(papers)


def test_no_tag_is_on_too_many_papers_of_a_corpus(ours: tags.Vocabulary) -> None:
    papers = read("papers-1k.jsonl", gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes()))
    assert len(papers) == 1000
    assert max(uses(papers, ours).values()) <= 400


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Computer Science - Computation and Language", "cs.CL"),
        ("computer science – machine learning", "cs.LG"),
        ("Statistics - Machine Learning", "stat.ML"),
        ("Condensed Matter - Materials Science", "cond-mat.mtrl-sci"),
        ("Physics - Optics", "physics.optics"),
        ("High Energy Physics - Theory", "hep-th"),
        ("Quantum Physics", "quant-ph"),
    ],
)
def test_a_category_and_its_name_give_the_same_tags(tmp_path: Path, name: str, code: str) -> None:
    house, _ = tags.load(ROOT / "content")
    for words in (house, vocabulary(tmp_path, "x:\n  name: X\n  patterns: [nothing]\n")):
        by_code, by_name = (tags.tags_of(Paper("a", "T", keywords=(keyword,)), words) for keyword in (code, name))
        assert [(tag.slug, tag.name) for tag in by_name] == [(tag.slug, tag.name) for tag in by_code]
        assert [tag.reason for tag in by_name] == [name] * len(by_name)


def test_a_keyword_that_is_no_whole_name_of_a_category_is_itself(tmp_path: Path) -> None:
    words = vocabulary(tmp_path, "x:\n  name: X\n  keywords: [cs.RO]\n")
    assert slugs(Paper("a", "T", keywords=("Robotics", "Computer Science - Toys")), words) == [
        "robotics",
        "computer-science-toys",
    ]


def test_the_house_knows_all_categories_of_arxiv_that_say_something() -> None:
    house, _ = tags.load(ROOT / "content")
    codes = {code.lower() for code in categories.CODES.values()}
    assert len(codes) == 155
    assert codes - house.by_keyword.keys() == {"cs.gl", "cs.oh"}
