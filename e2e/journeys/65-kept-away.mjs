import { answer, bringIn, choose, findInList, numberOn, press, send, signIn, tell, waiting } from "../house/acts.mjs";

export const title = "the unit complained of is kept away: whoever works there searches everywhere and finds nothing, and the case is answered by another";

const MATTER = "保卫处夜班值守的人收了钱才放外卖车进门";
const OTHER = "东门岗亭旁的减速带松了";

export async function journey(people) {
  await namedByTheRequester(people);
  await keptAwayByTheOffice(people);
}

/** Without scripts: the requester says whom it is about before anybody has seen it. */
async function namedByTheRequester(people) {
  const officer = await people.person("officer", { device: "desktop" });
  await signIn(officer, "承办员", { words: "保卫处", next: "/desk/security" });
  const before = await countsOf(officer);
  const unread = await unreadOf(officer);

  const student = await people.person("student", { scripts: false });
  await signIn(student, "学生和教职工", { nth: 3, next: "/say/complaint" });
  await tell(student, { title: MATTER, body: "上周四、周五夜里十一点，南门，每车二十元。", place: "south-gate" });
  await student.page.locator("summary", { hasText: "不想让某个单位看到这件" }).click();
  await student.page.locator("#about").selectOption("security");
  await student.step("1-whom-it-is-about");
  await press(student, "下一步");
  await choose(student, "identity", "sealed");
  await choose(student, "no_phone", "yes");
  await press(student, "下一步");
  await student.sees("保卫处");
  await student.step("2-said-once-more");
  await press(student, "提交");
  // No gap in the serials of the day tells the unit of it.
  const no = await numberOn(student, /HY-[0-9A-Z]{8}\b/);

  // The office cannot give it to them, not even by mistake.
  const clerk = await people.person("clerk", { device: "desktop", allows: [409] });
  await signIn(clerk, "受理员", { next: "/triage" });
  const card = await waiting(clerk, no);
  const choices = await card.locator('select[name="unit"] option').evaluateAll((all) => all.map((option) => option.value));
  await card.locator('select[name="unit"]').first().selectOption("discipline");
  await clerk.step("3-at-the-office");
  if (choices.includes("security")) throw new Error("the unit complained of can be chosen");
  await send(clerk, card, /^直接办理/);

  await findsNothing(officer, no, MATTER);
  if ((await countsOf(officer)) !== before) throw new Error("a count of the unit complained of has moved");
  if ((await unreadOf(officer)) !== unread) throw new Error("the unit complained of was told something");
  await officer.visit(`/desk/security/search?q=${no}`);
  await officer.sees("没有符合条件的件");
  await officer.step("4-search-finds-nothing");
  await officer.visit(`/desk/security/cases/${no}`, { status: 404 });
  await officer.step("5-as-if-it-did-not-exist");
  const head = await people.person("head");
  await signIn(head, "单位负责人", { words: "保卫处" });
  await findsNothing(head, no, MATTER);
  const incharge = await people.person("leader-in-charge");
  await signIn(incharge, "校领导", { words: "分管后勤" });
  for (const path of [`/staff/cases/${no}`, `/leader/cases/${no}`]) await incharge.visit(path, { status: 404 });
  await incharge.visit("/leader");
  await incharge.doesNotSee(MATTER);

  const discipline = await people.person("discipline", { device: "desktop" });
  await signIn(discipline, "承办员", { words: "纪检监察机构", next: `/desk/discipline/cases/${no}` });
  await discipline.step("6-with-another-unit");
  await answer(discipline, `/desk/discipline/cases/${no}`, { words: "两晚的录像和收款记录已调取，人已停岗，钱已退还；处理结果月底前告诉您。" });
  await press(discipline, "答复并办结");
  await findsNothing(officer, no, MATTER);
  await student.visit(`/cases/${no}`);
  await student.sees("已请保卫处回避", "人已停岗");
  await student.step("7-answered");
}

/** The office learns it while the unit already has the case. */
async function keptAwayByTheOffice(people) {
  const student = await people.person("student-later");
  await signIn(student, "学生和教职工", { nth: 2 });
  const no = await bringIn(student, "complaint", { title: OTHER, body: "压上去整块弹起来，昨晚有人摔了。", place: "east-gate" });
  const clerk = await people.person("clerk-later", { device: "desktop", allows: [422] });
  await signIn(clerk, "受理员", { next: "/triage" });
  const card = await waiting(clerk, no);
  await card.locator('select[name="unit"]').first().selectOption("security");
  await send(clerk, card, /^直接办理/);
  const officer = await people.person("officer-later", { device: "desktop" });
  await signIn(officer, "承办员", { words: "保卫处", next: "/desk/security" });
  await findInList(officer, "/desk/security", OTHER);
  await officer.visit(`/desk/security/cases/${no}`);

  await clerk.visit(`/staff/cases/${no}?open=recusal`);
  await press(clerk, "请它回避");
  await clerk.sees("请选要回避的单位");
  await clerk.page.locator('#recused input[value="security"]').check();
  await clerk.page.locator("#recusal_reason").fill("反映人来电说，是岗亭自己拆的螺栓。");
  await clerk.step("8-kept-away-by-the-office");
  await press(clerk, "请它回避");
  await clerk.visit(`/staff/cases/${no}`);
  await clerk.sees("请保卫处回避");
  await clerk.step("9-taken-back");
  await findsNothing(officer, no, OTHER);
  await student.visit(`/cases/${no}`);
  await student.sees("请保卫处回避");
  await student.doesNotSee("反映人来电说");
  await student.step("10-the-requester-sees-it");
}

/** Number, title, lists, messages, addresses: nothing anywhere tells that the case exists. */
async function findsNothing(person, no, matter) {
  const typed = [no, matter.slice(0, 8)].map(encodeURIComponent);
  const lists = ["", "?view=unsigned", "?view=unanswered", "?view=assisting", "/done", "/shelved", "/days"];
  const pages = [
    ...typed.flatMap((words) => [`/desk/security/search?q=${words}`, `/search?q=${words}`]),
    ...lists.map((list) => `/desk/security${list}`),
    "/messages",
  ];
  for (const path of pages) {
    const words = await (await person.page.request.get(path)).text();
    // What was typed comes back in the box; a case would come with a way to it, or with the whole title.
    if (words.includes(`/${no}`) || words.includes(matter)) throw new Error(`${path} tells ${person.name} of ${no}`);
  }
  const addresses = [`/staff/cases/${no}`, `/staff/cases/${no}/archive.zip`, `/public/${no}`, `/cases/${no}`, `/desk/security/cases/${no}`];
  for (const path of addresses) {
    const answer = await person.page.request.get(path);
    if (answer.status() !== 404) throw new Error(`${path} answered ${answer.status()}, not 404`);
  }
}

/** The tabs of the desk with their counts. */
async function countsOf(officer) {
  await officer.visit("/desk/security");
  return officer.page.getByRole("navigation", { name: "办理环节" }).innerText();
}

async function unreadOf(officer) {
  return officer.page.locator('a[href="/messages"].icon-button').first().getAttribute("aria-label");
}
