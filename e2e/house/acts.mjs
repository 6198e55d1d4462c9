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

/** Brings something in with one's name, not to be published, and comes back with its number. */
export async function bringIn(person, kind, matter) {
  await person.visit(`/say/${kind}`);
  await tell(person, matter);
  await press(person, "下一步");
  await choose(person, "identity", "open");
  if ((await person.page.locator('input[name="publish"]').count()) > 0) await choose(person, "publish", "no");
  await choose(person, "no_phone", "yes");
  await press(person, "下一步");
  await press(person, "提交");
  return numberOn(person, /HY-\d{8}-\d{4}/);
}

/** The office gives a case to a unit, by the card in its inbox. */
export async function dispatch(clerk, no, unit) {
  const card = await waiting(clerk, no);
  await card.locator('select[name="unit"]').first().selectOption(unit);
  await send(clerk, card, /^直接办理/);
  await clerk.sees(no);
}

/** Sends what the open page does not offer, as somebody might who knows the address; comes back with status and words. */
export async function sendUnasked(person, address, fields) {
  return person.page.evaluate(
    async ([to, typed]) => {
      const form = document.querySelector('main form[method="post"]');
      const carried = ["_token", "seen"].map((name) => [name, form.elements[name].value]);
      const answer = await fetch(to, { method: "POST", body: new URLSearchParams([...carried, ...typed]) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return { status: answer.status, words: page.querySelector("main").textContent };
    },
    [address, Object.entries(fields)],
  );
}
