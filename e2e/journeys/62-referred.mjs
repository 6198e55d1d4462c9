import { answer, bringIn, press, send, signIn, waiting } from "../house/acts.mjs";
import { inDays, workingFrom } from "../house/days.mjs";

export const title = "the office lays a case before a leader, who decides on the phone and follows it until the answer comes back";

const MATTER = "建议二号公寓到教学楼的路上装挡雨的连廊";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 2 });
  const no = await bringIn(student, "suggestion", { title: MATTER, body: "下雨天一千多人走这段路，水没过鞋面。" });
  const own = `/cases/${no}`;

  // The office lays it before a leader, with a page that says what is proposed.
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: "/triage" });
  const card = await waiting(clerk, no);
  await card.locator("summary", { hasText: "呈报校领导" }).click();
  await card.locator('select[name="leader"]').selectOption("deputy-services");
  await card.locator('textarea[name="brief"]').fill("涉及排水和管线，建议基建处牵头测算，两周内给方案；后勤先清两侧雨水口。");
  await send(clerk, card, "呈报");
  await student.visit(own);
  await student.sees("已呈报分管后勤与安全的校领导");
  await student.step("1-laid-before-a-leader");

  // The leader decides on the phone: which unit, until when, and that it is to be watched.
  const leader = await people.person("leader", { allows: [422] });
  await signIn(leader, "校领导", { words: "分管后勤", next: "/leader" });
  await leader.sees(MATTER);
  await leader.step("2-waiting-on-the-phone");
  await leader.visit(`/leader/cases/${no}`);
  await leader.sees("拟办意见", "建议基建处牵头测算");
  await press(leader, "签批");
  await leader.sees("请写批示内容");
  await leader.step("3-nothing-written-yet");
  await leader.page.locator("#words").fill("同意。请基建处牵头，先做最窄的一段，方案先征求学生意见。");
  await leader.page.locator("#unit").selectOption("construction");
  await leader.page.locator("#until").fill(workingFrom(inDays(20)));
  await leader.page.getByText("列为重点督办").click();
  await leader.step("4-unit-day-and-mark");
  await press(leader, "签批");
  await leader.sees(MATTER, "重点督办", "基建处");
  await leader.step("5-instructions-running");
  await student.visit(own);
  await student.sees("基建处");
  await student.step("6-the-requester-sees-who-and-when");

  // The unit cannot send back what a leader gave it, tells how far it is, and the leader reads it and asks.
  const works = await people.person("works", { device: "desktop" });
  const desk = `/desk/construction/cases/${no}`;
  await signIn(works, "承办员", { words: "基建处", next: desk });
  await works.sees("先做最窄的一段");
  if ((await works.page.locator('a[href*="act=return"]').count()) > 0) throw new Error("what a leader gave can be sent back");
  await works.step("7-at-the-unit");
  await works.visit(`${desk}?act=progress`);
  await works.page.locator("#words").fill("已请设计院踏勘，下周一出三个方案。");
  await press(works, "发给反映人");
  await leader.visit("/leader/instructions");
  const line = leader.page.locator("li", { hasText: no });
  await line.getByText(/办理中|待签收/).waitFor();
  await line.getByRole("link", { name: MATTER }).click();
  await leader.sees("已请设计院踏勘");
  await leader.step("8-how-far-it-is");
  await leader.visit("/leader/instructions");
  await line.locator('input[name="reminder"]').fill("方案出来先给我看一眼。");
  await Promise.all([leader.page.waitForEvent("framenavigated"), line.getByRole("button", { name: "过问" }).click()]);
  await leader.page.waitForLoadState("load");
  await leader.page.locator("li", { hasText: no }).getByText("已提醒 1 次").waitFor();
  await works.visit(desk);
  await works.sees("方案出来先给我看一眼");

  // The answer comes back to the requester, and to the leader's list of what is done.
  await answer(works, desk, { words: "选定轻钢连廊，寒假施工，开学启用；图纸贴在二号公寓一楼，意见收到周五。", outcome: "partly" });
  await press(works, "答复并办结");
  await student.visit(own);
  await student.sees("选定轻钢连廊");
  await student.step("9-answered");
  await leader.visit("/leader/instructions");
  await leader.doesNotSee(no);
  await leader.page.getByRole("link", { name: /已答复/ }).first().click();
  await leader.sees(no);
  await leader.step("10-done");
}
