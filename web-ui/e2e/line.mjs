// The way between a browser and the platform, which can be cut.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Line {
  #server;
  #ends = new Set();
  #isCut = false;

  /** @returns a line to a platform; its `url` leads there */
  static async to(url) {
    const { hostname, port } = new URL(url);
    const line = new Line();
    line.#server = createServer((near) => line.#join(near, connect(Number(port), hostname))).listen(0, "127.0.0.1");
    await once(line.#server, "listening");
    line.url = `http://127.0.0.1:${line.#server.address().port}`;
    return line;
  }

  /** Ends every connection and lets no other through. */
  cut() {
    this.#isCut = true;
    for (const end of this.#ends) {
      end.destroy();
    }
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #join(near, far) {
    if (this.#isCut) {
      near.destroy();
      far.destroy();
      return;
    }
    for (const [end, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#ends.add(end);
      end.pipe(other);
      end.on("error", () => {});
      end.on("close", () => {
        this.#ends.delete(end);
        other.destroy();
      });
    }
  }
}
