"""Which parts of a mail are digests."""

import email
import json
from email.message import EmailMessage

import pytest

from sitegen.intake import READERS, reader_for
from sitegen.intake.containers import mime, unpacked
from sitegen.intake.gathering import named_after
from sitegen.intake.html_page import TooDeep, from_page
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reader
from tests.intake.packed import LINE, SAMPLE, attached, digests, hostile, mailed, opened, problems

CODED = ("base64", "quoted-printable")


def test_forms_of_a_mail() -> None:
    """An alert as a page and as plain words: whichever a reader takes."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Lists"
    mail.set_content("Your mail program shows no pages.")
    mail.add_alternative("<p>" + LINE.decode().replace("A title", "A &amp; B") + "</p>", subtype="html")
    inside = digests(opened(bytes(mail), "a.eml"))
    assert [(raw.name, json.loads(raw.text)["title"], raw.stem) for raw in inside] == [("a.eml!text", "A & B", "Lists")]


def test_of_alternatives_the_one_with_most_papers() -> None:
    """Newsletters' texts leave out addresses that their pages link to."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Lists"
    one, two = (f"https://arxiv.org/abs/2401.1002{number}" for number in range(2))
    mail.set_content(f"1. A title of words [{one}]\n\n2. One more title\n")
    mail.add_alternative(f"<h2><a href='{one}'>A title of words</a></h2><h2><a href='{two}'>One more</a></h2>", "html")
    (inside,) = digests(opened(bytes(mail), "a.eml"))
    assert inside.text == f"## [A title of words]({one})\n\n## [One more]({two})"


def test_a_forwarded_mail_has_its_own_date() -> None:
    inner = email.message_from_bytes(mailed(LINE, "quoted-printable"))
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "b@example.org", "Mon, 17 Mar 2025 10:00:00 +0000", "Fwd"
    mail.set_content("Look:")
    mail.make_mixed()
    outer = bytes(mail).replace(b"--\n", b"--\n", 1)
    boundary = mail.get_boundary() or email.message_from_bytes(outer).get_boundary()
    part = f"\n--{boundary}\nContent-Type: message/rfc822\n\n".encode() + bytes(inner)
    end = f"--{boundary}--".encode()
    inside = digests(opened(outer.replace(end, part.lstrip() + b"\n" + end), "a.eml"))
    assert [(raw.sent, raw.stem) for raw in inside] == [("2025-03-14", "Papers")]


