"""Names of people as the archive writes them: first name first."""


def first_last(name: str) -> str:
    """ "James A Casbon" of "Casbon, James A"; a suffix, which stands last, stays last; a name without comma stays.

    >>> first_last("Casbon, James A"), first_last("King, Martin Luther, Jr"), first_last("Plato")
    ('James A Casbon', 'Martin Luther King Jr', 'Plato')
    """
    last, *others = (part.strip() for part in name.split(",", 2))
    return " ".join(filter(None, [*others[:1], last, *others[1:]]))
