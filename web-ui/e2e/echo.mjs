// What stands behind a resource, and what one opens at the near end of a tunnel.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A program that says back what it is told; its `address().port` is where. */
export async function startEcho() {
  const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  return echo;
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A connection over which one asks more than once. */
export class Conversation {
  #socket;
  #answers;

  constructor(port) {
    // Whoever asks is told of an error; after the last answer it does not matter how the connection ends.
    this.#socket = connect(port, "127.0.0.1")
      .setEncoding("utf8")
      .on("error", () => {});
    this.#answers = this.#socket[Symbol.asyncIterator]();
  }

  /** @returns as much of an answer as there are words */
  async ask(words) {
    this.#socket.write(words);
    let answer = "";
    while (answer.length < words.length) {
      const { value, done } = await this.#answers.next();
      if (done) {
        throw new Error(`the connection ended after "${answer}"`);
      }
      answer += value;
    }
    return answer;
  }

  end() {
    this.#socket.destroy();
  }
}
