import { choose, press, tell } from "../house/acts.mjs";

export const title = "somebody begins without an account, signs in on the way, and what was written comes along";

export async function journey(people) {
  await ask(await people.person("student-scripts"), "寒假图书馆开放到几号");
  await ask(await people.person("student-plain", { scripts: false }), "寒假留校要到哪里登记");
}

async function ask(student, question) {
  const { page } = student;
  await student.visit("/say");
  await page.getByRole("link", { name: "我要咨询" }).click();
  await tell(student, { title: question, withPhoto: true });
  await press(student, "下一步");
  if ((await page.getByLabel("实名").count()) > 0) throw new Error("a stranger is offered to give a name");
  await student.step("1-stranger");
  await press(student, "登录后接着提交");
  await student.step("2-sign-in");
  await page.locator('form[action="/sign-in/as"] button').first().click();
  await student.sees("怎么答复您", "实名");
  await choose(student, "identity", "sealed");
  await choose(student, "no_phone", "yes");
  await student.step("3-reply");
  await press(student, "下一步");
  await student.sees("核对一下", question, "保密");
  await page.getByAltText("第 1 张照片").waitFor();
  await student.step("4-check");
}
