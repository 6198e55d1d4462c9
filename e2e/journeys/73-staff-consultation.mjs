import { answer, choose, dispatch, judge, numberOn, press, signIn, tell } from "../house/acts.mjs";

export const title = "the staff ask by name on a road of their own; a student is shown the ordinary road with every word kept";

const MATTER = "外出培训期间的课怎么调";
const BODY = "下个月去外地培训一周，五节课要调到周末，需要谁签字？";

export async function journey(people) {
  const teacher = await people.person("teacher");
  await signIn(teacher, "学生和教职工", { words: "教职工", nth: 1, next: "/say" });
  await teacher.sees("专门渠道", "教职工咨询");
  await teacher.step("1-the-road-of-the-staff");
  await teacher.page.locator('main a[href*="via=staff-consultation"]').click();
  await teacher.sees("限实名");
  await tell(teacher, { title: MATTER, body: BODY });
  await press(teacher, "下一步");
  await teacher.sees("教职工咨询限实名", "改走网上平台");
  for (const hidden of ["sealed", "anonymous"]) {
    const offered = await teacher.page.locator(`input[name="identity"][value="${hidden}"]`).count();
    if (offered > 0) throw new Error(`a road that asks for a name offers ${hidden}`);
  }
  await teacher.step("2-only-by-name");
  await choose(teacher, "no_phone", "yes");
  await press(teacher, "下一步");
  await press(teacher, "提交");
  const no = await numberOn(teacher, /HY-\d{8}-\d{4}/);

  const clerk = await people.person("clerk", { device: "desktop" });
  await signIn(clerk, "受理员", { next: `/staff/cases/${no}` });
  await clerk.sees("教职工咨询", "实名");
  await dispatch(clerk, no, "personnel");
  const officer = await people.person("officer", { device: "desktop" });
  await signIn(officer, "承办员", { words: "人事处" });
  await answer(officer, `/desk/personnel/cases/${no}`, {
    words: "先在教务系统填调课单，教研室主任签字，再由学院教学秘书盖章；培训通知附在后面。不算缺课。",
    outcome: "explained",
  });
  await press(officer, "答复并办结");
  await teacher.visit(`/cases/${no}`);
  await teacher.sees("教研室主任签字", "去评价");
  await teacher.step("3-answered");
  await teacher.visit(`/cases/${no}/rating`);
  await judge(teacher, { solved: "yes", satisfaction: "satisfied" });
  await press(teacher, "提交评价");
  await teacher.sees("已解决");

  // A student does not find it in the list, and whoever knows the address is shown the road for everybody.
  const student = await people.person("student");
  await signIn(student, "学生和教职工", { next: "/say" });
  await student.doesNotSee("教职工咨询");
  await student.visit("/say/inquiry?via=staff-consultation", { status: 403 });
  await student.sees("教职工");
  await student.step("4-not-for-students");
}
