import { answer, choose, findInList, judge, numberOn, press, send, signIn, tell, waiting } from "../house/acts.mjs";
import { photo } from "../house/photo.mjs";

export const title = "somebody complains without an account and follows it by the receipt code alone, not solved, then solved, then public";

const NUMBER = /HY-[0-9A-Z]{8}\b/;
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/;

export async function journey(people) {
  await complain(people, true);
  await complain(people, false);
}

async function complain(people, scripts) {
  const way = scripts ? "scripts" : "plain";
  const matter = scripts ? "二食堂三号窗口的米饭连着三天夹生" : "一食堂晚上六点后只剩两个菜";
  const nobody = await people.person(`nobody-${way}`, { scripts });
  const clerk = await people.person(`clerk-${way}`, { device: "desktop", scripts });
  const officer = await people.person(`officer-${way}`, { device: "desktop", scripts });

  await nobody.visit("/say/complaint");
  await tell(nobody, { title: matter, body: "中午十二点左右去的，跟窗口说过，没有人管。", withPhoto: true });
  await nobody.step("1-matter");
  await press(nobody, "下一步");
  await choose(nobody, "identity", "anonymous");
  await choose(nobody, "publish", "yes");
  await nobody.step("2-reply");
  await press(nobody, "下一步");
  await nobody.sees(matter, "匿名提交前，请知道", "可以公开");
  await nobody.step("3-check");
  await press(nobody, "提交");
  await nobody.sees("收好这个查询码", "它只在这里显示一次", "接下来会发生什么");
  const no = await numberOn(nobody, NUMBER);
  const code = await numberOn(nobody, CODE);
  await nobody.step("4-receipt");

  await lookUp(nobody, code);
  await nobody.sees(matter, no);
  await nobody.doesNotSee(code);
  await nobody.step("5-waiting");

  await signIn(clerk, "受理员", { next: "/triage" });
  const card = await waiting(clerk, no);
  await clerk.step("6-triage");
  await card.locator('select[name="unit"]').selectOption("logistics");
  await send(clerk, card, /^直接办理/);
  await clerk.sees(no, "后勤管理处");

  await press(nobody, "补充说明");
  await nobody.page.locator("#words").fill("今天换到二号窗口，还是一样。");
  await nobody.page.locator("#photo").setInputFiles(photo("窗口.png"));
  await nobody.step("7-more");
  await press(nobody, "发送");
  await nobody.sees("还是一样");
  await nobody.step("8-more-sent");

  await signIn(officer, "承办员", { words: "后勤管理处", next: "/desk/logistics" });
  await officer.step("9-queue");
  await (await findInList(officer, "/desk/logistics?view=unsigned", matter)).click();
  await officer.sees("匿名", "还是一样");
  await answer(officer, `/desk/logistics/cases/${no}`, {
    words: "已经和食堂经理到窗口看过，蒸柜的一个阀门坏了，今天换好，三天内我们每天来试一次。",
  });
  await officer.step("10-workbench");
  await press(officer, "答复并办结");

  // Copied by hand from a paper: small letters, spaces, sent by the Enter key.
  await lookUp(nobody, code.toLowerCase().replaceAll("-", " "), { byKey: true });
  await nobody.sees("蒸柜的一个阀门坏了", "去评价");
  await nobody.step("11-answer");
  await press(nobody, "去评价");
  await judge(nobody, { solved: "no", satisfaction: "dissatisfied", words: "第三天又夹生了。" });
  await nobody.step("12-not-solved");
  await press(nobody, "提交评价");
  await nobody.sees("重新办理");
  await nobody.step("13-second-round");

  await (await findInList(officer, "/desk/logistics?view=again", matter)).click();
  await officer.sees("第三天又夹生了");
  await answer(officer, `/desk/logistics/cases/${no}`, {
    words: "整台蒸柜已经停用换新，饮食中心每天开餐前抽查一盆，记录贴在窗口。",
    publicTitle: matter,
    publicBody: "蒸柜已经换新，每天开餐前抽查，记录贴在窗口。",
  });
  await officer.step("14-second-answer");
  await press(officer, "答复并办结");

  await lookUp(nobody, code);
  await nobody.sees("整台蒸柜已经停用换新");
  await press(nobody, "去评价");
  await judge(nobody, { solved: "yes", satisfaction: "satisfied", words: "这周都好。" });
  await press(nobody, "提交评价");
  await nobody.sees("已解决");
  await nobody.step("15-closed");

  await (await findInList(nobody, "/public?kind=complaint", matter)).click();
  await nobody.sees(matter, "每天开餐前抽查", "反映人评价");
  await nobody.doesNotSee("跟窗口说过", code);
  await nobody.step("16-public");

  const cookies = await nobody.page.context().cookies();
  if (cookies.length > 0) throw new Error(`an anonymous visitor was given ${cookies.map((cookie) => cookie.name)}`);
}

async function lookUp(person, code, { byKey = false } = {}) {
  await person.visit("/receipt");
  await person.page.locator("#code").fill(code);
  if (!byKey) return press(person, "查询");
  await Promise.all([person.page.waitForEvent("framenavigated"), person.page.locator("#code").press("Enter")]);
  await person.page.waitForLoadState("load");
}
