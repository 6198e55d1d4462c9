import { press, signIn } from "../house/acts.mjs";

export const title = "the administrator adds a unit and its officer, who sets a password and begins; a limit is tried out, changed and promised";

const UNIT = "校史馆";
const OFFICER = "方若宁";

export async function journey(people) {
  const admin = await people.person("admin", { device: "desktop" });
  await signIn(admin, "系统管理", { next: "/admin" });
  await admin.sees("还没准备好");
  await admin.step("1-status");

  await addUnit(admin);
  const link = await addPerson(admin);
  await begin(await people.person("officer"), link);
  await admin.visit("/admin/units");
  const line = admin.page.locator("main li", { hasText: UNIT });
  await line.getByText(`承办：${OFFICER}`).waitFor();

  await changeLimit(admin);
  const reader = await people.person("reader", { scripts: false });
  await reader.visit("/promise");
  await reader.page.locator("#limits tr", { hasText: "第 12 次会议" }).getByText("2 个工作日内", { exact: true }).waitFor();
  await reader.step("11-promise");

  await admin.visit("/admin");
  await admin.step("12-status");
}

async function addUnit(admin) {
  const { page } = admin;
  await admin.visit("/admin/units");
  await admin.step("2-units");
  await page.getByRole("link", { name: "加一个单位" }).click();
  await page.locator("#id").fill("museum");
  await page.locator("#name").fill(UNIT);
  await page.locator("#aliases").fill("档案与校史馆");
  await page.locator("#phone").fill("8090");
  await page.locator("#leader").selectOption("president");
  await page.locator("#class").fill("机关部门");
  await admin.step("3-unit");
  await press(admin, "保存");
  await admin.sees("马上生效", UNIT);
  await admin.visit("/admin");
  for (const fold of await page.locator("main li summary").all()) await fold.click();
  await admin.sees(UNIT);
  await admin.step("4-lacking");
}

/** Comes back with the link by which the new officer sets a password. */
async function addPerson(admin) {
  const { page } = admin;
  await admin.visit("/admin/people/new");
  await page.locator("#number").fill("T90017");
  await page.locator("#name").fill(OFFICER);
  await page.locator('input[name="kind"][value="staff"]').check({ force: true });
  await page.locator("#department").fill(UNIT);
  await admin.step("5-person");
  await press(admin, "建账号");
  await admin.sees("账号已建好");
  await page.locator("#role").selectOption({ label: "承办员" });
  await page.locator("#unit").selectOption("museum");
  await press(admin, "保存角色");
  await admin.sees("角色已保存");
  await press(admin, "生成链接");
  const link = await page.locator(".setup-link").innerText();
  await admin.step("6-link");
  return link;
}

async function begin(officer, link) {
  const { page } = officer;
  await officer.visit(new URL(link, officer.people.address).pathname);
  await officer.sees(OFFICER);
  await page.locator("#new").fill("石榴 渡口 纸鸢 八月");
  await page.locator("#again").fill("石榴 渡口 纸鸢 八月");
  await officer.step("7-password");
  await press(officer, "设好并登录");
  await officer.visit("/desk/museum");
  await officer.sees("待办件");
  await officer.step("8-desk");
}

async function changeLimit(admin) {
  const { page } = admin;
  await admin.visit("/admin/limits");
  await admin.step("9-limits");
  await page.locator('a[href="/admin/limits/result-direct"]').click();
  await page.locator("#length").fill("2");
  await page.locator("#measure").selectOption("working_days");
  await page.locator("#clause").fill("校长办公会 2026 年第 12 次会议：直接办理的 2 个工作日内答复");
  await press(admin, "先试算");
  await admin.sees("试算结果");
  await page.locator("tr.is-changed").first().waitFor();
  await admin.step("10-tried");
  await press(admin, "保存，马上生效");
  await admin.sees("马上生效");
  await page.locator("#history").waitFor();
}
