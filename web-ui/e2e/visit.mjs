// One person's visit: a browser of their own, signed in, and everything that went wrong in it meanwhile.
import assert from "node:assert/strict";

/** Long enough for a machine that does other things too: what works takes a fraction of it. */
const PATIENCE_MILLIS = 60_000;

/** A name that is taken, and a secret, of which a change must say which one it replaces. */
const THERE_ALREADY = [409, 428];

export const DESKTOP = { width: 1360, height: 860 };
export const PHONE = { width: 390, height: 844 };

/** Waits for what no page shows. @param what in words, where the condition does not say it */
export async function until(condition, what = condition) {
  const latest = Date.now() + PATIENCE_MILLIS;
  while (!(await condition())) {
    assert.ok(Date.now() < latest, `waited in vain: ${what}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

export class Visit {
  /** What was on the console or thrown in a page that should not have been, and every breach of the content security policy. */
  troubles = [];
  #context;
  #expected = [];

  /**
   * @param platform its `url`, and `username` and `password` of an owner
   * @param name of what this visit makes, so that no other visit meets it
   */
  static async begin(browser, platform, name, look = {}) {
    const visit = new Visit();
    visit.#context = await browser.newContext({ viewport: DESKTOP, ...look });
    visit.#context.setDefaultTimeout(PATIENCE_MILLIS);
    visit.#context.on("page", (page) => visit.#listen(page));
    visit.platform = platform;
    visit.url = platform.url;
    visit.name = name;
    visit.page = await visit.#context.newPage();
    return visit;
  }

  /** Opens another page of the same browser. */
  openTab() {
    return this.#context.newPage();
  }

  /** Signs in without showing it. */
  async signIn({ username, password } = this.platform) {
    await this.#context.request.get(`${this.url}/api/v1/session`);
    await this.call("POST", "/session", { username, password });
  }

  /** Ends the session behind the back of the page, as from another machine. */
  async endSession() {
    const { items } = await this.call("GET", "/sessions");
    await this.call("DELETE", `/sessions/${items.find(({ current }) => current).id}`);
  }

  /** @param url of the platform, where the way there is another one */
  async goto(path, url = this.url) {
    await this.page.goto(url + path);
  }

  /** Calls the API as the same person, as another tab would. @returns the answer's body */
  async call(method, path, data) {
    const answer = await this.send(method, path, data);
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Makes something that an earlier visit may have made. */
  async make(method, path, data) {
    const answer = await this.send(method, path, data);
    const made = answer.ok() || THERE_ALREADY.includes(answer.status());
    assert.ok(made, `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  }

  /** @returns the answer, whatever it is */
  async send(method, path, data, headers = {}) {
    const token = (await this.#context.cookies()).find(({ name }) => name === "XSRF-TOKEN")?.value;
    const csrf = token ? { "X-XSRF-TOKEN": decodeURIComponent(token) } : {};
    return this.#context.request.fetch(`${this.url}/api/v1${path}`, { method, data, headers: { ...csrf, ...headers } });
  }

  /** Says that a refused call belongs to this visit: the browser tells it on the console. */
  expectRefusal(status, path) {
    this.#expected.push({ words: `status of ${status}`, path });
  }

  /** Says that what this visit deletes may be asked for once more before the page knows. */
  expectGone(collection) {
    this.expectRefusal(404, `/api/v1/${collection}/${this.name}`);
  }

  /** Says that calls fail here because the network does. */
  expectNoNetwork() {
    this.#expected.push({ words: "net::ERR_", path: "/api/v1/" });
  }

  async end() {
    await this.#context.close();
  }

  #listen(page) {
    page.on("pageerror", (error) => this.troubles.push(`an error in the page: ${error.stack}`));
    page.on("worker", (worker) =>
      this.troubles.push(`a worker, which some browsers are told to refuse: ${worker.url()}`),
    );
    page.on("crash", () => this.troubles.push("the page crashed"));
    page.on("console", (message) => {
      const told = ["error", "warning"].includes(message.type());
      const { url } = message.location();
      if (told && !this.#expected.some(({ words, path }) => message.text().includes(words) && url.includes(path))) {
        this.troubles.push(`on the console: ${message.type()}: ${message.text()} (${url})`);
      }
    });
  }
}
