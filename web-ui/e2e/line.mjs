// The way between a browser and the platform, which can be cut, held up, or lose what comes back.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Line {
  #server;
  #ends = new Set();
  #isCut = false;
  #isHeld = false;
  #losesAnswers = false;

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

  /** What is asked for still reaches the platform; nothing comes back. */
  loseAnswers() {
    this.#losesAnswers = true;
  }

  /** Keeps what either end says until it is mended. */
  hold() {
    this.#isHeld = true;
    for (const end of this.#ends) {
      end.pause();
    }
  }

  mend() {
    this.#isCut = false;
    this.#isHeld = false;
    this.#losesAnswers = false;
    for (const end of this.#ends) {
      end.resume();
    }
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
    this.#pass(near, far, () => true);
    this.#pass(far, near, () => !this.#losesAnswers);
  }

  #pass(end, other, comesThrough) {
    this.#ends.add(end);
    end.on("data", (piece) => comesThrough() && other.write(piece));
    end.on("end", () => other.end());
    end.on("error", () => {});
    end.on("close", () => {
      this.#ends.delete(end);
      other.destroy();
    });
    if (this.#isHeld) {
      end.pause();
    }
  }
}
