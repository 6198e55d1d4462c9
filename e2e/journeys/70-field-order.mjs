import { bringIn, choose, press, signIn } from "../house/acts.mjs";
import { photo } from "../house/photo.mjs";

export const title = "a fitter's phone: to the place, a picture, a part is missing and more time with it, then done; the requester follows all of it";

const MATTER = "三号公寓四层饮水机接水口关不紧";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const no = await bringIn(student, "repair", { title: MATTER, body: "接完水还一直滴。", place: "residence-3", room: "四层开水间", category: "repairs" });
  const own = `/cases/${no}`;
  const here = `/desk/logistics/field/${no}`;

  // At the place: signed for and noted in one press.
  const fitter = await people.person("fitter", { allows: [422] });
  await signIn(fitter, "承办员", { words: "后勤", next: here });
  await fitter.sees("三号学生公寓", "四层开水间", MATTER);
  await fitter.step("1-the-order");
  await press(fitter, "到场");
  await fitter.sees("到场已记下，反映人看得到");
  await student.visit(own);
  await student.sees("已有人到现场");
  await fitter.visit("/desk/logistics/field");
  const line = fitter.page.locator(`a[href="${here}"]`);
  if (!(await line.innerText()).includes("到场")) throw new Error("the list of orders does not say that somebody is there");
  await fitter.step("2-my-orders");

  await fitter.visit(here);
  await unfold(fitter, "拍照");
  await choose(fitter, "moment", "before");
  await fitter.page.locator("#files").setInputFiles(photo("接水口.png"));
  await fitter.page.locator(".photo-field .photos img, .photos img").last().waitFor();
  await press(fitter, "传照片");
  await fitter.sees("照片已存下");
  if ((await fitter.page.locator("section[aria-labelledby='lately'] img").count()) !== 1) throw new Error("the picture is not among what happened");
  await fitter.step("3-pictured");

  // A part is missing, and it comes later than the limit: more time is asked for in the same press.
  await unfold(fitter, "缺配件");
  await press(fitter, "记下，告诉反映人");
  await fitter.sees("请写缺什么配件", "请选预计到货的日期");
  await fitter.page.locator("#part").fill("接水口密封圈");
  await fitter.page.locator("#expected_on").fill(await workday(4));
  await fitter.step("4-a-part-is-missing");
  await press(fitter, "记下，告诉反映人");
  await fitter.sees("缺配件已记下", "已替您申请延期到那天");
  await student.visit(own);
  await student.sees("接水口密封圈");
  const before = await promised(student);
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: `/staff/cases/${no}?open=extension` });
  await clerk.sees("接水口密封圈");
  await clerk.page.locator("#extension_words").fill("等配件，同意。");
  await press(clerk, "批准延期");
  await student.visit(own);
  await student.sees("已批准延期");
  if ((await promised(student)) === before) throw new Error("more time was granted and the day did not move");
  await student.step("5-why-it-takes-longer");

  // The part is here: to the place again, and done.
  await fitter.visit(here);
  await press(fitter, "到场");
  await fitter.sees("再次到场");
  await unfold(fitter, "修好了");
  await fitter.page.locator("form[action$='/done'] #words").fill("");
  await press(fitter, "修好了，发给反映人");
  await fitter.sees("请写怎么修好的");
  await fitter.page.locator("form[action$='/done'] #words").fill("换了接水口的密封圈，试了半小时不漏。再漏请拨值班电话。");
  await fitter.step("6-done");
  await press(fitter, "修好了，发给反映人");
  await fitter.sees("答复已送出");
  if ((await fitter.page.locator(`a[href="${here}"]`).count()) > 0) throw new Error("an order that is done is still in the list");
  await student.visit(own);
  await student.sees("换了接水口的密封圈", "去评价");
  await student.step("7-answered");
}

/** Opens the fold with this word on it, where it is not open already. */
async function unfold(person, word) {
  const fold = person.page.locator("details.fold").filter({ has: person.page.locator("summary", { hasText: word }) });
  if (!(await fold.evaluate((details) => details.open))) await fold.locator("summary").click();
}

/** The callout that says by when. */
async function promised(student) {
  const words = await student.page.locator("main .callout").first().innerText();
  return words.match(/\d+ 月 \d+ 日[^，。；\n]*/)?.[0] ?? words;
}

/** A day so many days ahead, or the Monday after. */
async function workday(days) {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
