// A walk past every main page of the school, as everybody who has a desk there.

import { choose, press, signIn, tell } from "./acts.mjs";

const CAST = {
  student: { heading: "学生和教职工" },
  officer: { heading: "承办员", words: "后勤管理处" },
  clerk: { heading: "受理员" },
  supervisor: { heading: "纪检督办" },
  leader: { heading: "校领导", words: "分管后勤" },
  auditor: { heading: "审计" },
  publisher: { heading: "公开审核" },
  volunteer: { heading: "服务队队员" },
  admin: { heading: "系统管理" },
};

const PAGES = {
  anyone: [
    ["home", "/"],
    ["public", "/public"],
    ["public-case", { from: "/public", link: 'main a[href^="/public/HY-"]' }],
    ["board", "/board"],
    ["months", "/monthly"],
    ["promise", "/promise"],
    ["search", "/search?q=灯"],
    ["search-in-vain", "/search?q=海豚与灯塔"],
    ["receipt", "/receipt"],
    ["sign-in", "/sign-in"],
    ["kinds", "/say"],
    ["not-found", "/nowhere", 404],
    ["components", "/_design"],
    ["components-step", "/_design?layout=step"],
    ["components-staff", "/_design?layout=staff"],
    ["components-paper", "/_design?layout=paper"],
  ],
  student: [
    ["home-signed-in", "/"],
    ["my-cases", "/cases"],
    ["my-case", { from: "/cases?tab=all", link: 'main a.item[href^="/cases/HY-"], main a.item-title[href^="/cases/HY-"]' }],
    ["messages", "/messages"],
    ["settings", "/settings"],
    ["not-for-students", "/say/inquiry?via=staff-consultation", 403],
    ["forbidden", "/admin", 403],
  ],
  officer: [
    ["queue", "/desk/logistics"],
    ["workbench", { from: "/desk/logistics", link: 'main a[href*="/cases/HY-"]' }],
    ["workbench-return", { from: "/desk/logistics", link: 'main a[href*="/cases/HY-"]', with: "act=return" }],
    ["orders", "/desk/logistics/field"],
    ["order", { from: "/desk/logistics/field", link: 'main a[href*="/field/HY-"]' }],
    ["consultation", "/say/inquiry?via=staff-consultation"],
    ["proposal", "/say/suggestion?via=congress"],
    ["done", "/desk/logistics/done"],
    ["figures", "/desk/logistics/figures"],
    ["desk-search", "/desk/logistics/search?q=灯"],
    ["register", "/register"],
    ["unit-ledger", "/ledger/term"],
  ],
  clerk: [
    ["triage", "/triage"],
    ["dossier", { from: "/triage", link: 'main a[href^="/staff/cases/HY-"]' }],
    ["dossier-supervising", { from: "/supervision", link: 'main a[href*="open=supervision"]' }],
    ["supervision", "/supervision"],
    ["follow-ups", "/follow-ups"],
    ["follow-up", { from: "/follow-ups?show=online", link: 'main a[href^="/follow-ups/HY-"]' }],
    ["ledger", "/ledger/term"],
    ["warnings", "/staff/warnings"],
    ["topic", { from: "/staff/warnings", link: 'main a[href^="/staff/topics/"]' }],
    ["forecast", "/staff/forecast"],
    ["tasks", "/staff/tasks"],
    ["task-new", "/staff/tasks/new"],
    ["monthly", "/staff/monthly"],
    ["monthly-new", "/staff/monthly/new"],
  ],
  supervisor: [["supervision-of-the-supervisor", "/supervision"]],
  leader: [
    ["leader", "/leader"],
    ["leader-case", { from: "/leader", link: 'main a[href^="/leader/cases/HY-"]' }],
    ["instructions", "/leader/instructions"],
    ["leader-data", "/leader/data"],
  ],
  auditor: [
    ["audit", "/audit"],
    ["retention", "/retention"],
    ["retention-list", { from: "/retention", link: 'main a[href^="/retention/"]' }],
    ["auditor-ledger", "/ledger/term"],
  ],
  publisher: [["publishing", "/publishing"]],
  volunteer: [
    ["squad", "/squad"],
    ["squad-order", { from: "/squad", link: 'main a[href^="/squad/HY-"]' }],
  ],
  admin: [
    ["kept", "/admin/limits/retention"],
    ["admin", "/admin"],
    ["admin-school", "/admin/school"],
    ["admin-units", "/admin/units"],
    ["admin-unit", "/admin/units/logistics"],
    ["admin-unit-new", "/admin/units/new"],
    ["admin-people", "/admin/people"],
    ["admin-person", { from: "/admin/people?q=后勤管理处", link: 'main a.item-title[href^="/admin/people/"]' }],
    ["admin-person-new", "/admin/people/new"],
    ["admin-roster", "/admin/people/roster"],
    ["admin-people-changes", "/admin/people/changes"],
    ["admin-squads", "/admin/squads"],
    ["admin-squad", "/admin/squads/emergency-repair"],
    ["admin-squad-new", "/admin/squads/new"],
    ["admin-channels", "/admin/channels"],
    ["admin-channel", "/admin/channels/congress"],
    ["admin-categories", "/admin/categories"],
    ["admin-category", "/admin/categories/repairs"],
    ["admin-limits", "/admin/limits"],
    ["admin-limit", "/admin/limits/first-reply"],
    ["admin-terms", "/admin/limits/terms"],
    ["admin-hours", "/admin/limits/hours"],
    ["admin-early", "/admin/limits/early"],
    ["admin-places", "/admin/places"],
  ],
};

