"""Repairs of real texts, which are not part of this project; without them these tests are skipped."""

import gzip
import json
import re
from collections import Counter

from sitegen.intake import page_text
from sitegen.intake.raw import RawDigest
from sitegen.text import clean, markup, repairs
from tests.conftest import shared
from tests.effort import at_once

# Case -> what its plain text must match, and the sure rules that mend it.
MESSY = {
    "latex_accent_title": ("fibrés", []),
    "latex_accent_del_character": ("^Schrödinger ", []),
    "latex_href_tilde": (r"^at https://\S+/vico/\.$", ["address twice"]),
    "unicode_macro_flattened_by_hf": (r"\(ICL\)–their", ["code point"]),
    "times_false_friend": ("Z⁴× Z/3$", ["times"]),
    "percent_escape": ("1% FAR$", []),
    "latex_paragraph_display_math": ("λ", []),
    "latex_bm_outside_math": (r"g_\(9/2\) shell$", []),
    "tex_quotes": ("“only” and “Not”$", []),
    "html_numeric_entity_title": (" – Signature", []),
    "html_named_entity_title": ("Hatter´s", []),
    "html_br_in_title": ("in the CPS Hierarchy$", []),
    "html_entity_in_abstract": ("6.2% ± 2.8%", []),
    "bra_ket_list": ("<<sets>>", []),
    "mojibake_double_utf8_title": ("Alzheimer’s", []),
    "mojibake_with_c1_controls": (" – what", []),
    "ligature_title": ("Classifier", ["ligature"]),
    "soft_hyphen_title": (" – SNIP$", ["soft hyphen"]),
    "zero_width_start": ("^Post-training$", ["zero width"]),
    "stars_as_power": (r"^\(MC\)\*\*3 -- a", []),
    "retracted_prefix": (r"^\[RETRACTED\] ", []),
    "yaml_quote_title": ("Else\\?'': ", []),
    "symbols_title": ("^P=NP$", []),
    "math_alphanumerics": (r"an α-β-γ strategy$", ["letter of mathematics"] * 3),
    "latex_comment_left_in": (r"^models usually produce$", []),
    "latex_commands_undefined": (r"\\pl m_\\iy", []),
    "latex_sqrt_newline_macro": (r"^2√\(L\\nX \\nA T log", []),
    "tex_quotes_nested": (r": “On the measurement .+, in reply to “On", []),
    "html_br_entities_latex_together": (r"^Les représentations génétiques d'objets .+ modèles pertinents", []),
    "html_link_in_abstract": (r"^this https URL\.$", []),
    "mdash_entity": ("^dimensions—efficiency, ", []),
    "nbsp_title": (" for Efficient Computer Vision Systems$", []),
    "line_separator_title": (" Scale-wise Perspective ", []),
    "paragraph_separator_abstract": ("^the sum of a finite$", []),
    "emoji_name": ("^introduce 🏹 CUPID$", []),
    "chinese_in_english_abstract": (r'^LingGe \("伶歌" in Chinese\)$', []),
    "hard_wrapped_title": (" Sparse Autoencoders$", []),
    "hard_wrapped_abstract_paragraph": (r"settings\.\n\nTo this end,$", []),
    "markdown_link_in_abstract": (r"^code is available at https://[^ \[\]()]+\.$", []),
    "title_without_spaces": ("^[^ ]+$", []),
    "one_letter_title": ("^Q$", []),
    "abstract_withdrawn": (r"^This paper is withdrawn\.$", []),
    "seed_truncated": (r"^More importantly, \.\.\.$", []),
    "formula_slug_collision": ("^F4/5$", []),
    "abstract_one_word_yes": (r"^Yes\.$", []),
    "abstract_starts_with_word_abstract": ("^We first", ["heading"]),
    "link_target_lost": (r"at \(link lost\)$", ["lost link"]),
    "seed_broken_url": (r"^https://\S+/CodeT5 \.$", ["broken address"]),
    "seed_url_twice": (r"^https://\S+\.io/\.$", ["address twice"]),
    "seed_stripped_fraction": (r"^\(ε = 8/255\)$", ["fraction"]),
    "seed_numeric_title": ("^2 OLMo 2 Furious$", []),
}


def test_messy_texts() -> None:
    cases = {
        case["case"]: case
        for case in map(json.loads, shared("messy_cases.jsonl").read_text("utf-8").strip().split("\n"))
    }
    for name, (plain, rules) in MESSY.items():
        cleaned = (clean.line if cases[name]["field"] == "title" else clean.paragraphs)(cases[name]["raw"])
        assert re.search(plain, markup.to_plain(cleaned)), name
        assert [repair.rule for repair in repairs.sure(cleaned)] == rules, name


def test_the_digest_this_project_began_with() -> None:
    reading = page_text.read(RawDigest("2025-03-14.txt", shared("trending-page.txt").read_bytes()))
    texts = [str(record.fields[name]) for record in reading.records for name in ("title", "abstract")]
    assert Counter(repair.rule for text in texts for repair in repairs.sure(text)) == {
        "times": 9, "script": 7, "lost backslash": 5, "stray brace": 2, "fraction": 2, "code point": 1,
        "broken address": 1, "address twice": 1,
    }  # fmt: skip
    assert Counter(repair.rule for text in texts for repair in repairs.proposed(text)) == {
        "lone letter": 5, "lone sign": 1,
    }  # fmt: skip
    plain = " ".join(map(markup.to_plain, texts))
    assert not re.search(r"[{}\\^$]|\dtimes|x2013|mathcal|: //", plain)
    assert len(re.findall('<a href="https://[^"{} ]+[^"{} .]"', "".join(map(markup.to_html, texts)))) == 21


def test_a_corpus() -> None:
    lines = gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes()).decode().splitlines()
    abstracts = [clean.paragraphs(paper["abstract"] or "") for paper in map(json.loads, lines)]
    for text in abstracts:
        every = repairs.repairs(text)
        assert repairs.undo(repairs.apply(text, every), every) == text
        assert repairs.sure(repairs.visible(text)) == ()
    whole = list(filter(repairs.needs_none, abstracts))
    assert len(whole) > len(abstracts) / 2
    with at_once(len(whole) / 400):
        assert all(map(repairs.needs_none, whole))
