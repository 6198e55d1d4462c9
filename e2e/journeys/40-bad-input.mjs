import { choose, numberOn, press, signIn, tell } from "../house/acts.mjs";

export const title = "wrong, long, false and hostile input is answered by the form with what was typed";

const NUMBER = /HY-\d{8}-\d{4}/;

export async function journey(people) {
  for (const scripts of [true, false]) await mistakes(people, scripts);
  await guesses(people);
}

async function mistakes(people, scripts) {
  const way = scripts ? "scripts" : "plain";
  const student = await people.person(`student-${way}`, { scripts, allows: [403, 422] });
  const { page } = student;
  await signIn(student, "学生和教职工", { nth: 1, next: "/say/repair" });

  // Nothing filled in but the long text: it is still there, and every missing field is named.
  const body = "从上周三开始，东侧楼梯口到水房都暗。\n第二行。";
  await tell(student, { title: "", body });
  await press(student, "下一步");
  await student.sees("有 2 处要改", "请写一句话说清问题", "请选楼宇，或写明地点");
  await holds(student, "#body", body);
  await student.step("1-missing");
  if (scripts) {
    const focused = await page.evaluate(() => document.activeElement.id);
    if (focused !== "errors") throw new Error(`the summary of errors is not in focus but #${focused}`);
  }
  await page.getByRole("link", { name: "请写一句话说清问题" }).click();
  if (!page.url().endsWith("#title")) throw new Error(`the summary leads to ${page.url()}`);

  // Too long: everything typed stays, the sentence says how much to cut.
  const long = "灯".repeat(46);
  await tell(student, { title: long, place: "residence-1" });
  await press(student, "下一步");
  await student.sees("标题超过 40 字，请删去 6 字");
  await holds(student, "#title", long);
  await holds(student, "#place", "residence-1");
  await student.step("2-too-long");

  // A text that calls itself a photo, with a photo that is one.
  const hostile = `<script>alert(1)</script> "灯" & 不亮 😀`;
  const text = { name: "走廊.jpg", mimeType: "image/jpeg", buffer: Buffer.from("这不是照片，只是几个字。\n".repeat(40)) };
  await tell(student, { title: hostile, body: "<img src=x onerror=alert(1)>\u202e" });
  await page.locator("#photo").setInputFiles(text);
  if (scripts) await page.locator(".photo-field .photos img").first().waitFor({ state: "attached" });
  await press(student, "下一步");
  await student.sees("第 1 个文件不是照片");
  await holds(student, "#title", hostile);
  await student.step("3-no-photo");
  await tell(student, { title: hostile, withPhoto: true });
  await press(student, "下一步");

  // Neither a telephone number nor the wish to leave none.
  await choose(student, "identity", "open");
  await choose(student, "publish", "no");
  await page.locator("#phone").fill("1385311");
  await press(student, "下一步");
  await student.sees("请填写 11 位手机号，或改选“不留电话”");
  await holds(student, "#phone", "1385311");
  await student.step("4-phone");
  await choose(student, "no_phone", "yes");
  await press(student, "下一步");
  await student.sees("核对一下", hostile, "<img src=x onerror=alert(1)>");
  await student.step("5-hostile-words");

  // The token belongs to somebody else by now: the same page again, and nothing is stored.
  await page.locator('form[action="/cases"] input[name="_token"]').evaluate((token) => (token.value = "AAAA"));
  await press(student, "提交");
  await student.sees("核对一下", hostile);
  await student.step("6-stale");
  const fields = await page.locator('form[action="/cases"]').evaluate((form) => Array.from(new FormData(form)));
  await press(student, "提交");
  await student.sees("受理编号");
  const no = await numberOn(student, NUMBER);

  // The same form sent once more: one case.
  const answer = await page.context().request.post("/cases", {
    data: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", origin: people.address },
  });
  const again = (await answer.text()).match(NUMBER)?.[0];
  if (again !== no) throw new Error(`the same form made ${no} and ${again}`);

  await student.visit(`/cases/${no}`);
  await student.sees(hostile);
  await student.step("7-shown-as-words");
}

/** What one may not know is not told apart from what does not exist. */
async function guesses(people) {
  const owner = await people.person("owner");
  await signIn(owner, "学生和教职工", { nth: 0, next: "/cases" });
  await owner.page.locator('main a[href^="/cases/HY-"]').first().waitFor();
  const href = (await owner.page.locator('main a[href^="/cases/HY-"]').first().getAttribute("href")).replace(/\/rating$/, "");

  const other = await people.person("other", { allows: [404] });
  await signIn(other, "学生和教职工", { nth: 1, next: "/cases" });
  await other.visit(href, { status: 404 });
  const hidden = await other.page.locator("main").innerText();
  await other.step("8-hidden");
  await other.visit("/cases/HY-20200101-0001", { status: 404 });
  const missing = await other.page.locator("main").innerText();
  if (hidden !== missing) throw new Error("another's case answers otherwise than one that does not exist");

  const stranger = await people.person("stranger");
  await stranger.visit("/desk/logistics");
  await stranger.sees("登录");
  const officer = await people.person("officer", { device: "desktop", allows: [403, 404] });
  await signIn(officer, "承办员", { words: "后勤管理处", next: "/desk/logistics" });
  await officer.page.goto("/desk/library");
  await officer.doesNotSee("今日日清零");
  await officer.step("9-another-desk");

  const nobody = await people.person("nobody", { allows: [422] });
  await nobody.visit("/receipt");
  await nobody.page.locator("#code").fill("7K3M-92QX");
  await press(nobody, "查询");
  await holds(nobody, "#code", "7K3M-92QX");
  await nobody.step("10-wrong-code");
}

async function holds(person, field, value) {
  const held = (await person.page.locator(field).inputValue()).replaceAll("\r\n", "\n");
  if (held !== value) throw new Error(`${field} holds ${JSON.stringify(held)}, not ${JSON.stringify(value)}`);
}
