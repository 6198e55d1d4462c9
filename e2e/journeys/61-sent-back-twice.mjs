import { bringIn, dispatch, press, send, sendUnasked, signIn, waiting } from "../house/acts.mjs";

export const title = "two units send a case back; the second time it goes up to a leader, then one is appointed and cannot send it back";

const MATTER = "体育馆门口的共享单车堆得走不了路";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const no = await bringIn(student, "complaint", { title: MATTER, body: "每天早上八点前后，堵到台阶上。" });
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  await signIn(clerk, "受理员", { next: "/triage" });
  await dispatch(clerk, no, "sports");

  // Once, with a typed ground, reasons and a proposal; without them it is not taken.
  const sports = await people.person("sports", { device: "desktop", allows: [422] });
  await signIn(sports, "承办员", { words: "体育部", next: `/desk/sports/cases/${no}?act=return` });
  await press(sports, "退回协调部门");
  await sports.sees("请选退回的原因");
  await sendBack(sports, { ground: "not_our_duty", suggested: "security", reason: "车辆停放归保卫处管。" });
  await sports.step("1-sending-back");
  await press(sports, "退回协调部门");
  await sports.visit(`/desk/sports/cases/${no}`, { status: 404 });
  await student.visit(`/cases/${no}`);
  await student.sees("正在重新安排");
  await student.step("2-being-arranged-anew");
  const card = await waiting(clerk, no);
  await card.getByText("车辆停放归保卫处管").waitFor();
  await clerk.step("3-back-in-the-inbox");
  await card.locator('select[name="unit"]').first().selectOption("security");
  await send(clerk, card, /^直接办理/);

  // Twice: the page says beforehand where it goes, and it goes there.
  const security = await people.person("security", { device: "desktop", allows: [409] });
  const desk = `/desk/security/cases/${no}`;
  await signIn(security, "承办员", { words: "保卫处", next: `${desk}?act=return` });
  await sendBack(security, { ground: "another_should_lead", suggested: "logistics", reason: "投放点是后勤定的，请后勤牵头。" });
  await security.step("4-a-second-time");
  await press(security, "退回协调部门");
  const leader = await people.person("leader");
  await signIn(leader, "校领导", { words: "分管后勤", next: "/leader" });
  await leader.sees("退回：");
  await leader.step("5-with-the-leader");
  await clerk.visit(`/staff/cases/${no}?open=assignment`);
  await clerk.sees("投放点是后勤定的");
  await clerk.step("6-went-up");

  // The office appoints one, with its reasons; that one is offered no way back and finds none.
  await clerk.page.locator("#assignment select[name=unit]").selectOption("security");
  await clerk.page.getByText("指定承办，单位不能退回", { exact: true }).first().click();
  await clerk.page.locator("#assignment input[name=forced]").check();
  await press(clerk, "派给这个单位");
  await clerk.sees("理由");
  await clerk.step("7-appointing-without-reasons");
  await clerk.page.locator("#assignment_reason").fill("已同分管校领导商定，由保卫处牵头，后勤配合。");
  await press(clerk, "派给这个单位");
  await security.visit(desk);
  await security.sees("指定承办");
  if ((await security.page.locator('a[href*="act=return"]').count()) > 0) throw new Error("the appointed unit is offered to send it back");
  await security.step("8-appointed");
  const answered = await sendUnasked(security, `${desk}/return`, { ground: "unclear", reason: "还是不归我们。" });
  if (answered.status !== 409) throw new Error(`sending back what was appointed answered ${answered.status}`);
  if (!answered.words.includes("指定承办，不能退回")) throw new Error("the refusal does not say why");
  if (!answered.words.includes("首接负责")) throw new Error("the refusal does not name its clause");
  await student.visit(`/cases/${no}`);
  await student.sees("保卫处");
  await student.step("9-with-one-unit");
}

async function sendBack(officer, { ground, suggested, reason }) {
  await officer.page.locator("#ground").selectOption(ground);
  await officer.page.locator("#suggested").selectOption(suggested);
  await officer.page.locator("#reason").fill(reason);
}
