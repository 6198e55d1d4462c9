import { choose, numberOn, press, signIn, tell } from "../house/acts.mjs";
import { inDays, workingFrom } from "../house/days.mjs";

export const title = "a case takes its turns: more time, a question that stops the clock, an answer that is looked at twice";

const DESK = "/desk/logistics";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 2, next: "/say/repair" });
  const no = await report(student, "二号公寓三楼热水器不出热水");
  const own = `/cases/${no}`;
  const here = `${DESK}/cases/${no}`;

  // More time: asked for at the desk, granted by the office, told to the requester.
  const officer = await people.person("officer", { device: "desktop", allows: [409, 422] });
  await signIn(officer, "承办员", { words: "后勤", next: `${here}?act=progress` });
  await officer.page.locator("#words").fill("师傅看过了，要换加热管，已经订货。");
  await press(officer, "发给反映人");
  await officer.visit(`${here}?act=extension`);
  await press(officer, "申请延期");
  await officer.sees("请选延到哪一天", "请写延期的理由");
  await officer.page.locator("#until").fill(await dayAfterDue(officer));
  await officer.page.locator("#reason").fill("加热管要三天才到。");
  await officer.step("1-asking-for-more-time");
  await press(officer, "申请延期");
  await officer.sees("延期申请已送批");
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: "/supervision?show=extension" });
  await clerk.sees("延期待批", "加热管要三天才到。");
  await clerk.step("2-the-office-is-asked");
  await clerk.visit(`/staff/cases/${no}?open=extension`);
  await press(clerk, "批准延期");
  await student.visit(own);
  await student.sees("已批准延期");
  await student.step("3-the-requester-is-told");

  // A question: the clock stands still until the answer, and both can see it.
  await officer.visit(`${here}?act=question`);
  await officer.page.locator("#words").fill("是不是只有早上没有热水？");
  await press(officer, "请反映人补充");
  await officer.sees("办结期限暂停", "计时暂停");
  await officer.step("4-the-clock-stands");
  await officer.visit(DESK);
  await officer.sees("等反映人补充");
  await student.visit(own);
  await student.sees("请您补充", "补充以前计时暂停");
  await student.step("5-the-question");
  await student.page.getByRole("link", { name: "补充说明" }).first().click();
  await student.page.locator("#words").fill("早晚都没有。");
  await press(student, "发送");
  await student.visit(own);
  await student.sees("办结期限恢复计算");
  await officer.visit(here);
  await officer.sees("早晚都没有。");

  // The school wants a second look from now on.
  const admin = await people.person("admin", { device: "desktop" });
  await signIn(admin, "系统管理", { next: "/admin/limits/turns" });
  await admin.page.locator("#second_look").selectOption("all");
  await admin.step("6-the-rule");
  await press(admin, "保存");
  await admin.sees("每一件答复");

  await officer.visit(`${here}?act=reply`);
  await propose(officer, "加热管已经换好，早晚都试过。请再看看。");
  await officer.sees("答复已送审", "已送审，等单位负责人签发");
  const head = await people.person("head", { device: "desktop", look: "dark", allows: [422] });
  await signIn(head, "单位负责人", { words: "后勤", next: DESK });
  await head.sees("等您签发的答复");
  await head.step("7-waits-for-the-head");
  await head.visit(here);
  await head.page.getByText("退改：请经办人改了再送审").click();
  await head.page.locator("#rewriting").fill("写明是哪天换的，水温多少。");
  await press(head, "退改");
  await officer.visit(here);
  await officer.sees("单位负责人退改了答复", "写明是哪天换的，水温多少。");
  await officer.step("8-returned-with-words");
  await propose(officer, "加热管周二上午已经换好，早晚都试过。出水 55 度。请再看看。");
  const phone = await people.person("head-on-a-phone");
  await signIn(phone, "单位负责人", { words: "后勤", next: here });
  await phone.sees("加热管周二上午已经换好", "签发");
  await phone.step("9-beside-the-draft-before");
  await press(phone, "签发");
  await phone.sees("已签发");
  await student.visit(own);
  await student.sees("出水 55 度");
  await student.step("10-answered");

  // What cannot be done yet stays on a list with its plan; and the rule goes back to what it was.
  await admin.visit("/admin/limits/turns");
  await admin.page.locator("#second_look").selectOption("none");
  await press(admin, "保存");
  await student.visit("/say/repair");
  const other = await report(student, "二号公寓电梯常常停在四楼");
  await officer.visit(`${DESK}/cases/${other}`);
  await officer.page.locator("#words").fill("控制板要换，厂家一个月后供货。");
  await choose(officer, "outcome", "cannot_yet");
  await officer.page.locator("#plan").fill("供货后两天内更换，这之前每天巡看。");
  await officer.page.locator("#review_on").fill(workingFrom(inDays(30)));
  await officer.step("11-cannot-be-done-yet");
  await press(officer, "答复并办结");
  await officer.visit(`${DESK}/shelved`);
  await officer.sees("二号公寓电梯常常停在四楼", "供货后两天内更换");
  await officer.step("12-the-list");
  await phone.visit(`${DESK}/shelved`);
  await phone.step("13-the-list-on-a-phone");
  await clerk.visit("/supervision?show=shelved");
  await clerk.sees("复核", "销账");
  await clerk.step("14-the-list-of-the-school");
}

async function propose(officer, words) {
  await officer.page.locator("#words").fill(words);
  await choose(officer, "outcome", "solved");
  const name = (await officer.page.getByRole("button", { name: "改好再送审" }).count()) > 0 ? "改好再送审" : "送审";
  await press(officer, name);
}

/** The first working day after the limit that the page names. */
async function dayAfterDue(officer) {
  const hint = await officer.page.locator("#until-hint").innerText();
  const [, month, day] = hint.match(/(\d+) 月 (\d+) 日/) ?? [];
  const now = new Date();
  let date = month ? new Date(Date.UTC(now.getUTCFullYear(), month - 1, Number(day))) : new Date(Date.now() + 8 * 3_600_000);
  date = new Date(date.getTime() + 86_400_000);
  return workingFrom(date.toISOString().slice(0, 10));
}

async function report(person, words) {
  await tell(person, { title: words, place: "residence-2", room: "三楼", category: "repairs" });
  await press(person, "下一步");
  await choose(person, "identity", "open");
  await choose(person, "publish", "no");
  await choose(person, "no_phone", "yes");
  await press(person, "下一步");
  await press(person, "提交");
  return numberOn(person, /HY-\d{8}-\d{4}/);
}
