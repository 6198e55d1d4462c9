import { bringIn, choose, press, signIn } from "../house/acts.mjs";
import { photo } from "../house/photo.mjs";

export const title = "a squad takes a simple repair from its unit, sees no name, hands it back done, and the unit answers";

const MATTER = "五号公寓三层晾衣架松了两根";
const SQUAD = "应急维修服务队";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 2 });
  await student.visit("/settings");
  const name = (await student.page.locator("h2#who").innerText()).trim();
  const no = await bringIn(student, "repair", { title: MATTER, body: "挂厚衣服会转。", place: "residence-5", room: "三层晾衣房", category: "repairs" });

  const officer = await people.person("officer");
  const desk = `/desk/logistics/field/${no}`;
  await signIn(officer, "承办员", { words: "后勤", next: desk });
  await officer.page.locator("summary", { hasText: "交给服务队" }).click();
  await officer.page.locator("#squad").selectOption({ label: SQUAD });
  await officer.page.locator("#squad_words").fill("带内六角扳手，两根都紧一遍。");
  await officer.step("1-handing-it-over");
  await press(officer, "交给服务队");
  await officer.sees("已交给服务队，队员收到通知");

  const volunteer = await people.person("volunteer", { allows: [404, 422] });
  await signIn(volunteer, "服务队队员", { next: "/squad" });
  await volunteer.sees(MATTER, "三层晾衣房");
  await volunteer.step("2-the-squads-list");
  const here = `/squad/${no}`;
  await volunteer.visit(here);
  await volunteer.sees("挂厚衣服会转", "带内六角扳手", "这里不显示反映人");
  await volunteer.doesNotSee(name);
  await volunteer.step("3-the-order");
  await press(volunteer, "到场");
  await volunteer.sees("到场已记下", "再次到场");
  await volunteer.page.locator("summary", { hasText: "拍照" }).click();
  await choose(volunteer, "moment", "after");
  await volunteer.page.locator("#files").setInputFiles(photo("晾衣架.png"));
  await volunteer.page.locator(".photos img").last().waitFor();
  await press(volunteer, "传照片");
  await volunteer.sees("照片已存下");
  await volunteer.page.locator("summary", { hasText: "办完了，报给单位" }).click();
  await choose(volunteer, "is_done", "yes");
  await press(volunteer, "报给单位");
  await volunteer.sees("请写做了什么，或为什么办不了");
  await volunteer.page.locator("#words").fill("两根都紧了，另外两根也顺手看过。");
  await volunteer.step("4-reporting");
  await press(volunteer, "报给单位");
  await volunteer.sees("已报给承办单位，谢谢");

  // The unit looks and answers; the requester hears of the squad and reads the answer of the unit.
  await officer.visit(desk);
  await officer.sees("已报修好，请确认后答复", "两根都紧了");
  await officer.step("5-the-unit-looks");
  await student.visit(`/cases/${no}`);
  await student.sees(`请${SQUAD}到现场办理`);
  await student.doesNotSee("两根都紧了");
  await officer.page.locator("summary", { hasText: "修好了" }).click();
  await officer.page.locator("form[action$='/done'] #words").fill("服务队今天紧好了，我们去看过，挂厚衣服也不转了。");
  await press(officer, "修好了，发给反映人");
  await student.visit(`/cases/${no}`);
  await student.sees("挂厚衣服也不转了", "去评价");
  await student.step("6-answered-by-the-unit");
  await volunteer.visit(here, { status: 404 });
  await volunteer.visit("/squad");
  await volunteer.doesNotSee(MATTER);

  // A work that a squad cannot do goes back, and the squad no longer sees it.
  const second = await bringIn(student, "repair", { title: "五号公寓三层总开关罩子掉了", place: "residence-5", room: "三层", category: "repairs" });
  await officer.visit(`/desk/logistics/field/${second}`);
  await officer.page.locator("summary", { hasText: "交给服务队" }).click();
  await press(officer, "交给服务队");
  await volunteer.visit(`/squad/${second}`);
  await volunteer.page.locator("summary", { hasText: "办完了，报给单位" }).click();
  await choose(volunteer, "is_done", "no");
  await volunteer.page.locator("#words").fill("里面有裸线，我们不能动。");
  await press(volunteer, "报给单位");
  await volunteer.visit(`/squad/${second}`, { status: 404 });
  await officer.visit(`/desk/logistics/field/${second}`);
  await officer.sees("里面有裸线");
  await officer.step("7-given-back");
}
