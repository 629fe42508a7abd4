// The engine in a worker, and of searches the newest only: one that a newer one overtook gives undefined.

// After so long without an answer, in ms, a worker may never give one; if the reader types on, another takes its place.
const PATIENCE = 10_000;

/**
 * {search, searchBeside, facets, snippets, ready, close()} for the search folder at `base`; see engine.js. Rejects when the search
 * cannot be loaded.
 */
export function connect(base) {
  const asked = new Map();
  let worker = null;
  let here = null;
  let count = 0;
  let running = null;
  let waiting = null;
  let timer = 0;
  let isLate = false;

  begin();
  const ready = ask({});
  ready.catch(() => {});

  function begin() {
    worker = startWorker();
    if (!worker) {
      useThisPage();
      return;
    }
    worker.addEventListener("message", ({ data: { id, result, error } }) => {
      const question = asked.get(id);
      asked.delete(id);
      if (error === undefined) question?.resolve(result);
      else question?.reject(new Error(error));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      useThisPage();
    });
  }

  /** Give up all that was asked of a worker that does not answer, and go on with what waits. */
  function beginAnew() {
    if (here) return;
    worker.terminate();
    begin();
    for (const { resolve } of asked.values()) resolve(undefined);
    asked.clear();
  }

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
    isLate = false;
    timer = setTimeout(() => {
      isLate = true;
      if (waiting) beginAnew();
    }, PATIENCE);
    try {
      return await running;
    } finally {
      clearTimeout(timer);
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
      return new Promise((resolve) => {
        waiting = { message, resolve };
        if (isLate) beginAnew();
      });
    },
    /** A search that no newer one overtakes: for more of what was found, and for counts. */
    searchBeside: (...values) => ask({ method: "search", asked: values }),
    facets: (...values) => ask({ method: "facets", asked: values }),
    snippets: (...values) => ask({ method: "snippets", asked: values }),
    close() {
      clearTimeout(timer);
      worker?.terminate();
    },
  };
}

function startWorker() {
  try {
    return new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}
