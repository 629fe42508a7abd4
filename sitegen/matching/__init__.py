"""Which paper a record is of, and what all records of a paper make of it.

`said` is what a digest says, `match` what speaks for and against two sayings being of one paper, `clusters` which are;
`index` finds the pages that they may belong to, `items` takes those apart into sayings, `placing` says which page each
saying goes to, `merge` folds them into one paper, `choice` picks among values, `parts` finds those that are only parts
of others, `own_code` finds code in an abstract.
"""
