// Put into each page before its own scripts. Before it stands what knows the page:
// bench = { ready(): are hits shown?, hits(): names of the papers shown, type(query), tells(mutation), prepare() }.

const LONGEST = 120_000;

/** When hits are shown, and which; null if they never are. `tells` says which changes of the page can mean that. */
bench.wait = (began, tells = () => true) => new Promise((resolve) => {
  const observer = new MutationObserver((changes) => {
    if (changes.some(tells) && bench.ready()) end({ ms: performance.now() - began, hits: bench.hits() });
  });
  const timer = setTimeout(() => end(null), LONGEST);
  function end(found) {
    observer.disconnect();
    clearTimeout(timer);
    resolve(found);
  }
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
});

// `performance.now()` begins with the navigation.
bench.opened = bench.wait(0);

bench.asked = async (query) => {
  await bench.prepare?.();
  const began = performance.now();
  const found = bench.wait(began, bench.tells);
  bench.type(query);
  return found;
};
