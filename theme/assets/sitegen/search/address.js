// What is searched, and how the page's address says it: `?q=graph&year=2020..2023&tag=biology&code=1&sort=date`.

const YEARS = /^(?:\d{4}(?:\.\.(?:\d{4})?)?|\.\.\d{4})$/;

export const NO_FILTERS = { year: "", tag: "", code: false };

/** {q, year, tag, code, sort} of the query part of an address; what makes no sense is left out. */
export function read(search) {
  const said = new URLSearchParams(search);
  const year = said.get("year") ?? "";
  return {
    q: said.get("q") ?? "",
    year: YEARS.test(year) ? year : "",
    tag: said.get("tag") ?? "",
    code: said.get("code") === "1",
    sort: said.get("sort") === "date" ? "date" : "relevance",
  };
}

/** The query part of the address of a state, the same for all that mean the same. */
export function written({ q, year, tag, code, sort }) {
  const said = { q: q.trim(), year, tag, code: code ? "1" : "", sort: sort === "date" ? sort : "" };
  const search = new URLSearchParams(Object.entries(said).filter(([, value]) => value)).toString();
  return search && `?${search}`;
}

export const isFiltered = ({ year, tag, code }) => Boolean(year || tag || code);

export const isEmpty = (state) => !state.q && !isFiltered(state);

/** [query, options] for the engine: filters alone give the newest first, and without any, all that has a year. */
export function asked(state, more = {}) {
  const { q, year, tag, code, sort } = state;
  const query = q || (isFiltered(state) ? "" : "year:..");
  return [query, { year, tag, code, sort: q ? sort : "date", ...more }];
}

/** The years from one to another, either of which may be missing: ("2020", "") -> "2020..". */
export function range(from, to) {
  if (from === to) return from;
  if (from && to && from > to) [from, to] = [to, from];
  return `${from}..${to}`;
}

/** What `range` was made of. */
export function ends(year) {
  const [from, to = from] = year.split("..");
  return [from, to];
}
