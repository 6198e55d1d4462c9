// The people of a journey: each has a browser of their own, watched for everything that must not happen.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { lookWithAxe } from "./axe.mjs";

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  small: { viewport: { width: 320, height: 568 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
  wide: { viewport: { width: 1500, height: 900 } },
};

// A list of a whole term is cut off here: a picture of all of it takes a browser longer than a person would wait.
const TALLEST_PX = 6000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The one browser that all journeys share. */
export async function openBrowser() {
  const program = process.env.HUIYIN_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(program)) throw new Error(`${program} is missing: apt-get install chromium, or set HUIYIN_CHROMIUM`);
  return chromium.launch({ executablePath: program, args: FLAGS });
}

/** Everybody who takes part in one journey. */
export class People {
  constructor({ browser, address, post, folder }) {
    this.browser = browser;
    this.address = address;
    this.post = post;
    this.folder = folder;
    this.everybody = [];
    this.pictures = 0;
  }

  /**
   * Somebody with a device. `scripts: false` turns JavaScript off, `look` is light or dark,
   * `allows` lists answers of 400 and more that belong to this journey.
   */
  async person(name, { device = "phone", scripts = true, look = "light", allows = [] } = {}) {
    const context = await this.browser.newContext({
      ...DEVICES[device],
      baseURL: this.address,
      javaScriptEnabled: scripts,
      colorScheme: look,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(20_000);
    const person = new Person({ people: this, name, scripts, page: await context.newPage(), allows: new Set(allows) });
    this.everybody.push(person);
    return person;
  }

  /** What went wrong that nobody asked about. */
  get problems() {
    return this.everybody.flatMap((person) => person.problems.map((words) => `${person.name}: ${words}`));
  }

  /** What everybody saw last, for a failed journey. */
  async lastPictures() {
    for (const person of this.everybody) await person.shot(`failed-${person.name}`).catch(() => {});
  }

  /** Closes every browser window of this journey. */
  async leave() {
    for (const person of this.everybody) await person.page.context().close();
  }
}

class Person {
  constructor({ people, name, scripts, page, allows }) {
    Object.assign(this, { people, name, scripts, page, allows, problems: [] });
    page.on("pageerror", (problem) => this.problems.push(`a script broke: ${problem.message}`));
    page.on("console", (message) => {
      // A refused answer is judged by its status below; everything else a page complains about is a defect,
      // the content policy's refusals among them.
      const isAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isAnswer) this.problems.push(`${page.url()} complains: ${message.text()}`);
    });
    page.on("response", (answer) => {
      if (answer.status() >= 400 && !this.allows.has(answer.status())) {
        this.problems.push(`${answer.request().method()} ${answer.url()} answered ${answer.status()}`);
      }
    });
    page.on("request", (request) => {
      const isOurs = [people.address, "data:", "blob:", "about:"].some((start) => request.url().startsWith(start));
      if (!isOurs) this.problems.push(`asked somebody else: ${request.url()}`);
    });
  }

  /** Opens a page and insists on its status. */
  async visit(path, { status = 200 } = {}) {
    if (status >= 400) this.allows.add(status);
    const answer = await this.page.goto(path);
    if (answer?.status() !== status) throw new Error(`${path} answered ${answer?.status()}, not ${status}`);
    return answer;
  }

  /** Insists that the page says these words somewhere a person sees them. */
  async sees(...words) {
    for (const word of words) await this.page.getByText(word).filter({ visible: true }).first().waitFor();
  }

  /** Insists that the page does not say these words. */
  async doesNotSee(...words) {
    const text = await this.page.locator("body").innerText();
    for (const word of words) if (text.includes(word)) throw new Error(`${this.page.url()} says “${word}”`);
  }

  /** Keeps a picture of the whole page under target/e2e/. */
  async shot(name, { whole = true } = {}) {
    await mkdir(this.people.folder, { recursive: true });
    this.people.pictures += 1;
    const number = String(this.people.pictures).padStart(2, "0");
    // A window as tall as the page: bars at the bottom then lie below the page, as at the end of scrolling.
    const window = this.page.viewportSize();
    const page = await this.page.evaluate(() => document.documentElement.scrollHeight);
    const height = whole ? Math.min(page, TALLEST_PX) : window.height;
    if (height > window.height) await this.page.setViewportSize({ ...window, height });
    await this.page.screenshot({ path: join(this.people.folder, `${number}-${name}.png`) });
    if (height > window.height) await this.page.setViewportSize(window);
  }

  /** Insists that nothing sticks out to the side. */
  async fits() {
    // A phone zooms out until all of a page that is too wide is in its window: what counts is the width of the device.
    const outer = this.page.viewportSize().width;
    const inner = await this.page.evaluate(() => document.documentElement.scrollWidth);
    if (inner > outer) throw new Error(`${this.page.url()} is ${inner} px wide in a window of ${outer}`);
  }

  /** One step of a journey: nothing sticks out, axe finds nothing, a picture is kept. Axe itself needs scripts. */
  async step(name) {
    await this.fits();
    if (this.scripts) await this.axe();
    await this.shot(`${this.name}-${name}`);
  }

  /** Insists that axe finds nothing against WCAG 2.2 AA. */
  async axe() {
    if (!this.scripts) throw new Error("axe needs scripts: send a person with scripts to the same page");
    await lookWithAxe(this.page);
  }
}
