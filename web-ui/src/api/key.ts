/**
 * Makes keys for a form that may be sent more than once: the same for the same content, so that a lost answer does no
 * harm, and another for other content.
 */
export function keysByContent(): (content: unknown) => string {
  let last: { content: string; key: string } | undefined;
  return (value) => {
    const content = JSON.stringify(value);
    if (last?.content !== content) {
      last = { content, key: randomKey() };
    }
    return last.key;
  };
}

/** A random UUID (version 4); also over plain HTTP, where browsers hide `crypto.randomUUID`. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
