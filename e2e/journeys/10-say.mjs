export const title = "somebody says what is broken, with a photo, by name and without, with scripts and without";

// 8 × 8 pixels, grey.
const PHOTO = {
  name: "IMG_2021001.png",
  mimeType: "image/png",
  buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mNogAIGyhgAgIQgARDoahcAAAAASUVORK5CYII=", "base64"),
};

export async function journey(people) {
  for (const scripts of [true, false]) {
    const way = scripts ? "scripts" : "plain";
    await byName(await people.person(`student-${way}`, { scripts, allows: [422] }), way);
    await withoutName(await people.person(`nobody-${way}`, { scripts }), way);
    await signingInHalfWay(await people.person(`late-${way}`, { scripts }));
  }
}

async function signIn(person) {
  await person.page.locator('form[action="/sign-in/as"] button').first().click();
}

async function look(person, name) {
  if (person.scripts) await person.axe();
  await person.fits();
  await person.shot(name);
}

async function byName(person, way) {
  const { page } = person;
  await person.visit("/sign-in");
  await signIn(person);
  await person.visit("/say");
  await look(person, `kinds-${way}`);
  await page.getByRole("link", { name: "我要报修" }).click();
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("还差 2 处没有填好");
  await look(person, `nothing-written-${way}`);
  await page.getByLabel("一句话说清问题").fill("六号楼三层淋浴间热水时断时续");
  await page.locator("#place").selectOption({ index: 6 });
  await page.getByLabel("楼层房间").fill("三层 东侧淋浴间");
  await page.locator("#photo").setInputFiles(PHOTO);
  await page.getByLabel("再说详细些").fill("这周一晚上开始，21 点以后热水一会儿有一会儿没有。");
  await look(person, `matter-${way}`);
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("怎么答复您？");
  await page.getByLabel("紧急时怎么联系您").fill("1385311");
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("请填写 11 位手机号，或改选“不留电话”");
  await look(person, `wrong-number-${way}`);
  await page.getByLabel("不留电话").check();
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("核对一下，没错就提交", "三层 东侧淋浴间", "不留电话");
  await page.getByAltText("第 1 张照片").waitFor();
  await look(person, `check-${way}`);
  await page.getByRole("button", { name: /修改\s*问题/ }).click();
  if ((await page.locator("#title").inputValue()) !== "六号楼三层淋浴间热水时断时续") throw new Error("the title is lost");
  await page.locator("#title").press("Enter");
  await page.getByRole("button", { name: "下一步" }).last().click();
  await page.getByRole("button", { name: "提交" }).last().click();
  await person.sees("已收到，马上有人管", "接下来会发生什么");
  await look(person, `receipt-${way}`);
  await page.reload();
  await person.sees("已收到，马上有人管");
}

async function withoutName(person, way) {
  const { page } = person;
  await person.visit("/say/complaint");
  await page.getByLabel("一句话说清问题").fill("食堂二楼窗口短斤少两");
  await page.getByRole("button", { name: "下一步" }).last().click();
  if ((await page.getByLabel("实名").count()) > 0) throw new Error("a stranger is offered a name");
  await look(person, `stranger-${way}`);
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("匿名提交前，请知道");
  await look(person, `nameless-check-${way}`);
  await page.getByRole("button", { name: "提交" }).last().click();
  await person.sees("收好这个查询码");
  await look(person, `nameless-receipt-${way}`);
  const code = await page.locator("#code").textContent();
  const number = await page.locator(".case-number").textContent();
  if ((await page.context().cookies()).length > 0) throw new Error("a cookie was set on the road without a name");
  await person.visit("/receipt");
  await page.getByLabel("查询码").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByLabel("查询码").press("Enter");
  await person.sees(number);
}

async function signingInHalfWay(person) {
  const { page } = person;
  await person.visit("/say/inquiry");
  await page.getByLabel("一句话说清问题").fill("寒假图书馆开放到几号");
  await page.getByRole("button", { name: "下一步" }).last().click();
  await page.getByRole("button", { name: "登录后接着提交" }).click();
  await signIn(person);
  await person.sees("怎么答复您？", "实名");
  await page.getByLabel("不留电话").check();
  await page.getByRole("button", { name: "下一步" }).last().click();
  await person.sees("寒假图书馆开放到几号");
}
