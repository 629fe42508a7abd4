// Numbers of variable length (sitegen/search/varints.py) and gzip.

/** Reads numbers from bytes, one after another. */
export class Bytes {
  constructor(data, at = 0) {
    this.data = data;
    this.at = at;
  }

  /** The next number. */
  number() {
    const { data } = this;
    let byte = data[this.at];
    this.at += 1;
    if (byte < 128) return byte;
    let found = byte & 127;
    let scale = 128;
    do {
      byte = data[this.at];
      this.at += 1;
      found += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return found;
  }

  /** The next `length` bytes. */
  take(length) {
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}

/** What a compressed response holds. */
export async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decoder = new TextDecoder();

export const text = (data) => decoder.decode(data);
