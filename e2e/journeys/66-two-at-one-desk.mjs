import { bringIn, choose, press, signIn } from "../house/acts.mjs";

export const title = "two at one case: drafts are kept, each sees the other, the second is told who was first and loses nothing; an open page says what is new";

const DESK = "/desk/logistics";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const no = await report(student, "四号公寓五楼走廊的感应灯不亮");
  const here = `${DESK}/cases/${no}`;

  // A page that lies open on a desk tells by itself that something came.
  const first = await people.person("first", { device: "desktop" });
  await signIn(first, "承办员", { words: "后勤" });
  const listening = first.page.waitForResponse((answer) => answer.url().endsWith("/live"));
  await first.visit(DESK);
  await listening;
  const another = await report(student, "四号公寓六楼走廊的感应灯不亮");
  await first.sees("这里有新动静");
  await first.doesNotSee(another);
  await first.step("1-something-is-new");
  await first.page.getByRole("link", { name: "刷新看看" }).click();
  await first.page.waitForLoadState("load");
  await first.sees("四号公寓六楼走廊的感应灯不亮");

  // What is half written is kept by itself, and is there again on another day and another device.
  await first.visit(here);
  await first.page.locator("#words").fill("电工今天下午换了感应头，");
  await first.page.locator("[data-kept-line]").filter({ hasText: /存/ }).waitFor();
  await first.step("2-kept-by-itself");
  const phone = await people.person("first-on-a-phone");
  await signIn(phone, "承办员", { words: "后勤", next: DESK });
  await phone.sees("您写了一半的答复");
  await phone.step("3-half-written");
  await phone.visit(`${here}?act=reply`);
  if ((await phone.page.locator("#words").inputValue()) !== "电工今天下午换了感应头，") throw new Error("the draft is not there");

  // A colleague opens the same case and is told who is at it.
  const second = await people.person("second", { device: "desktop", allows: [409] });
  await signIn(second, "承办员", { words: "后勤", nth: 1, next: here });
  await second.sees(/也打开了这件/);
  await second.step("4-somebody-else-has-it-open");
  await first.visit(`${here}?act=reply`);
  await choose(first, "outcome", "solved");
  await first.page.locator("#words").fill("电工今天下午换了感应头，走过去两秒内亮。");
  await press(first, "答复并办结");

  // Too late by a moment: who was first and with which words, and one's own words to copy.
  await second.page.locator("#words").fill("已转电工班，明天上午去看。");
  await choose(second, "outcome", "explained");
  await press(second, "答复并办结");
  await second.sees(/已答复/, /走过去两秒内亮/);
  const kept = await second.page.locator("textarea").evaluateAll((all) => all.map((one) => one.value).join());
  if (!kept.includes("已转电工班，明天上午去看。")) throw new Error("what the second wrote is gone");
  await second.step("5-who-was-first");
  await student.visit(`/cases/${no}`);
  await student.sees("走过去两秒内亮");
  await student.doesNotSee("已转电工班");

  // The same without scripts: the draft has a button of its own.
  const plain = await people.person("plain", { scripts: false });
  await signIn(plain, "承办员", { words: "后勤", next: `${DESK}/cases/${another}?act=reply` });
  await plain.page.locator("#words").fill("六楼的配件明天到。");
  await press(plain, "存为草稿");
  await plain.visit(DESK);
  await plain.sees("您写了一半的答复");
  await plain.visit(`${DESK}/cases/${another}?act=reply`);
  await plain.step("6-kept-without-scripts");
  await press(plain, "丢掉草稿");
  await plain.visit(DESK);
  await plain.doesNotSee("您写了一半的答复");
}

const report = (person, title) => bringIn(person, "repair", { title, place: "residence-4", room: "走廊", category: "repairs" });
