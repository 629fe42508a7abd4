"""The search: a Lunr index in files of a few KB, of which a browser fetches what a query needs.

The words of each paper (`tokens`), of all (`corpus`); from these which papers have each term (`postings`), cut by term
(`shards`); which words there are (`vocabulary`), titles as a whole (`titles`), what a hit shows (`rows`), which tags
papers have (`facets`); and the files of all that (`files`), remembered from build to build (`site_search`). The other
half, in the browser, is theme/assets/sitegen/search/: there `engine.js` comes first.

How good it is: queries made from the papers (`known_items`), asked in Node (`asked` and ask.mjs), in figures
(`measured`).
"""
