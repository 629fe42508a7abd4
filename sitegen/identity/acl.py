"""Ids of the ACL Anthology: https://aclanthology.org/info/ids/"""

import re

_ACL_NEW = r"\d{4}\.[a-z\d_]+-[a-z\d_]+\.\d+"
_ACL_OLD = r"[A-Z]\d{2}-\d{4}"
_ACL_WHOLE = re.compile(rf"{_ACL_NEW}|{_ACL_OLD}")
# Addresses of a paper's page and files, and the DOIs that the ACL gives.
_ACL_AT = re.compile(
    rf"(?:(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/)?(?:[A-Z]/[A-Z]\d\d/)?|10\.(?:18653|3115)/v1/)"
    rf"({_ACL_NEW}|{_ACL_OLD})(?:v\d{{1,2}})?(?![\w-])",
    re.IGNORECASE,
)


def acl_id(text: str) -> str:
    """The ACL Anthology's id in `text`, or "". The DOIs that the ACL gives hold it.

    >>> acl_id("https://aclanthology.org/2022.acl-long.1.pdf"), acl_id("https://doi.org/10.18653/v1/p19-1001")
    ('2022.acl-long.1', 'P19-1001')
    >>> acl_id("https://aclanthology.org/papers/P/P19/P19-1001v2.pdf")
    'P19-1001'
    """
    text = text.strip()
    if _ACL_WHOLE.fullmatch(text):
        return text
    found = _ACL_AT.search(text)
    if not found:
        return ""
    return found[1].lower() if "." in found[1] else found[1].upper()


def acl_id_of_parts(collection: str, volume: str, paper: str) -> str:
    """The paper's id; "" where the parts cannot make one.

    Since 2020 it is collection-volume.paper. The eight characters of an old id hold two digits of the volume for
    workshops (W…), C69 and D19 from volume 5 on, one for all others.

    >>> acl_id_of_parts("2022.acl", "long", "1"), acl_id_of_parts("P19", "1", "1"), acl_id_of_parts("W18", "25", "4")
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