def test_a_mail_with_headers_that_a_reader_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of whole mails gets plain mails unchanged, and of encoded ones date, subject and text."""

    def is_whole(raw: RawDigest) -> bool:
        return raw.text.startswith(("From: ", "Date: ")) and "arXiv:" in raw.text

    monkeypatch.setitem(READERS, "arxiv-mail", Reader(is_whole, READERS["jsonl"].read))
    text = b"\\\\\narXiv:2503.00001\n"
    plain = b"From: a@example.org\nDate: Fri, 14 Mar 2025 10:00:00 +0000\nSubject: cs daily\n\n" + text
    assert [raw.data for raw in digests(opened(plain))] == [plain]
    box = digests(opened(b"From a Fri Mar 14\n" + plain + b"\n", "a.mbox"))
    assert [(raw.name, raw.data) for raw in box] == [("a.mbox#1", plain + b"\n")]
    coded = digests(opened(mailed(text)))
    assert [raw.data for raw in coded] == [b"Date: Fri, 14 Mar 2025 10:00:00 +0000\nSubject: Papers\n\n" + text]


def test_prose_is_a_digest_where_it_is_surely_no_letter() -> None:
    page = SAMPLE[-1].read_bytes()
    letter = b"Dear all\n\nWe meet at noon, and see how it goes from there, as we did last week already.\n"
    box = b"From a Fri Mar 14\n" + mailed(page) + b"\nFrom a Fri Mar 14\n" + mailed(letter)
    found = opened(box, "a.mbox")
    assert [raw.data for raw in digests(found)] == [page]
    assert problems(found) == ["a.mbox: warning: mails that are no digest: 1 of 2"]
    assert [raw.data for raw in digests(opened(box, "a.mbox", "page-text"))] == [page, letter]
    assert digests(opened(mailed(letter), "a.eml")) == []


def test_thousands_of_mails() -> None:
    mail = b"From a Fri Mar 14\n" + mailed(LINE).replace(b"\n", b"\r\n") + b"\r\n"
    found = list(unpacked(RawDigest("a.mbox", mail * 3_000)))
    assert [raw.name for raw in digests(found)] == [f"a.mbox#{number}!text" for number in range(1, 3_001)]


def test_parts_are_those_that_python_finds() -> None:
    """Well-formed mails of public test suites: the same bodies, byte for byte."""
    compared = 0
    for data in hostile("email"):
        mail = email.message_from_bytes(data)
        ours = [leaf for leaf in mime.leaves(data) if leaf.encoding in CODED]
        theirs = [
            part.get_payload(decode=True)
            for part in mail.walk()
            if not part.is_multipart() and str(part["content-transfer-encoding"]).strip().lower() in CODED
        ]
        if mail.defects or any(part.defects for part in mail.walk()) or len(ours) != len(theirs):
            continue
        for leaf, body in zip(ours, theirs, strict=True):
            compared += 1
            assert mime.decoded(data, leaf._replace(type="")) == body
    assert compared > 50


def test_texts_of_a_page() -> None:
    page = (
        "<title>no</title><style>no</style><h3>T<br>\n  wo</h3><ul><li>a <b>b</b><li>c &lt;d</ul><a href='no:x'>e</a>"
    )
    assert from_page(page)[0] == "## T wo\n\n- a **b**\n\n- c <d\n\ne"
    with pytest.raises(TooDeep):
        from_page("<div>" * 3_000 + "x")


TWO_LINES = LINE + b"no paper\n"


def _places(data: bytes, name: str) -> list[str]:
    """What stands before the messages of the digests in a file."""
    readings = ((reader_for(raw), raw) for raw in digests(opened(data, name)))
    found = [
        item.problem for reader, raw in readings if isinstance(reader, Reader) for item in reader.read(raw).rejected
    ]
    return [f"{problem.file}:{problem.line}" for problem in found]


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "binary"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_of_a_plain_mail_is_that_of_its_file(encoding: str, end: bytes) -> None:
    headers = f"From: a@example.org\nSubject: x\nContent-Transfer-Encoding: {encoding}\n\n".encode()
    data = (headers + TWO_LINES).replace(b"\n", end)
    assert _places(data, "a.eml") == ["a.eml:6"]
    assert data.split(b"\n")[6 - 1].startswith(b"no paper")


@pytest.mark.parametrize("encoding", CODED)
def test_a_line_of_an_encoded_mail_is_that_of_its_text_and_says_so(encoding: str) -> None:
    assert _places(mailed(TWO_LINES, encoding), "a.eml") == ["a.eml!text:2"]


def test_a_line_in_a_mailbox_is_that_of_its_file() -> None:
    mail = b"From a Fri Mar 14\nFrom: a@example.org\nSubject: x\n\n" + TWO_LINES + b"\n"
    coded = b"From a Fri Mar 14\n" + mailed(TWO_LINES) + b"\n"
    data = mail + coded + mail
    places = _places(data, "a.mbox")
    assert [place.rpartition(":")[0] for place in places] == ["a.mbox#1", "a.mbox#2!text", "a.mbox#3"]
    lines = [int(place.rpartition(":")[2]) for place in places]
    assert lines[1] == 2
    assert [data.split(b"\n")[line - 1] for line in (lines[0], lines[2])] == [b"no paper"] * 2


def test_a_line_of_an_attachment_is_its_own() -> None:
    assert _places(attached(TWO_LINES, "list.jsonl"), "a.eml") == ["a.eml!list.jsonl:2"]


def test_lines_of_parts_are_those_of_the_file() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Lists"
    mail.set_content(TWO_LINES.decode())
    mail.add_alternative("<p>Nothing</p>", subtype="html")
    data = bytes(mail)
    assert _places(data, "a.eml") == [f"a.eml:{data.split(b'no paper')[0].count(bytes([10])) + 1}"]


def test_the_headers_that_a_reader_asks_for_move_no_line() -> None:
    item = (
        b"\\\\\narXiv:2503.00001\nDate: Fri, 14 Mar 2025 10:00:00 GMT (1kb)\n\nAuthors: A. O.\n\\\\\n  Words.\n\\\\\n"
    )
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "a@example.org", "Fri, 14 Mar 2025 10:00:00 +0000", "cs daily"
    mail.set_content(item.decode())
    mail.add_alternative("<p>Nothing</p>", subtype="html")
    data = bytes(mail)
    assert _places(data, "a.eml") == [f"a.eml:{data.split(b'arXiv:')[0].count(bytes([10]))}"]


def test_a_mail_from_standard_input_gives_a_source_a_name() -> None:
    (inside,) = digests(opened(mailed(LINE).replace(b"Subject: Papers\n", b"To: x@example.org\n"), "-"))
    assert (inside.name, named_after(inside)) == ("-!text", ("papers", "Papers"))
