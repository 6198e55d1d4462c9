import { answer, bringIn, choose, dispatch, judge, press, signIn } from "../house/acts.mjs";

export const title = "three say the same and are handled together; each is told and judges alone; one is taken apart again";

const LEAD = "二号公寓五楼饮水机昨天起不出水";
const SECOND = "二号公寓五楼接不到热水喝";
const THIRD = "二号公寓六楼饮水机的水有铁锈味";

export async function journey(people) {
  const persons = [];
  const cases = [];
  for (const [nth, title] of [LEAD, SECOND, THIRD].entries()) {
    const person = await people.person(["first", "second", "third"][nth], { scripts: nth !== 1 });
    await signIn(person, "学生和教职工", { nth });
    cases.push(await bringIn(person, "complaint", { title, body: `我住${nth + 1}号床，要去别的楼打水。`, place: "residence-2" }));
    persons.push(person);
  }
  const [lead, second, third] = cases;
  const clerk = await people.person("clerk", { device: "desktop", allows: [409, 422] });
  await signIn(clerk, "受理员", { next: "/triage" });
  await dispatch(clerk, lead, "logistics");

  // Together, by their numbers; what cannot be joined is named.
  await clerk.visit(`/staff/cases/${lead}?open=merging`);
  await clerk.page.locator("#others").fill("HY-20200101-0001");
  await press(clerk, "并进来");
  await clerk.sees("HY-20200101-0001");
  await clerk.step("1-no-such-number");
  await clerk.page.locator("#others").fill(`${second}\n${third}`);
  await clerk.step("2-taking-two-along");
  await press(clerk, "并进来");
  await clerk.visit(`/staff/cases/${lead}`);
  await clerk.sees("并进来一起办的 2 件", SECOND, THIRD);
  await clerk.step("3-three-as-one");
  for (const [nth, person] of [[1, persons[1]], [2, persons[2]]]) {
    await person.visit("/messages");
    await person.sees(/并/);
    await person.visit(`/cases/${cases[nth]}`);
    await person.step(`4-told-on-their-own-page`);
    await person.doesNotSee(LEAD, "我住1号床");
  }

  // One does not belong: within the days it goes its own way again.
  await clerk.visit(`/staff/cases/${third}?open=unmerging`);
  await press(clerk, "取消并案");
  await clerk.sees("请写取消并案的理由");
  await clerk.page.locator("#unmerging_reason").fill("六楼是水箱锈蚀，和五楼停水不是一件事。");
  await clerk.step("5-taking-one-apart");
  await press(clerk, "取消并案");
  await persons[2].visit(`/cases/${third}`);
  await persons[2].sees("单独办理");
  await persons[2].doesNotSee("六楼是水箱锈蚀");
  await persons[2].step("6-by-itself-again");

  // One answer reaches both who stayed together, and each judges it on their own page.
  const officer = await people.person("officer", { device: "desktop" });
  const desk = `/desk/logistics/cases/${lead}`;
  await signIn(officer, "承办员", { words: "后勤管理处", next: desk });
  await officer.sees("并进来一起办的 1 件", SECOND);
  await answer(officer, desk, { words: "五楼饮水机换了进水阀，今天中午十二点起出水，冷热都试过。" });
  await officer.page.locator("#joined_words").fill("五楼饮水机换了进水阀，今天中午十二点起出水。");
  await officer.step("7-one-answer");
  await press(officer, "答复并办结");
  for (const [nth, solved, satisfaction] of [[0, "yes", "satisfied"], [1, "no", "dissatisfied"]]) {
    const person = persons[nth];
    await person.visit(`/cases/${cases[nth]}`);
    await person.sees("换了进水阀");
    if (nth === 1) await person.step("8-the-same-answer");
    await person.visit(`/cases/${cases[nth]}/rating`);
    await judge(person, { solved, satisfaction, words: nth === 1 ? "热水还是没有。" : "" });
    await press(person, "提交评价");
    await person.step(`9-judged-${solved}`);
  }
  await persons[0].sees("已解决");
  await persons[1].sees("重新办理");
  await persons[0].doesNotSee("热水还是没有");
  await persons[2].visit(`/cases/${third}`);
  await persons[2].doesNotSee("换了进水阀");
  await officer.visit(`/desk/logistics?view=again`);
  await officer.sees(SECOND);
  await officer.step("10-another-round-for-one");
}
