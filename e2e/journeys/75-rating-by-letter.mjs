import { answer, bringIn, dispatch, judge, press, signIn } from "../house/acts.mjs";

export const title = "the link in the letter about an answer: looking keeps nothing, sending keeps one judgement, and then it is used up";

const ADDRESS = "student@example.com";

export async function journey(people) {
  // The roster knows an address, and its owner wants letters at any hour.
  const student = await people.person("student", { device: "desktop" });
  await signIn(student, "学生和教职工", { nth: 0 });
  await student.visit("/settings");
  const [number, , department] = await student.page.locator("dl.facts dd").allInnerTexts();
  const name = (await student.page.locator("h2#who").innerText()).trim();
  const admin = await people.person("admin", { device: "desktop" });
  await signIn(admin, "系统管理", { next: "/admin/people/roster" });
  const table = `学工号,姓名,身份,单位,邮箱\n${number.trim()},${name},学生,${department.trim()},${ADDRESS}\n`;
  await admin.page.locator("#roster").setInputFiles({ name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await press(admin, "导入");
  await admin.sees("每一行都收下了");
  await student.visit("/settings/notices");
  await student.sees(`发到 ${ADDRESS}`);
  await student.page.locator("#quiet_from").selectOption({ index: 0 });
  await student.page.locator("#quiet_until").selectOption({ index: 0 });
  await student.step("1-letters-at-any-hour");
  await press(student, "保存");
  await student.sees("已保存");

  const no = await bringIn(student, "suggestion", { title: "自习室晚上多开一间", body: "考试周九点以后就没有座位了。" });
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: "/triage" });
  await dispatch(clerk, no, "teaching");
  const officer = await people.person("officer", { device: "desktop" });
  await signIn(officer, "承办员", { words: "教务处" });
  await answer(officer, `/desk/teaching/cases/${no}`, { words: "从今晚起教学楼 B 座 208、210 开到十一点，考试周结束。" });
  await press(officer, "答复并办结");

  // The letter says the number and the link, and nothing of what it is about.
  const letter = await people.post.letter(ADDRESS, "/follow-up/");
  if (!letter.body.includes(no)) throw new Error("the letter does not name the case");
  for (const secret of ["自习室", "208", name]) {
    if (letter.body.includes(secret)) throw new Error(`the letter says “${secret}”`);
  }
  const link = new URL(letter.body.match(/https?:\/\/\S+\/follow-up\/[^\s]+/)[0]);
  if (link.origin !== people.address) throw new Error(`the link leads to ${link.origin}`);

  // Looking, as mail programs do by themselves, keeps nothing; nobody is signed in.
  const reader = await people.person("reader", { scripts: false, allows: [410, 404] });
  for (let times = 0; times < 3; times += 1) await reader.visit(link.pathname);
  await reader.sees(no, "您的问题解决了吗");
  await reader.step("2-by-the-link");
  await student.visit(`/cases/${no}`);
  await student.sees("去评价");
  await reader.visit(`${link.pathname.slice(0, -1)}${link.pathname.endsWith("A") ? "B" : "A"}`, { status: 404 });
  await reader.visit(`/cases/${no}`);
  await reader.doesNotSee("自习室晚上多开一间");

  // Sending keeps it, once.
  await reader.visit(link.pathname);
  await judge(reader, { solved: "yes", satisfaction: "satisfied", words: "今晚就有位子了。" });
  await reader.step("3-judging");
  await press(reader, "提交评价");
  await reader.sees("评价已收到，谢谢您");
  await student.visit(`/cases/${no}`);
  await student.sees("已解决", "今晚就有位子了");
  await student.step("4-judged");
  await reader.visit(link.pathname, { status: 410 });
  await reader.sees("这个链接用过了，或者过期了");
  await reader.step("5-used-up");
}
