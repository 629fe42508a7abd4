// node hanging.mjs LUNR: how a page fares whose first worker answers nothing. Prints [[what each search gave], workers].

import { connect } from "../../theme/assets/sitegen/search/client.js";

const workers = [];
let timers = [];
globalThis.setTimeout = (run, delay) => timers.push({ run, delay });
globalThis.clearTimeout = (number) => { timers[number - 1] = null; };

globalThis.Worker = class {
  constructor() {
    this.hangs = workers.length === 0;
    this.state = "runs";
    workers.push(this);
  }

  addEventListener(type, listener) {
    if (type === "message") this.listener = listener;
  }

  postMessage({ id, asked }) {
    if (!this.hangs) queueMicrotask(() => this.listener({ data: { id, result: asked?.[0] ?? null } }));
  }

  terminate() {
    this.state = "ended";
  }
};

/** Let so much time pass. */
async function pass(time) {
  const due = timers.filter((timer) => timer && timer.delay <= time);
  timers = timers.map((timer) => timer && (timer.delay <= time ? null : { ...timer, delay: timer.delay - time }));
  for (const { run } of due) run();
  await new Promise((resolve) => { setImmediate(resolve); });
}

const client = connect("http://127.0.0.1/search/");
const beside = client.facets("first");
const searches = [client.search("first")];
await pass(9_000);
searches.push(client.search("second"));
await pass(500);
searches.push(client.search("third"));
const early = workers.length;
await pass(1_000);
const gave = await Promise.all(searches);
await beside;
gave.push(await client.search("fourth"));

// Whoever types nothing more may still get an answer.
workers[1].hangs = true;
const patient = client.search("fifth");
await pass(20_000);
const waited = workers.length;
const next = client.search("sixth");
gave.push(await patient, await next);
console.log(JSON.stringify([gave.map((each) => each ?? null), early, waited, workers.map(({ state }) => state)]));
