// What people do in more than one journey, by the buttons they see.

import { photo } from "./photo.mjs";

/** Signs in as somebody of the demonstration's cast: the first under this heading whose line has these words. */
export async function signIn(person, heading, { words = "", nth = 0, next = "/settings" } = {}) {
  await person.visit(`/sign-in?next=${encodeURIComponent(next)}`);
  const group = person.page.locator("details.cast").filter({ has: person.page.locator("summary", { hasText: heading }) });
  if (!(await group.evaluate((details) => details.open))) await group.locator("summary").click();
  await group.locator("button.cast-person", { hasText: words }).nth(nth).click();
  await person.page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}

/** Presses the button with exactly these words and waits for the page that comes. */
export async function press(person, words) {
  await Promise.all([
    person.page.waitForEvent("framenavigated"),
    person.page.getByRole("button", { name: words, exact: true }).first().click(),
  ]);
  await person.page.waitForLoadState("load");
}

/** Ticks what a label says, where the box itself may be drawn by the label. */
export async function choose(person, name, value) {
  await person.page.locator(`input[name="${name}"][value="${value}"]`).first().check({ force: true });
}

/** The first step of bringing something in. */
export async function tell(person, { title, body = "", place = "", room = "", category = "", withPhoto = false }) {
  const { page } = person;
  await page.locator("#title").fill(title);
  if (body) await page.locator("#body").fill(body);
  if (place) await page.locator("#place").selectOption(place);
  if (room) await page.locator("#room").fill(room);
  if (category) await page.locator("#category").selectOption(category);
  if (withPhoto) {
    await page.locator("#photo").setInputFiles(photo());
    if (person.scripts) await page.locator(".photo-field .photos img").first().waitFor();
  }
}

/** Insists on a number on the receipt and comes back with it. */
export async function numberOn(person, pattern) {
  const words = await person.page.locator("main").innerText();
  const found = words.match(pattern);
  if (!found) throw new Error(`${person.page.url()} shows no ${pattern}`);
  return found[0];
}

/** Walks through a list page by page until it holds these words, and comes back with the link. */
export async function findInList(person, path, words) {
  await person.visit(path);
  for (let pages = 0; pages < 40; pages += 1) {
    const link = person.page.locator("main a:visible", { hasText: words }).first();
    if ((await link.count()) > 0) return link;
    const next = person.page.locator('main a[rel="next"]:visible').first();
    if ((await next.count()) === 0) break;
    await next.click();
    await person.page.waitForLoadState("load");
  }
  throw new Error(`${path} does not list “${words}”`);
}

/** An officer answers on the workbench of a case. */
export async function answer(person, path, { words, outcome = "solved", publicTitle = "", publicBody = "" }) {
  const { page } = person;
  await person.visit(path);
  if ((await page.getByRole("button", { name: "签收", exact: true }).count()) > 0) {
    await press(person, "签收");
    await person.visit(path);
  }
  await page.locator("#words").fill(words);
  await choose(person, "outcome", outcome);
  if (publicTitle) {
    await choose(person, "visibility", "public");
    const fold = page.locator('details.fold[data-opened-by="public"]');
    if (!(await fold.evaluate((details) => details.open))) await fold.locator("summary").click();
    await page.locator("#public_title").fill(publicTitle);
    await page.locator("#public_body").fill(publicBody);
  }
}

/** The requester judges the answer. */
export async function judge(person, { solved, satisfaction, words = "" }) {
  await choose(person, "solved", solved);
  await choose(person, "satisfaction", satisfaction);
  if (words) await person.page.locator("#words").fill(words);
}

/** The card of a case in the office's inbox, page by page. */
export async function waiting(person, no) {
  await person.visit("/triage");
  for (let pages = 0; pages < 20; pages += 1) {
    const card = person.page.locator("li.triage-case", { hasText: no });
    if ((await card.count()) > 0) return card;
    await person.page.getByRole("link", { name: "后面的件" }).click();
    await person.page.waitForLoadState("load");
  }
  throw new Error(`the inbox does not hold ${no}`);
}

/** Presses a button of one card and waits for the page that comes. */
export async function send(person, card, name) {
  const button = card.getByRole("button", { name, exact: typeof name === "string" });
  await Promise.all([person.page.waitForEvent("framenavigated"), button.click()]);
  await person.page.waitForLoadState("load");
}
