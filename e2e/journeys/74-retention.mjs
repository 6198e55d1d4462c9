import { press, signIn } from "../house/acts.mjs";

export const title = "what need not be kept: one person lists, may not confirm, another leaves one out and confirms; the page and those concerned are told";

export async function journey(people) {
  // The list of the demonstration waits for a second person; it is called off so that this journey has its own.
  const auditor = await people.person("auditor", { device: "desktop" });
  await signIn(auditor, "审计", { next: "/retention" });
  await auditor.sees("等另一人确认", "办完或作罢以后再列新的");
  await auditor.step("1-a-list-waits");
  await auditor.page.locator('main a[href^="/retention/"]').first().click();
  await press(auditor, "作罢，都留着");
  await auditor.sees("已作罢", /作罢，没有删去的都留着/);

  const admin = await people.person("admin", { device: "desktop", allows: [409] });
  await signIn(admin, "系统管理", { next: "/admin/limits/retention" });
  for (const [field, days] of [["contact-1", "40"], ["requester-1", "45"]]) await admin.page.locator(`#${field}`).fill(days);
  await press(admin, "保存");
  await admin.visit("/retention");
  await press(admin, "列出今天到期的");
  const path = new URL(admin.page.url()).pathname;
  if (!/^\/retention\/[0-9a-f-]{36}$/.test(path)) throw new Error(`the new list stands at ${path}`);
  await admin.sees("请另一位管理员或审计员打开这一页来确认", "与本人的关联");
  if ((await admin.page.getByRole("button", { name: /^确认/ }).count()) > 0) throw new Error("whoever made a list is offered to confirm it");
  await admin.step("2-made-and-not-to-be-confirmed-by-oneself");
  const refused = await admin.page.evaluate(async (to) => {
    const token = document.querySelector('form[action$="/call-off"] [name="_token"]').value;
    const sent = await fetch(to, { method: "POST", body: new URLSearchParams({ _token: token }) });
    return { status: sent.status, words: new DOMParser().parseFromString(await sent.text(), "text/html").querySelector("main").textContent };
  }, `${path}/confirm`);
  if (refused.status !== 409 || !refused.words.includes("清单是您列的")) throw new Error(`confirming one's own list answered ${refused.status}`);
  await admin.visit(path);
  await admin.sees("等另一人确认");

  await auditor.visit(path);
  const before = await listed(auditor);
  const row = auditor.page.locator("section[aria-labelledby='cases'] li").first();
  const kept = (await row.locator(".number").first().innerText()).trim();
  await row.locator("summary").click();
  await row.getByLabel("为什么留着").fill("申诉还没有办完。");
  await row.getByRole("button").click();
  await auditor.sees("另有 1 件这次留着", "申诉还没有办完。");
  if ((await listed(auditor)) !== before - 1) throw new Error("the case that is left out is still counted");
  await auditor.step("3-one-is-left-out");
  await Promise.all([auditor.page.waitForEvent("framenavigated"), auditor.page.getByRole("button", { name: /^确认/ }).click()]);
  await auditor.sees("已确认，到日子删", /确认，已告知本人/);
  if ((await auditor.page.getByRole("button", { name: /这次留着/ }).count()) > 0) throw new Error("a confirmed list still changes");
  await auditor.step("4-confirmed");
  await auditor.sees(kept);
  const phone = await people.person("auditor-on-a-phone", { look: "dark" });
  await signIn(phone, "审计", { next: path });
  await phone.sees("已确认，到日子删");
  await phone.step("5-on-a-phone");
  await admin.visit("/retention");
  await admin.sees("已确认，到日子删", "已作罢");

  // Those concerned are told: once of what they said by name, and once of what is sealed, which nothing joins to the rest.
  let told = 0;
  for (const nth of [0, 1, 2, 3]) {
    const student = await people.person(`student-${nth}`);
    await signIn(student, "学生和教职工", { nth, next: "/messages" });
    const found = await student.page.getByText(/保存期满不再保留/).count();
    if (found > 2) throw new Error("somebody is told of one list again and again");
    if (found > 0 && told === 0) await student.step("6-told");
    told += found;
    await student.page.close();
  }
  if (told === 0) throw new Error("none of four students is told what will be taken away");
}

/** How many cases the list speaks of. */
async function listed(person) {
  const totals = await person.page.locator("section[aria-labelledby='what'] li > b.number").allInnerTexts();
  return totals.reduce((sum, words) => sum + Number(words.match(/\d+/)[0]), 0);
}
