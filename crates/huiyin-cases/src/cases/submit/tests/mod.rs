//! Bringing a matter in, over HTTP, as people do it.

mod channels;
mod hostile;
mod nameless;
mod photos;
mod registering;
mod sending;
mod steps;

use crate::cases::{submit, texts};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::{Answer, TestApp};

/// The site of this room over a fresh school.
fn site() -> TestApp {
    TestApp::new(submit::routes())
}

/// A repair as somebody writes it.
const LAMP: [(&str, &str); 4] = [
    ("title", "图书馆三楼东侧的灯不亮"),
    ("body", "周一晚上开始的，楼梯口全黑。"),
    ("room", "三楼东侧走廊"),
    ("go", "2"),
];

/// The same, answered to the end with a name.
const NAMED_LAMP: [(&str, &str); 7] = [
    ("kind", "repair"),
    ("title", "图书馆三楼东侧的灯不亮"),
    ("body", "周一晚上开始的，楼梯口全黑。"),
    ("room", "三楼东侧走廊"),
    ("identity", "open"),
    ("publish", "yes"),
    ("phone", "138 5311 2233"),
];

/// The same without a name.
const NAMELESS_LAMP: [(&str, &str); 6] = [
    ("kind", "repair"),
    ("title", "图书馆三楼东侧的灯不亮"),
    ("body", "周一晚上开始的，楼梯口全黑。"),
    ("room", "三楼东侧走廊"),
    ("identity", "anonymous"),
    ("publish", "yes"),
];

/// The fields with some of them said otherwise.
fn but<'a>(fields: &[(&'a str, &'a str)], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_changed = |name: &str| changed.iter().any(|(other, _)| *other == name);
    let mut fields: Vec<_> = fields.iter().filter(|(name, _)| !is_changed(name)).copied().collect();
    fields.extend(changed);
    fields
}

/// How many cases the school has.
async fn cases(app: &TestApp) -> i64 {
    let count = app.db.read(|tx| tx.query_one("select count(*) as n from cases", &[])?.int("n"));
    count.await.unwrap()
}

/// What was written on a case.
async fn written(app: &TestApp, no: &str) -> texts::Texts {
    let no = CaseNo(no.to_owned());
    app.db.read(move |tx| texts::load(tx, &no)).await.unwrap()
}

/// The number on a receipt: in the address with an account, on the page without.
fn number(answer: &Answer) -> String {
    let text = format!("{} {}", answer.location(), answer.text());
    let at = text.find("HY-").unwrap_or_else(|| panic!("no number: {text}"));
    text[at..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap().to_owned()
}

/// What a hidden or visible field holds.
fn value<'h>(html: &'h str, name: &str) -> &'h str {
    let from = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name}"));
    html[from..].split_once("value=\"").unwrap().1.split('"').next().unwrap()
}

/// The tickets of the photos that a form carries on.
fn tickets(answer: &Answer) -> Vec<String> {
    let html = answer.html();
    let parts = html.split("name=\"kept\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

/// A picture of so many pixels each way.
fn picture(edge: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(edge, edge, image::Rgb([200, 90, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
