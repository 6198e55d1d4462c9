import { answer, bringIn, choose, press, send, signIn, waiting } from "../house/acts.mjs";

export const title = "one unit leads and two assist, each gives its opinion; the whistle calls a third; one combined answer goes out";

const MATTER = "公寓南边工地夜里十一点还在施工";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const no = await bringIn(student, "complaint", { title: MATTER, body: "上周三晚上开始的，噪音很大，整栋楼都睡不着。" });
  const own = `/cases/${no}`;

  // The office hands it on: the works lead, residences and security help.
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: "/triage" });
  const card = await waiting(clerk, no);
  await card.locator('select[name="unit"]').first().selectOption("construction");
  await card.locator("summary", { hasText: "协办单位" }).click();
  await card.locator('input[name="assisting"][value="residence"]').check();
  await card.locator('select[name="assisting"]').selectOption("security");
  await card.locator('input[name="transfer_reason"]').fill("请基建处牵头，公寓查受影响的楼层，保卫处夜里去看一次。");
  await clerk.step("1-one-leads-two-assist");
  await send(clerk, card, /^转办/);
  await clerk.visit(`/staff/cases/${no}`);
  await clerk.sees("协办");
  await clerk.step("2-handed-on");
  await student.visit(own);
  await student.sees("公寓管理中心", "保卫处");
  await student.step("3-the-requester-sees-who");

  // Each assisting unit has its own time, and cannot answer for the lead.
  const residence = await people.person("residence", { device: "desktop", allows: [422] });
  await signIn(residence, "承办员", { words: "公寓管理中心", next: "/desk/residence?view=assisting" });
  await residence.step("4-where-a-unit-assists");
  await residence.page.locator(`main a[href*="${no}"]`).filter({ visible: true }).first().click();
  await residence.sees("基建处牵头", /前给意见/);
  if ((await residence.page.getByRole("button", { name: "答复并办结" }).count()) > 0) throw new Error("a unit that assists may answer");
  await press(residence, "给出意见");
  await residence.sees("请写协办意见");
  await residence.page.locator("#words").fill("南面一到六层 74 间受影响，已逐间告知。");
  await residence.step("5-an-opinion");
  await press(residence, "给出意见");
  await residence.sees("已给意见");
  const security = await people.person("security", { scripts: false });
  await signIn(security, "承办员", { words: "保卫处", next: `/desk/security/cases/${no}` });
  await security.page.locator("#words").fill("昨晚二十二点四十分到场，浇筑还没有停，已责令停工并登记车牌。");
  await security.step("6-an-opinion-on-a-phone");
  await press(security, "给出意见");
  await security.sees("已给意见");

  // The lead blows the whistle: one more unit is needed.
  const lead = await people.person("lead", { device: "desktop" });
  const desk = `/desk/construction/cases/${no}`;
  await signIn(lead, "承办员", { words: "基建处", next: desk });
  await lead.sees("协办 2 个单位", "南面一到六层 74 间受影响", "已责令停工");
  await lead.step("7-both-opinions");
  await lead.visit(`${desk}?act=assistance`);
  await lead.page.locator('#helpers input[value="logistics"]').check();
  await lead.page.locator("#words").fill("请今晚二十二点起切断工地施工用电。");
  await lead.step("8-the-whistle");
  await press(lead, "吹哨");
  await lead.sees("协办 3 个单位");
  const logistics = await people.person("logistics");
  await signIn(logistics, "承办员", { words: "后勤管理处", next: `/desk/logistics/cases/${no}` });
  await logistics.sees("请今晚二十二点起切断工地施工用电", /前给意见/);
  await logistics.step("9-called");
  await logistics.page.locator("#words").fill("已装定时开关，二十二点自动断电。");
  await press(logistics, "给出意见");

  // One answer for all of them; the opinions stay inside.
  await answer(lead, desk, {
    words: "今天起二十二点到次日六点不施工，工地用电二十二点自动断开；再有夜间施工，请打保卫处 8110，当晚去停。",
  });
  await lead.step("10-the-combined-answer");
  await press(lead, "答复并办结");
  await student.visit(own);
  await student.sees("二十二点自动断开", "去评价");
  await student.doesNotSee("登记车牌", "74 间", "定时开关");
  await student.step("11-one-answer");
  await student.visit(`${own}/rating`);
  await choose(student, "solved", "yes");
  await choose(student, "satisfaction", "satisfied");
  await press(student, "提交评价");
  await student.sees("已解决");
}
