// What a hit shows beside its title stands on the paper's own page, which the reader may open next.

const kept = new Map();

/** {abstract, tags: [{name, url}, …]} of the paper of a hit; its page is fetched once. Rejects if there is none. */
export function paperOf({ paperId, url }, root) {
  const address = new URL(url, root).href;
  if (!kept.has(address)) {
    const asked = load(address, paperId);
    kept.set(address, asked);
    // What failed may be there the next time.
    asked.catch(() => kept.delete(address));
  }
  return kept.get(address);
}

async function load(address, paperId) {
  const response = await fetch(address, { priority: "low" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // Inert: nothing of it runs or is fetched, and only text and checked addresses are taken from it.
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = [...page.querySelectorAll("article[data-paper-id]")].find((each) => each.dataset.paperId === paperId);
  if (!article) throw new Error(`${address}: not the page of this paper`);
  return { abstract: abstract(article), tags: tags(article, address) };
}

function abstract(article) {
  const paragraphs = [...(article.querySelector(".sg-abstract")?.children ?? [])];
  return paragraphs.map((each) => each.textContent).join(" ").replace(/\s+/g, " ").trim();
}

function tags(article, address) {
  const links = [...article.querySelectorAll(".sg-tags a[href]")];
  return links.map((link) => ({ name: link.textContent, url: ownAddress(link.getAttribute("href"), address) }))
    .filter(({ url }) => url);
}

/** The absolute address if it is one of this site, else "". */
function ownAddress(href, base) {
  try {
    const url = new URL(href, base);
    return /^https?:$/.test(url.protocol) && url.origin === location.origin ? url.href : "";
  } catch {
    return "";
  }
}
