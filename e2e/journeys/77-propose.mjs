import { bringIn, press, send, signIn, waiting } from "../house/acts.mjs";

export const title = "the office takes one proposal by a press, puts another right by a press, and reads how often it agreed";

export async function journey(people) {
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 1 });
  const right = await bringIn(student, "suggestion", { title: "图书馆自习座位老是被书包占着", body: "能不能人离开半小时就放出来。" });
  const wrong = await bringIn(student, "suggestion", { title: "食堂门口的路灯不亮", body: "晚饭后黑得看不清台阶。" });

  // What it comes from is said above the list: first the catalogue, then the history, once that was learned.
  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: "/triage" });
  await clerk.sees("建议依据：");
  await learned(clerk);
  const first = await waiting(clerk, right);
  await first.getByText("图书馆", { exact: true }).first().waitFor();
  await first.getByText(/依据：/).first().waitFor();
  await clerk.step("1-proposals-with-their-words");
  await send(clerk, first, "交图书馆");
  await clerk.sees(right, "已交图书馆办理");

  // Another is put right: the category is chosen, its unit follows.
  const second = await waiting(clerk, wrong);
  await second.getByText("建议都不对，另选类别").click();
  await second.locator('select[name="pick"]').selectOption("surroundings");
  await clerk.step("2-putting-one-right");
  await send(clerk, second, "按这个类别交主办单位");
  await clerk.sees(wrong, "已交后勤管理处办理");
  await clerk.visit(`/staff/cases/${wrong}`);
  await clerk.sees("确定了类别", "类别：未分类 → 校园环境");
  await clerk.step("3-said-on-the-case");
  await clerk.visit("/triage");
  await clerk.sees(/近 30 天提议被采纳 \d+\/\d+/);

  // The requester reads it in plain words.
  await student.visit(`/cases/${right}`);
  await student.sees("已派给图书馆");
  await student.step("4-with-the-library");

  // The administrator sees the versions, what each was judged by, and that nothing goes out by itself.
  const admin = await people.person("admin", { device: "desktop" });
  await signIn(admin, "系统管理", { next: "/admin/proposals" });
  await admin.sees("建议与自动转办", "第 1 版", "正在用", "不自动转办");
  await admin.step("5-the-versions");
  await admin.page.locator('select[name="automatic_from"]').selectOption("97");
  await press(admin, "保存");
  await admin.sees("马上生效");
}

/** Looks at the list again until something was learned from the history of the school. */
async function learned(clerk) {
  for (let looks = 0; looks < 60; looks += 1) {
    if ((await clerk.page.getByText(/建议依据：学校历史/).count()) > 0) return;
    await clerk.page.waitForTimeout(1000);
    await clerk.visit("/triage");
  }
  throw new Error("nothing was learned within a minute");
}
