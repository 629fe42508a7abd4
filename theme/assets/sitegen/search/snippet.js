// The piece of an abstract that shows why a paper was found.

const LENGTH = 240;
const BEFORE = 50;

/** [[text, marked], …] of about LENGTH characters. places: [[start, end, written], …]; isMarked: written word -> boolean. */
export function snippet(text, places, isMarked) {
  const marks = places.filter(([, , written]) => isMarked(written));
  const [start, end] = window(text, places, marks);
  const parts = start > 0 ? [["… ", false]] : [];
  let at = start;
  for (const [from, to] of marks) {
    if (from < start || to > end) continue;
    if (from > at) parts.push([text.slice(at, from), false]);
    parts.push([text.slice(from, to), true]);
    at = to;
  }
  if (at < end) parts.push([text.slice(at, end), false]);
  if (end < text.length) parts.push([" …", false]);
  return parts;
}

/** The stretch with the most different marked words, cut between words. */
function window(text, places, marks) {
  let best = 0;
  let most = 0;
  for (const [from] of marks) {
    const start = Math.max(0, from - BEFORE);
    const inside = marks.filter(([a, b]) => a >= start && b <= start + LENGTH);
    const different = new Set(inside.map(([, , written]) => written.toLowerCase())).size;
    if (different > most) [most, best] = [different, start];
  }
  const start = best > 0 ? places.find(([from]) => from >= best)[0] : 0;
  if (text.length <= start + LENGTH) return [start, text.length];
  return [start, places.findLast(([, to]) => to <= start + LENGTH)?.[1] ?? start + LENGTH];
}
