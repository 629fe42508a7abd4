// Runs the engine beside the page: {id, base} opens it, {id, method, asked} calls it; answers {id, result} or {id, error}.

import { open } from "./engine.js";

let engine;

self.addEventListener("message", async ({ data: { id, base, method, asked } }) => {
  try {
    engine ??= open(base);
    const opened = await engine;
    self.postMessage({ id, result: method ? await opened[method](...asked) : null });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
});
