import { answer, bringIn, choose, dispatch, numberOn, press, signIn } from "../house/acts.mjs";

export const title = "a case comes back from outside, is matched with the one inside, counted as a leak and pressed with a formal order";

const MATTER = "三号公寓旁的垃圾站一周没有清运";
const OUTSIDE_NO = "20261122-77031";

export async function journey(people) {
  // Inside first: said here, answered, not solved.
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { nth: 2 });
  const inside = await bringIn(student, "complaint", { title: MATTER, body: "气味进到二楼，窗户打不开。", category: "surroundings", place: "residence-3" });
  const clerk = await people.person("clerk", { device: "desktop", allows: [422] });
  await signIn(clerk, "受理员", { next: "/triage" });
  await dispatch(clerk, inside, "logistics");

  // The hotline passes on the same matter: registered with its own number, and matched.
  await clerk.visit("/register");
  await clerk.page.getByText("12345 热线", { exact: true }).click();
  await clerk.page.locator("#kind").getByText("投诉", { exact: true }).click();
  await clerk.page.locator("#title").fill("学校垃圾站长期不清运");
  await clerk.page.locator("#body").fill("来电人称已在校内反映，没有回音。");
  await clerk.page.locator("#place").selectOption("residence-3");
  await clerk.page.locator("#outside_no").fill(OUTSIDE_NO);
  await clerk.page.locator("#unit").selectOption("logistics");
  await clerk.step("1-registering");
  await press(clerk, "登记");
  const outside = await numberOn(clerk, /HY-\d{8}-\d{4}/);
  await clerk.visit("/outside");
  await clerk.sees("外溢情况", "学校垃圾站长期不清运", OUTSIDE_NO);
  await clerk.visit(`/outside/${outside}`);
  await press(clerk, "记下比对结果");
  await clerk.sees(/请选/);
  await clerk.page.getByText("没有按时答复").first().click();
  await clerk.page.locator(`input[name="earlier"][value="${inside}"]`).check({ force: true });
  await clerk.step("2-matched-with-the-one-inside");
  await press(clerk, "记下比对结果");
  await clerk.sees("已比对", "校内没留住");
  await clerk.step("3-the-leak-report");

  // The supervisors press with a formal order, on paper and as PDF, and note that it was handed over by telephone.
  const supervisor = await people.person("supervisor", { device: "desktop" });
  await signIn(supervisor, "纪检督办", { next: `/staff/cases/${outside}?open=reminder` });
  await supervisor.page.locator("#means").selectOption({ label: "电话" });
  await supervisor.page.locator('textarea[name="reminder"]').fill("已打后勤处值班室，请今天清运。");
  await press(supervisor, "催办");
  await supervisor.visit(`/staff/cases/${outside}?open=supervision`);
  await supervisor.page.locator("#level").selectOption({ index: 1 });
  await supervisor.page.locator("#demand").fill("请明天中午前清运完毕并书面说明原因。");
  await press(supervisor, "发督办单");
  await supervisor.visit(`/supervision/${outside}/order`);
  await supervisor.sees("督办单", "后勤管理处", "请明天中午前清运完毕", "电话");
  await supervisor.step("4-the-order");
  const paper = await supervisor.page.request.get(`/supervision/${outside}/order.pdf`);
  if (paper.status() !== 200 || !(await paper.body()).subarray(0, 5).equals(Buffer.from("%PDF-"))) throw new Error("the order is no PDF");

  const officer = await people.person("officer", { device: "desktop", scripts: false });
  await signIn(officer, "承办员", { words: "后勤", next: `/desk/logistics/cases/${outside}` });
  await officer.sees("12345 热线", "请明天中午前清运完毕");
  await officer.step("5-at-the-unit");
  await answer(officer, `/desk/logistics/cases/${outside}`, { words: "今天下午已清运两车，以后每天早晚各一次，公示在站点。" });
  await press(officer, "答复并办结");
  await clerk.visit(`/staff/cases/${outside}`);
  await clerk.sees("已清运两车");
}
