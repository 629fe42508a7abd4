"""sitegen: digests of research papers in, a searchable static archive out."""
