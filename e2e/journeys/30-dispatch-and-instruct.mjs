import { choose, findInList, numberOn, press, send, signIn, tell, waiting } from "../house/acts.mjs";

export const title = "the office dispatches, hands on, refers to a leader and declines; the leader instructs; supervision presses";

const NUMBER = /HY-\d{8}-\d{4}/;

export async function journey(people) {
  const student = await people.person("student");
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  await signIn(student, "学生和教职工", { nth: 2, next: "/say" });
  const direct = await say(student, "希望图书馆一楼多放几个插座");
  const handed = await say(student, "建议教学楼和公寓之间的路灯亮到零点");
  const referred = await say(student, "建议把体育馆周末开放到晚上十点");
  const declined = await say(student, "希望学校替我向房东要回押金");

  await signIn(clerk, "受理员", { next: "/triage" });
  await clerk.step("1-inbox");

  let card = await waiting(clerk, direct);
  await card.locator('select[name="unit"]').first().selectOption("library");
  await send(clerk, card, /^直接办理/);
  await clerk.sees(direct);
  await clerk.step("2-dispatched");

  card = await waiting(clerk, handed);
  await card.locator('select[name="unit"]').first().selectOption("logistics");
  await card.locator("summary", { hasText: "协办单位" }).click();
  await card.locator('select[name="assisting"]').selectOption("security");
  await card.locator('input[name="transfer_reason"]').fill("路灯由后勤改时间，保卫处配合巡查。");
  await clerk.step("3-handing-on");
  await send(clerk, card, /^转办/);
  await clerk.sees(handed);

  card = await waiting(clerk, referred);
  await card.locator("summary", { hasText: "呈报校领导" }).click();
  await card.locator('select[name="leader"]').selectOption("deputy-services");
  await card.locator('textarea[name="brief"]').fill("涉及场馆值班和安保，建议体育部牵头、保卫处配合，两周内试行。");
  await clerk.step("4-referring");
  await send(clerk, card, "呈报");
  await clerk.sees(referred);

  await clerk.visit(`/staff/cases/${declined}?open=declination`);
  await press(clerk, "不予受理");
  await clerk.sees("请选不予受理的理由");
  await clerk.step("5-declining-without-words");
  await clerk.page.locator("#ground").selectOption({ label: "不在学校职责范围" });
  await clerk.page.locator("#decline_words").fill("租房押金由您和房东约定，学校不能代为追讨；可以找校内法律援助站帮您写诉状，电话 8021。");
  await press(clerk, "不予受理");
  await clerk.visit(`/staff/cases/${declined}`);
  await clerk.sees("法律援助站");
  await clerk.step("6-declined");
  await student.visit(`/cases/${declined}`);
  await student.sees("法律援助站");
  await student.step("7-declined");

  const leader = await people.person("leader");
  await signIn(leader, "校领导", { words: "分管后勤", next: "/leader" });
  await leader.step("8-waiting");
  await leader.visit(`/leader/cases/${referred}`);
  await leader.sees("拟办意见", "建议体育部牵头");
  await leader.page.locator("#words").fill("同意。请体育部牵头，先试一个月，月底报效果。");
  await leader.page.locator("#unit").selectOption("sports");
  await leader.step("9-instructing");
  await press(leader, "签批");
  await leader.step("10-instructed");
  await student.visit(`/cases/${referred}`);
  await student.sees("体育部");
  await student.step("11-instructed");

  const supervisor = await people.person("supervisor", { device: "desktop" });
  await signIn(supervisor, "纪检督办", { next: "/supervision" });
  await supervisor.step("12-supervision");
  await press(supervisor, "催办");
  await supervisor.sees("已通知，记在办理过程里");
  await supervisor.page.getByRole("link", { name: "督办", exact: true }).first().click();
  await supervisor.page.locator("#level").selectOption({ index: 1 });
  await supervisor.page.locator("#demand").fill("请今天下班前说明为什么超期，明天中午前答复反映人。");
  await supervisor.step("13-pressing");
  await press(supervisor, "发督办单");
  await supervisor.step("14-pressed");

  const officer = await people.person("officer", { device: "desktop" });
  await signIn(officer, "承办员", { words: "图书馆", next: "/desk/library" });
  await findInList(officer, "/desk/library", "一楼多放几个插座");
  await officer.step("15-at-the-unit");
}

async function say(person, words) {
  await person.visit("/say/suggestion");
  await tell(person, { title: words });
  await press(person, "下一步");
  await choose(person, "identity", "open");
  await choose(person, "publish", "no");
  await choose(person, "no_phone", "yes");
  await press(person, "下一步");
  await press(person, "提交");
  return numberOn(person, NUMBER);
}
