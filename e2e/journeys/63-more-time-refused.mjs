import { bringIn, press, sendUnasked, signIn } from "../house/acts.mjs";
import { inDays, workingFrom } from "../house/days.mjs";

export const title = "more time is refused with its reason and the limit stands; granted once, it cannot be had again";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 3 });
  const no = await bringIn(student, "repair", {
    title: "三号公寓一楼公共洗衣机排不出水",
    place: "residence-3",
    room: "一楼",
    category: "repairs",
  });
  const own = `/cases/${no}`;
  const here = `/desk/logistics/cases/${no}`;
  const officer = await people.person("officer", { device: "desktop", allows: [409] });
  await signIn(officer, "承办员", { words: "后勤", next: `${here}?act=progress` });
  await officer.page.locator("#words").fill("排水泵坏了，已经报厂家。");
  await press(officer, "发给反映人");
  await student.visit(own);
  const promised = await promiseOn(student);

  // Refused: with its reason, and nothing moves.
  await askForMore(officer, here, "厂家说要五天。");
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  await signIn(clerk, "受理员", { next: `/staff/cases/${no}?open=extension-refusal` });
  await press(clerk, "不同意延期");
  await clerk.sees("请写不同意延期的理由");
  await clerk.page.locator("#extension_refusal").fill("仓库有备用泵，先换上。");
  await clerk.step("1-refusing");
  await press(clerk, "不同意延期");
  await officer.visit(here);
  await officer.sees("仓库有备用泵");
  await student.visit(own);
  await student.sees("没有批准延期", "仓库有备用泵");
  if ((await promiseOn(student)) !== promised) throw new Error("the limit moved though more time was refused");
  await student.step("2-told-why-and-by-when");

  // Granted once; afterwards the desk offers no more, and whoever asks all the same hears why.
  await askForMore(officer, here, "备用泵型号不对，厂家明天发货。");
  await clerk.visit(`/staff/cases/${no}?open=extension`);
  await clerk.page.locator("#extension_words").fill("同意，最后一次。");
  await press(clerk, "批准延期");
  await officer.visit(here);
  await officer.sees("延期", "1 次");
  if ((await officer.page.locator('a[href*="act=extension"]').count()) > 0) throw new Error("a second extension is offered");
  await officer.step("3-extended-once");
  const refused = await sendUnasked(officer, `${here}/extension`, { until: workingFrom(inDays(20)), reason: "再等等。" });
  if (refused.status !== 409) throw new Error(`a second extension answered ${refused.status}`);
  if (!/已延期 1 次/.test(refused.words)) throw new Error("the refusal does not say how often");
  await student.visit(own);
  await student.sees("已批准延期", "同意，最后一次");
  if ((await promiseOn(student)) === promised) throw new Error("the new day is not shown");
  await student.step("4-the-new-day");
}

async function askForMore(officer, here, reason) {
  await officer.visit(`${here}?act=extension`);
  await officer.page.locator("#until").fill(await soonest(officer));
  await officer.page.locator("#reason").fill(reason);
  await press(officer, "申请延期");
  await officer.sees("延期申请已送批");
}

/** The callout that says by when. */
async function promiseOn(student) {
  const words = await student.page.locator("main .callout").first().innerText();
  return words.match(/\d+ 月 \d+ 日[^，。；\n]*/)?.[0] ?? words;
}

/** Two days behind the limit that the page names, or the Monday after. */
async function soonest(officer) {
  const hint = await officer.page.locator("#until-hint").innerText();
  const day = new Date(Date.now() + 8 * 3_600_000);
  const named = hint.match(/(\d+) 月 (\d+) 日/);
  if (named) day.setUTCMonth(Number(named[1]) - 1, Number(named[2]));
  else day.setUTCDate(day.getUTCDate() + 2);
  day.setUTCDate(day.getUTCDate() + 1);
  return workingFrom(day.toISOString().slice(0, 10));
}