/**
 * Walks past all of it with one device in one light, and stops at each page for `look(person, name)`.
 * What is wrong with a page is told at the end, together with what is wrong with the others.
 */
export async function tour(people, device, light, look = (person, name) => person.step(name)) {
  const troubles = [];
  const stop = (person, name) =>
    look(person, name).catch((trouble) => troubles.push(`${name} as ${person.name}: ${trouble.message}`));
  for (const [role, pages] of Object.entries(PAGES)) {
    const person = await people.person(role, { device, look: light });
    if (CAST[role]) await signIn(person, CAST[role].heading, CAST[role]);
    for (const [name, where, status] of pages) {
      await person.visit(await addressOf(person, where), { status });
      await stop(person, name);
    }
    if (role === "student") await saySomething(person, stop);
    await person.page.close();
  }
  if (troubles.length > 0) throw new Error(troubles.join("\n"));
}

/** A plain path, or where the first link of a list leads. */
async function addressOf(person, where) {
  if (typeof where === "string") return where;
  await person.visit(where.from);
  const link = person.page.locator(where.link).filter({ visible: true }).first();
  if ((await link.count()) === 0) throw new Error(`${where.from} holds nothing to open`);
  const href = await link.getAttribute("href");
  return where.with ? `${href}${href.includes("?") ? "&" : "?"}${where.with}` : href;
}

/** The three steps, once with nothing written, then to the receipt and the page of the case. */
async function saySomething(person, stop) {
  const { page } = person;
  const onwards = () => Promise.all([page.waitForEvent("framenavigated"), page.getByRole("button", { name: "下一步" }).last().click()]);
  person.allows.add(422);
  await person.visit("/say/repair");
  await stop(person, "step-1");
  await onwards();
  await stop(person, "step-1-nothing-written");
  await tell(person, {
    title: "教学楼走廊的灯一闪一闪",
    body: "晚自习下课最明显，已经三天了。",
    place: "teaching-a",
    room: "二楼走廊",
    withPhoto: true,
  });
  await onwards();
  await stop(person, "step-2");
  await onwards();
  await stop(person, "step-2-no-telephone");
  await choose(person, "no_phone", "yes");
  await onwards();
  await stop(person, "step-3");
  await press(person, "提交");
  await stop(person, "handed-in");
  const way = await page.getByRole("link", { name: "查看进度" }).getAttribute("href");
  await person.visit(way);
  await stop(person, "fresh-case");
  await person.visit(`${way}/supplement`);
  await stop(person, "supplement");
  await person.visit(`${way}/withdrawal`);
  await stop(person, "withdrawal");
}
