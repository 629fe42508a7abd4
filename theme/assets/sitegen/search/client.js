// The engine in a worker, and of searches the newest only: one that a newer one overtook gives undefined.

/**
 * {search, searchBeside, facets, snippets, ready, close()} for the search folder at `base`; see engine.js. Rejects when the search
 * cannot be loaded.
 */
export function connect(base) {
  const worker = startWorker();
  const asked = new Map();
  let here = null;
  let count = 0;
  let running = null;
  let waiting = null;

  if (worker) {
    worker.addEventListener("message", ({ data: { id, result, error } }) => {
      const { resolve, reject } = asked.get(id);
      asked.delete(id);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      useThisPage();
    });
  } else {
    useThisPage();
  }
  const ready = ask({});
  ready.catch(() => {});

  /** Without module workers the engine runs in the page. */
  function useThisPage() {
    here ??= import("./engine.js").then(({ open }) => open(base));
    for (const [id, { message, resolve, reject }] of asked) {
      asked.delete(id);
      answerHere(message).then(resolve, reject);
    }
  }

  async function answerHere({ method, asked: values }) {
    const engine = await here;
    return method ? engine[method](...values) : null;
  }

  function ask(message) {
    if (here) return answerHere(message);
    return new Promise((resolve, reject) => {
      count += 1;
      asked.set(count, { message, resolve, reject });
      worker.postMessage({ id: count, base, ...message });
    });
  }

  async function run(message) {
    running = ask(message);
    try {
      return await running;
    } finally {
      running = null;
      const next = waiting;
      waiting = null;
      if (next) next.resolve(run(next.message));
    }
  }

  return {
    ready,
    search(query, options) {
      const message = { method: "search", asked: [query, options] };
      if (!running) return run(message);
      waiting?.resolve(undefined);
      return new Promise((resolve) => { waiting = { message, resolve }; });
    },
    /** A search that no newer one overtakes: for more of what was found, and for counts. */
    searchBeside: (...values) => ask({ method: "search", asked: values }),
    facets: (...values) => ask({ method: "facets", asked: values }),
    snippets: (...values) => ask({ method: "snippets", asked: values }),
    close: () => worker?.terminate(),
  };
}

function startWorker() {
  try {
    return new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}
