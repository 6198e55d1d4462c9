import { choose, press, signIn, tell } from "../house/acts.mjs";

export const title = "a unit clears its desk: several cases are ticked and given away at once, with and without scripts";

const DESK = "/desk/logistics";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 3, next: "/say" });
  for (const floor of ["一", "二", "三", "四"]) await report(student, `${floor}楼水房的水龙头一直滴水`);

  const officer = await people.person("officer", { device: "desktop", allows: [422] });
  await signIn(officer, "承办员", { words: "后勤", next: DESK });
  await officer.visit(`${DESK}?view=unsigned`);
  await officer.page.getByLabel("全选本页").first().check();
  await officer.sees(/已选 \d+ 件/);
  await officer.step("1-all-ticked");
  await officer.page.getByLabel("全选本页").first().uncheck();
  for (const nth of [0, 1]) await officer.page.locator('tbody input[name="case"]').nth(nth).check();
  await officer.sees("已选 2 件");
  await officer.page.locator('#batch select[name="officer"]').selectOption({ index: 1 });
  await press(officer, "分给");
  await officer.sees(/2 件已分给/);
  await officer.step("2-given");
  await officer.page.locator('.filter select[name="officer"]').selectOption("nobody");
  await press(officer, "筛选");
  await officer.sees("三楼水房的水龙头一直滴水");
  await officer.step("3-nobodys");
  await press(officer, "分给");
  await officer.sees("还没有勾选");
  await officer.step("4-nothing-ticked");

  // On a phone, without scripts; a colleague is quicker with one of the two.
  const phone = await people.person("phone", { look: "dark" });
  await signIn(phone, "承办员", { words: "后勤", nth: 1, next: `${DESK}?view=unsigned` });
  await phone.step("5-on-a-phone");
  const plain = await people.person("plain", { scripts: false });
  await signIn(plain, "承办员", { words: "后勤", next: `${DESK}?view=unsigned` });
  for (const nth of [0, 1]) await plain.page.locator('.case-cards input[name="case"]').nth(nth).check();
  await press(phone, "签收");
  await phone.sees("已签收");
  await plain.step("6-ticked");
  await plain.page.locator('#batch-cards button[value="signature"]').click();
  await plain.sees("1 件已签收", "1 件没有办成", "这件已经签收");
  await plain.step("7-one-was-quicker");
  await plain.page.getByRole("link", { name: "回到待办件" }).click();
  await plain.sees("今日日清零");
}

async function report(person, title) {
  await person.visit("/say/repair");
  await tell(person, { title, place: "residence-2", room: "水房", category: "repairs" });
  await press(person, "下一步");
  await choose(person, "identity", "open");
  await choose(person, "publish", "no");
  await choose(person, "no_phone", "yes");
  await press(person, "下一步");
  await press(person, "提交");
  await person.sees("受理编号");
}
