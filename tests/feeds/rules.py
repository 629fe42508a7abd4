"""What a feed must keep to be read everywhere: the rules of the W3C validator that concern us.

Each function takes a file's bytes and gives "rule: detail" for everything that is wrong; an empty list is a valid feed.
Rule `html-in-text` speaks of titles that hold markup: a title that really shows `</b>` to readers breaks it, too.
"""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

import lxml.etree
import lxml.html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC_822 = re.compile(r"(\w{3}), (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:GMT|\+0000)")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ABSOLUTE = re.compile(r"""https?://[^\s<>"{}|\\^`\x00-\x20\x7f-\U0010ffff]+""")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(
    r"</?(?:a|b|br|code|div|em|i|img|li|math|p|pre|script|span|strong|sub|sup|svg|ul)\b[^<]*>|&#?\w+;", re.I
)
_CONTENT_TAG = re.compile(
    "a|abbr|b|blockquote|br|code|dd|del|div|dl|dt|em|h[2-6]|hr|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strong|"
    "sub|sup|table|tbody|td|th|thead|tr|u|ul|var"
)
_CONTENT_ATTRIBUTES = frozenset(("cite", "class", "dir", "href", "lang", "rel", "title"))
_CONTENT_SCHEMES = re.compile(r"(?:https?://|mailto:)", re.I)


def rss_problems(data: bytes) -> list[str]:
    """RSS 2.0: https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile."""
    root, problems = _xml(data)
    if root is None:
        return problems
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return [*problems, "required: no <rss version='2.0'> with a <channel>"]
    return [*problems, *_channel(channel), *(found for item in channel.iter("item") for found in _rss_item(item))]


def _channel(channel: ElementTree.Element) -> Iterator[str]:
    yield from _required(channel, ("title", "link", "description", "language"))
    yield from _at_most_once(channel, ("title", "link", "description", "language", "lastBuildDate", "pubDate"))
    yield from _plain("title", channel.findtext("title", ""))
    yield from _plain("description", channel.findtext("description", ""))
    yield from _absolute("link", channel.findtext("link", ""))
    if not _LANGUAGE.fullmatch(channel.findtext("language", "")):
        yield f"language: {channel.findtext('language')!r}"
    yield from _self_link(channel.findall(f"{ATOM}link"), "application/rss+xml")
    tags = [child.tag for child in channel]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield "order: something of the channel stands behind an item"
    dates = [_rfc_822(text) for text in _texts(channel.findall("item"), "pubDate")]
    built = channel.findtext("lastBuildDate")
    yield from (_bad_date(text) for text in _texts(channel.findall("item"), "pubDate") if not _rfc_822(text))
    if (_rfc_822(built) if built is not None else None) != max(filter(None, dates), default=None):
        yield f"feed-date: lastBuildDate {built!r} is not the newest item's"
    yield from _unique("guid", _texts(channel.findall("item"), "guid"))


def _rss_item(item: ElementTree.Element) -> Iterator[str]:
    once = ("title", "link", "guid", "pubDate", "description", f"{CONTENT}encoded")
    yield from _required(item, ("title", "link", "guid", "description"))
    yield from _at_most_once(item, once)
    yield from _plain("title", item.findtext("title", ""))
    yield from _absolute("link", item.findtext("link", ""))
    guid = item.find("guid")
    if guid is not None and (guid.get("isPermaLink") != "false" or not _URN.fullmatch(guid.text or "")):
        yield f"guid: {guid.get('isPermaLink')!r} {guid.text!r}"
    if item.find("author") is not None:
        yield "author: <author> needs an e-mail address, <dc:creator> does not"
    for tag in (f"{DC}creator", "category"):
        yield from (f"blank: {tag}" for element in item.findall(tag) if not (element.text or "").strip())
    tags = [child.tag for child in item]
    if f"{CONTENT}encoded" in tags and "description" not in tags[: tags.index(f"{CONTENT}encoded")]:
        yield "order: content:encoded before description"
    yield from _html("description", item.findtext("description", ""))
    if (content := item.find(f"{CONTENT}encoded")) is not None:
        yield from _html("content:encoded", content.text or "")


def atom_problems(data: bytes) -> list[str]:
    """Atom: RFC 4287, section 4."""
    root, problems = _xml(data)
    if root is None:
        return problems
    if root.tag != f"{ATOM}feed":
        return [*problems, "required: no <feed> of Atom's namespace"]
    entries = root.findall(f"{ATOM}entry")
    return [*problems, *_atom_feed(root, entries), *(found for entry in entries for found in _atom_entry(entry, root))]


