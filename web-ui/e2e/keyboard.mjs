// A person without a mouse: gets everywhere by Tab, and does everything with keys.
import assert from "node:assert/strict";
import { until } from "./visit.mjs";

/** No page has more stops than this. */
const MOST_STOPS = 120;

export class Keyboard {
  #page;

  /** @returns the keyboard of a page that notes whenever it is touched otherwise */
  static async of(page) {
    const keyboard = new Keyboard();
    keyboard.#page = page;
    await page.addInitScript(() => {
      const touched = () => {
        window.touched = true;
      };
      window.addEventListener("pointerdown", touched, { capture: true });
      window.addEventListener("mousedown", touched, { capture: true });
    });
    return keyboard;
  }

  /** Goes on by Tab until an element has the focus, and shows it. */
  async to(locator) {
    await locator.waitFor();
    const plain = await locator.evaluate(look);
    if (await locator.evaluate(hasFocus)) {
      return;
    }
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await this.press("Tab");
      if (await locator.evaluate(hasFocus)) {
        // It fades in.
        await until(async () => (await locator.evaluate(look)) !== plain, `the focus to be seen: ${locator}`);
        return;
      }
    }
    throw new Error(`Tab leads nowhere near ${locator}`);
  }

  /** Waits until an element has the focus by itself. */
  async isAt(locator) {
    await locator.waitFor();
    await until(() => locator.evaluate(hasFocus), `the focus at ${locator}`);
  }

  /** Goes to a field and writes over what is in it. */
  async write(locator, text) {
    await this.to(locator);
    await this.press("ControlOrMeta+A");
    await this.#page.keyboard.type(text);
  }

  /** Goes to something and chooses it. */
  async choose(locator) {
    await this.to(locator);
    await this.press("Enter");
  }

  /** Chooses from a list that opens below a field. */
  async pick(field, option) {
    await this.to(field);
    await this.press("ArrowDown");
    await option.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await option.evaluate((element) => element.hasAttribute("data-combobox-selected"))) {
        await this.press("Enter");
        return;
      }
      await this.press("ArrowDown");
    }
    throw new Error(`the arrow leads nowhere near ${option}`);
  }

  async press(key) {
    await this.#page.keyboard.press(key);
  }

  /** Asserts that all that was done was done by keys. */
  async wasAlone() {
    assert.ok(!(await this.#page.evaluate(() => window.touched)), "the mouse was not touched");
  }
}

function hasFocus(element) {
  return element.getRootNode().activeElement === element;
}

/** How it looks, with what it is framed by: of a field made of parts, the frame shows the focus. */
function look(element) {
  const looks = [];
  for (let part = element; part && looks.length < 3; part = part.parentElement) {
    const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow } = getComputedStyle(part);
    looks.push([outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow].join());
  }
  return looks.join();
}
