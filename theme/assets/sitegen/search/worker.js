// Runs the engine beside the page: {id, base} opens it, {id, query, options} searches; answers {id, result} or {id, error}.

import { open } from "./engine.js";

let engine;

self.addEventListener("message", async ({ data: { id, base, query, options } }) => {
  try {
    engine ??= open(base);
    const result = query === undefined ? (await engine, null) : await (await engine).search(query, options);
    self.postMessage({ id, result });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
});