def _atom_feed(root: ElementTree.Element, entries: list[ElementTree.Element]) -> Iterator[str]:
    once = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
    yield from _required(root, once)
    yield from _at_most_once(root, [*once, f"{ATOM}subtitle", f"{ATOM}generator"])
    yield from _plain("title", root.findtext(f"{ATOM}title", ""))
    links = root.findall(f"{ATOM}link")
    yield from _self_link(links, "application/atom+xml")
    if root.findtext(f"{ATOM}id") not in [link.get("href") for link in links if link.get("rel") == "self"]:
        yield "id: the feed's id is not its address"
    yield from _alternate_link(links)
    updated = list(_texts(entries, f"{ATOM}updated"))
    yield from (_bad_date(text) for text in [*updated, root.findtext(f"{ATOM}updated", "")] if not _rfc_3339(text))
    if entries and root.findtext(f"{ATOM}updated") != max(updated):
        yield "feed-date: updated is not the newest entry's"
    if not entries and root.find(f"{ATOM}author") is None:
        yield "author: a feed without entries needs one"
    yield from (
        "blank: author" for author in root.iter(f"{ATOM}author") if not author.findtext(f"{ATOM}name", "").strip()
    )
    yield from _unique("id", _texts(entries, f"{ATOM}id"))


def _atom_entry(entry: ElementTree.Element, feed: ElementTree.Element) -> Iterator[str]:
    once = [f"{ATOM}{name}" for name in ("id", "title", "updated", "content")]
    yield from _required(entry, once)
    yield from _at_most_once(entry, once)
    if not _URN.fullmatch(entry.findtext(f"{ATOM}id", "")):
        yield f"id: {entry.findtext(f'{ATOM}id')!r}"
    for name in ("title", "summary"):
        element = entry.find(f"{ATOM}{name}")
        if element is not None and element.get("type") != "text":
            yield f"type: <{name}> is not said to be text"
    yield from _plain("title", entry.findtext(f"{ATOM}title", ""))
    yield from _alternate_link(entry.findall(f"{ATOM}link"))
    if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
        yield "author: neither the entry nor the feed has one"
    yield from ("blank: category" for term in entry.findall(f"{ATOM}category") if not term.get("term", "").strip())
    content = entry.find(f"{ATOM}content")
    if content is not None and content.get("type") != "html":
        yield "type: <content> is not said to be HTML"
    yield from _html("content", entry.findtext(f"{ATOM}content", ""))


def json_problems(data: bytes) -> list[str]:
    """JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""
    try:
        feed = json.loads(data.decode("utf-8"))
    except ValueError as error:
        return [f"well-formed: {error}"]
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return ["required: items"]
    return [*_json_feed(feed), *(found for item in feed["items"] for found in _json_item(item))]


def _json_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"required: version {feed.get('version')!r}"
    yield from _plain("title", feed.get("title", ""))
    yield from _absolute("home_page_url", feed.get("home_page_url", ""))
    yield from _absolute("feed_url", feed.get("feed_url", ""))
    if not _LANGUAGE.fullmatch(feed.get("language", "")):
        yield f"language: {feed.get('language')!r}"
    known = {"version", "title", "home_page_url", "feed_url", "description", "language", "items"}
    yield from (f"unknown: {name}" for name in sorted(feed.keys() - known))
    yield from _unique("id", (str(item.get("id")) for item in feed["items"]))


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    if not _URN.fullmatch(item.get("id", "")):
        yield f"id: {item.get('id')!r}"
    yield from _absolute("url", item.get("url", ""))
    yield from _plain("title", item.get("title", ""))
    if not item.get("content_html"):
        yield "required: content_html"
    yield from _html("content_html", item.get("content_html", ""))
    if "date_published" in item and not _rfc_3339(item["date_published"]):
        yield _bad_date(item["date_published"])
    yield from ("blank: author" for author in item.get("authors", ()) if not author["name"].strip())
    yield from ("blank: tag" for tag in item.get("tags", ()) if not tag.strip())
    known = {"id", "url", "title", "content_html", "date_published", "authors", "tags"}
    yield from (f"unknown: {name}" for name in sorted(item.keys() - known))


def opml_problems(data: bytes) -> list[str]:
    """OPML 2.0: https://opml.org/spec2.opml."""
    root, problems = _xml(data)
    if root is None:
        return problems
    if root.tag != "opml" or root.get("version") != "2.0":
        return [*problems, "required: no <opml version='2.0'>"]
    outlines = root.findall("body/outline")
    if not outlines:
        problems.append("required: no outline")
    problems += _plain("title", root.findtext("head/title", ""))
    for outline in outlines:
        problems += _plain("text", outline.get("text", ""))
        problems += _absolute("xmlUrl", outline.get("xmlUrl", ""))
        problems += _absolute("htmlUrl", outline.get("htmlUrl", ""))
        if outline.get("type") != "rss" or not outline.get("title"):
            problems.append("required: type and title of an outline")
    return [*problems, *_unique("xmlUrl", (outline.get("xmlUrl", "") for outline in outlines))]


