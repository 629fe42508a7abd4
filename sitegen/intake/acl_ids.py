"""Ids of the ACL Anthology: https://aclanthology.org/info/ids/"""

import re

SITE = "https://aclanthology.org/"
_URL = re.compile(
    r"https?://(?:www\.)?(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/)?(?:[A-Z]/[A-Z]\d\d/)?"
    r"(\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[A-Z]\d\d-\d{4})(?:v\d+)?(?:\.pdf|\.bib)?/?",
    re.IGNORECASE,
)


def build_id(collection: str, volume: str, paper: str) -> str:
    """The paper's id; "" where the parts cannot make one.

    Since 2020 it is collection-volume.paper. The eight characters of an old id hold two digits of the volume for
    workshops (W…), C69 and D19 from volume 5 on, one for all others.

    >>> build_id("2022.acl", "long", "1"), build_id("P19", "1", "1"), build_id("W18", "25", "4")
    ('2022.acl-long.1', 'P19-1001', 'W18-2504')
    """
    if not (collection and volume and paper):
        return ""
    if collection[0].isdigit():
        return f"{collection}-{volume}.{paper}"
    if not (volume.isdecimal() and paper.isdecimal() and len(volume + paper) <= 5):
        return ""
    wide = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5)
    return f"{collection}-{int(volume):02}{int(paper):02}" if wide else f"{collection}-{int(volume)}{int(paper):03}"


def id_of_url(url: str) -> str:
    """The id in the address of a paper's page or PDF, or "".

    >>> id_of_url("https://aclanthology.org/2022.acl-long.3/"), id_of_url("https://www.aclweb.org/anthology/P19-1001.pdf")
    ('2022.acl-long.3', 'P19-1001')
    """
    found = _URL.fullmatch(url.strip())
    return found[1] if found else ""
