import { answer, choose, findInList, judge, numberOn, press, signIn, tell } from "../house/acts.mjs";

export const title = "a student reports a broken lamp, says it is not solved, and after the second round that it is";

const NUMBER = /HY-\d{8}-\d{4}/;

export async function journey(people) {
  await report(people, true);
  await report(people, false);
}

async function report(people, scripts) {
  const way = scripts ? "scripts" : "plain";
  const lamp = scripts ? "二楼走廊的灯不亮，晚上看不清路" : "三楼走廊的灯一直闪，看书眼睛疼";
  const student = await people.person(`student-${way}`, { scripts });
  const officer = await people.person(`officer-${way}`, { scripts });

  await signIn(student, "学生和教职工", { next: "/say" });
  await student.step("1-kinds");
  await student.page.getByRole("link", { name: "我要报修" }).click();
  await tell(student, {
    title: lamp,
    body: "从上周三开始，东侧楼梯口到水房都暗，有同学绊倒过。",
    place: "residence-2",
    room: "东侧走廊",
    category: "repairs",
    withPhoto: true,
  });
  await student.step("2-matter");
  await press(student, "下一步");
  await student.sees("怎么答复您");
  await choose(student, "identity", "open");
  await choose(student, "publish", "yes");
  await choose(student, "no_phone", "yes");
  await student.step("3-reply");
  await press(student, "下一步");
  await student.sees("核对一下", lamp, "二号学生公寓", "可以公开");
  await student.page.getByAltText("第 1 张照片").waitFor();
  await student.step("4-check");
  await thinkAgain(student, lamp);
  await press(student, "提交");
  await student.sees("受理编号", "接下来会发生什么");
  const no = await numberOn(student, NUMBER);
  await student.step("5-receipt");
  await student.page.reload();
  await student.sees(no);
  await student.visit(`/cases/${no}`);
  await student.sees(lamp, "后勤管理处");
  await student.step("6-under-way");

  await signIn(officer, "承办员", { words: "后勤管理处", next: "/desk/logistics" });
  const inQueue = await findInList(officer, "/desk/logistics?view=unsigned&kind=repair", lamp);
  await officer.step("7-queue");
  await inQueue.click();
  await officer.sees(lamp, "签收后由您经办");
  await officer.step("8-workbench");
  await press(officer, "签收");
  await answer(officer, `/desk/logistics/cases/${no}`, {
    words: "灯管已经换好，今晚就亮。换下的灯管由维修班收走，再暗了请直接打维修电话 8051。",
    publicTitle: lamp,
    publicBody: "二号学生公寓走廊灯管已经更换。",
  });
  await officer.step("9-answer");
  await press(officer, "答复并办结");
  await officer.step("10-answered");

  await student.visit(`/cases/${no}`);
  await student.sees("灯管已经换好");
  await student.step("11-answer");
  await student.visit(`/cases/${no}/rating`);
  await judge(student, { solved: "no", satisfaction: "dissatisfied", words: "只换了一根，靠水房的还是不亮。" });
  await student.step("12-not-solved");
  await press(student, "提交评价");
  await student.sees("重新办理");
  await student.step("13-second-round");

  await (await findInList(officer, "/desk/logistics?view=again", lamp)).click();
  await officer.sees("靠水房的还是不亮");
  await officer.step("14-second-round");
  await answer(officer, `/desk/logistics/cases/${no}`, {
    words: "靠水房的镇流器也坏了，今天换了新的，整条走廊都试过，全部亮了。",
    publicTitle: lamp,
    publicBody: "二号学生公寓走廊的灯管和镇流器都已更换，全部亮了。",
  });
  await press(officer, "答复并办结");

  await student.visit(`/cases/${no}/rating`);
  await judge(student, { solved: "yes", satisfaction: "satisfied", words: "谢谢，这回都亮了。" });
  await student.step("15-solved");
  await press(student, "提交评价");
  await student.sees("解决了");
  await student.step("16-closed");

  await (await findInList(student, "/public?kind=repair", lamp)).click();
  await student.sees(lamp, "全部亮了", "反映人评价");
  await student.step("17-public");
}

/** Back from the last step to the first: all is as it was written, and Enter in a field goes on, it does not send. */
async function thinkAgain(student, lamp) {
  const { page } = student;
  await page.getByRole("button", { name: /修改\s*问题/ }).click();
  const kept = await page.locator("#title").inputValue();
  if (kept !== lamp) throw new Error(`the title is “${kept}” after coming back`);
  await Promise.all([page.waitForEvent("framenavigated"), page.locator("#title").press("Enter")]);
  await student.sees("怎么答复您");
  await press(student, "下一步");
  await student.sees("核对一下");
  await page.getByAltText("第 1 张照片").waitFor();
}
