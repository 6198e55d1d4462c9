import { press, signIn } from "../house/acts.mjs";

export const title = "many speak of the same: the office is warned, asks the unit to act, the unit reports, the office confirms; a month's topic is made of it and shown to everybody";

export async function journey(people) {
  const clerk = await people.person("clerk", { device: "desktop", allows: [422, 409] });
  await signIn(clerk, "受理员", { next: "/staff/warnings" });
  await clerk.sees("热点预警", "什么时候提醒");
  // Topics are followed in the background from the start of the demonstration.
  for (let tries = 0; tries < 30 && (await clerk.page.locator('a[href^="/staff/topics/"]').count()) === 0; tries += 1) {
    await clerk.page.waitForTimeout(1000);
    await clerk.visit("/staff/warnings");
  }
  await clerk.sees("预警", /近 7 天/);
  await clerk.step("1-warned");
  const topic = clerk.page.locator("li", { hasText: "水房" }).filter({ has: clerk.page.locator('a[href^="/staff/topics/"]') }).first();
  await topic.locator("a").first().click();
  await clerk.sees("多少人说到", "什么时候发现的", "说到的件", "整理这个话题");
  await clerk.step("2-the-topic");

  await clerk.page.getByRole("link", { name: "发未诉先办单" }).click();
  await press(clerk, "发给单位");
  await clerk.sees("请选由哪个单位去办", "请用一句话写明办什么");
  await clerk.step("3-what-is-missing-is-named");
  await clerk.page.locator("#unit").selectOption({ label: "后勤管理处" });
  await clerk.page.locator("#what").fill("检修三号公寓水房的开水器");
  await clerk.page.locator("#plan").fill("请厂家带配件来，先停东侧一台。");
  await press(clerk, "发给单位");
  await clerk.sees("检修三号公寓水房的开水器", "办理中", "办完以后再比");
  const path = new URL(clerk.page.url()).pathname;
  if (!/^\/staff\/tasks\/[0-9a-f-]{36}$/.test(path)) throw new Error(`the new task stands at ${path}`);
  await clerk.step("4-the-task");

  const officer = await people.person("officer", { look: "dark" });
  await signIn(officer, "承办员", { words: "后勤管理处", next: "/staff/tasks" });
  await officer.sees("检修三号公寓水房的开水器", "在办 1");
  await officer.step("5-on-the-desk");
  await officer.visit(path);
  await officer.page.locator("#progress").fill("厂家下午到。");
  await press(officer, "报告进展");
  await officer.sees("报告进展", "厂家下午到。");
  await officer.page.locator("#done").fill("换了加热管，两台都有开水。");
  await press(officer, "办完了，请确认");
  await officer.sees("等协调部门确认");
  await officer.step("6-reported");

  await clerk.visit(path);
  await press(clerk, "确认办好");
  await clerk.sees("已办好", "确认办好", "换了加热管，两台都有开水。");
  await clerk.step("7-confirmed");

  await clerk.visit("/staff/monthly/new");
  await clerk.page.locator("#title").fill("让水房都有开水");
  await clerk.page.locator("#topic").selectOption({ index: 1 });
  await clerk.page.locator("#unit").selectOption({ label: "后勤管理处" });
  await clerk.page.locator("#plan").fill("十二栋公寓的开水器逐台检修一遍。");
  await press(clerk, "定下来");
  await clerk.page.locator("#public-words").fill("这个月把公寓开水器检修一遍。");
  await press(clerk, "公开");
  await clerk.sees("已公开", "撤下公开");
  await clerk.step("8-the-topic-of-the-month");
  const anyone = await people.person("anyone");
  await anyone.visit("/monthly");
  await anyone.page.getByRole("link", { name: "让水房都有开水" }).click();
  await anyone.sees("这个月把公寓开水器检修一遍。", "后勤管理处牵头", "有没有用");
  await anyone.step("9-everybody-reads-it");

  const leader = await people.person("leader", { device: "desktop", look: "dark" });
  await signIn(leader, "校领导", { words: "分管后勤", next: "/leader/data" });
  await leader.sees("单位和类型", "说得最多", "哪里说得多", "校外来件");
  await leader.step("10-the-leader-s-figures");
}