RULES = {
    "feed.xml": rss_problems,
    "atom.xml": atom_problems,
    "feed.json": json_problems,
    "feeds.opml": opml_problems,
}


def _xml(data: bytes) -> tuple[ElementTree.Element | None, list[str]]:
    """The root, if both expat and libxml2 read the document."""
    problems = []
    if not data.startswith(b"<?xml version='1.0' encoding='utf-8'?>"):
        problems.append("declaration: not XML 1.0 in UTF-8")
    if b"<!DOCTYPE" in data or b"<![CDATA[" in data:
        problems.append("markup: DOCTYPE or CDATA")
    try:
        lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        return ElementTree.fromstring(data), problems
    except (ElementTree.ParseError, lxml.etree.XMLSyntaxError) as error:
        return None, [*problems, f"well-formed: {error}"]


def _texts(elements: Iterable[ElementTree.Element], tag: str) -> list[str]:
    return [child.text or "" for element in elements for child in element.findall(tag)]


def _required(element: ElementTree.Element, tags: Iterable[str]) -> Iterator[str]:
    yield from (f"required: {tag}" for tag in tags if not (element.findtext(tag) or "").strip())


def _at_most_once(element: ElementTree.Element, tags: Iterable[str]) -> Iterator[str]:
    yield from (f"twice: {tag}" for tag in tags if len(element.findall(tag)) > 1)


def _unique(name: str, values: Iterable[str]) -> Iterator[str]:
    yield from (f"twice: {name} {value}" for value, times in Counter(values).items() if times > 1)


def _plain(name: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield f"blank: {name}"
    if found := _MARKUP.search(text):
        yield f"html-in-text: {name} {found[0]!r}"
    if "\n" in text or text != text.strip():
        yield f"white-space: {name} {text!r}"


def _absolute(name: str, url: str) -> Iterator[str]:
    if not _ABSOLUTE.fullmatch(url):
        yield f"url: {name} {url!r}"


def _self_link(links: list[ElementTree.Element], media_type: str) -> Iterator[str]:
    selves = [link for link in links if link.get("rel") == "self"]
    if [link.get("type") for link in selves] != [media_type]:
        yield f"self-link: {len(selves)} of type {media_type} or another"
    yield from (found for link in selves for found in _absolute("self", link.get("href", "")))


def _alternate_link(links: list[ElementTree.Element]) -> Iterator[str]:
    urls = [link.get("href", "") for link in links if link.get("rel") == "alternate"]
    if len(urls) != 1:
        yield f"alternate-link: {len(urls)}"
    yield from (found for url in urls for found in _absolute("alternate", url))


def _bad_date(text: str) -> str:
    return f"date: {text!r}"


def _rfc_822(text: str) -> datetime.datetime | None:
    """The moment, if the text is RFC 822's with four digits for the year, and the day of the week is right."""
    found = _RFC_822.fullmatch(text)
    if not found or found[3] not in MONTHS:
        return None
    try:
        day = datetime.date(int(found[4]), MONTHS.index(found[3]) + 1, int(found[2]))
        moment = datetime.datetime.combine(day, datetime.time(int(found[5]), int(found[6]), int(found[7])))
    except ValueError:
        return None
    return moment if DAYS[moment.weekday()] == found[1] else None


def _rfc_3339(text: str) -> bool:
    try:
        return bool(_RFC_3339.fullmatch(text) and datetime.datetime.fromisoformat(text))
    except ValueError:
        return False


def _html(name: str, html: str) -> Iterator[str]:
    """Content holds only elements that every reader knows, nothing that runs, and no relative URL."""
    if not html.strip():
        yield f"blank: {name}"
        return
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iterdescendants():
        if not _CONTENT_TAG.fullmatch(str(element.tag)):
            yield f"content: <{element.tag}> in {name}"
        for attribute, value in element.attrib.items():
            if attribute not in _CONTENT_ATTRIBUTES:
                yield f"content: {attribute}= in {name}"
            if attribute in {"href", "cite"} and not _CONTENT_SCHEMES.match(value):
                yield f"url: {attribute}={value!r} in {name}"
