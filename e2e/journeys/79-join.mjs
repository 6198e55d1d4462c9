import { choose, press, signIn, tell } from "../house/acts.mjs";

export const title = "a student types a matter that is public already, is shown it while typing and joins it instead; without scripts the last step shows it";

export async function journey(people) {
  await join(people, true);
  await join(people, false);
}

async function join(people, scripts) {
  const student = await people.person(scripts ? "student-scripts" : "student-plain", { scripts });
  await signIn(student, "学生和教职工", { nth: scripts ? 0 : 1, next: "/public" });
  const { matter, address } = await notYetJoined(student);
  await student.visit("/say/suggestion");
  await tell(student, { title: `${matter}，又这样`, place: "", body: "" });
  if (!scripts) {
    await press(student, "下一步");
    await choose(student, "identity", "open");
    await choose(student, "publish", "yes");
    await choose(student, "no_phone", "yes");
    await press(student, "下一步");
    await student.sees("核对一下");
  }
  await student.sees("看看是不是同一件", matter, "都写到：");
  await student.step("1-it-was-told-before");
  const alike = student.page.locator(".similar li", { hasText: matter });
  await alike.getByRole("button", { name: "我也遇到" }).click();
  await student.page.waitForURL(`**${address}`);
  await student.sees("您已加入，有新答复会通知您");
  await student.step("2-joined");
  await student.visit("/cases");
  await student.doesNotSee("又这样");
}

/** A public case that is neither the student's own nor joined already. */
async function notYetJoined(student) {
  const links = await student.page.locator("main ul.list a.item").evaluateAll((items) => items.map((item) => item.getAttribute("href")));
  for (const address of links) {
    await student.visit(address);
    if ((await student.page.getByRole("button", { name: "我也遇到" }).count()) > 0) {
      return { matter: (await student.page.locator("main h1").innerText()).trim(), address };
    }
  }
  throw new Error("every public case on the first page is the student's own or joined already");
}
