//! `/_design`: every component in every state, so that a look can be judged in one place, by day and by night.
//!
//! What it shows is made up; nothing is read from the store.

use super::{Choice, ChoiceGroup, Filled, Page, Pages, Photo, Side, Tab, TextSize, Theme, html};
use crate::error::{Error, FieldErrors};
use crate::index::{Piece, Question, Synonyms};
use crate::say::{self, Due, Tag, Tone};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use huiyin_domain::case::{Solved, Stage};
use serde::Deserialize;

/// How the page is to be looked at.
#[derive(Deserialize)]
pub(super) struct View {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    size: String,
    #[serde(default)]
    layout: String,
}

#[derive(Template)]
#[template(path = "design.html")]
struct Design {
    page: Page,
    form: Filled,
    wrong: Filled,
    identities: Vec<Choice>,
    verdicts: Vec<Choice>,
    outcomes: Vec<Choice>,
    units: Vec<ChoiceGroup>,
    places: Vec<Choice>,
    tabs: Vec<Tab>,
    found: Vec<Piece>,
    photos: Vec<Photo>,
    pages: Pages,
    states: Vec<Tag>,
    assigned: Tag,
    due: Due,
    icons: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "design_staff.html")]
struct DesignStaff {
    page: Page,
    tabs: Vec<Tab>,
    assigned: Tag,
}

#[derive(Template)]
#[template(path = "design_step.html")]
struct DesignStep {
    page: Page,
    form: Filled,
    identities: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "design_paper.html")]
struct DesignPaper {
    page: Page,
}

/// `GET /_design`, with `?theme=dark`, `?size=huge`, `?layout=staff`, `step` or `paper`.
pub(super) async fn show(page: Page, Query(view): Query<View>) -> Result<Response, Error> {
    let mut page = page.titled("样式册").back_to("/_design");
    page.theme = Theme::from_word(&view.theme);
    page.size = TextSize::from_word(&view.size);
    let mut errors = FieldErrors::new();
    errors.add("who", "请选一种身份");
    errors.add("recused", "请选要回避的单位");
    errors.add("phone", "请填写 11 位手机号，或改选“不留电话”");
    let wrong = Filled::from_values(vec![("phone".to_owned(), "1385311".to_owned())], errors);
    let form = Filled::new()
        .with("title", "三楼东侧走廊的灯不亮")
        .with("words", "从周一晚上开始，下楼要打手电。")
        .with("who", "confidential")
        .with("solved", "partly")
        .with("outcome", "solved")
        .with("helpers", "security")
        .with("again", "yes");
    match view.layout.as_str() {
        "staff" => {
            let side = Side::officer("logistics", "后勤管理处")
                .counting_hot("/desk/logistics", 17)
                .counting("/search", 2);
            html(DesignStaff {
                page: page.beside(side),
                tabs: tabs(),
                assigned: say::case_tag(Stage::Assigned, true, 1, None),
            })
        }
        "step" => html(DesignStep { page, form: wrong, identities: identities() }),
        "paper" => html(DesignPaper { page }),
        _ => html(Design {
            page,
            form,
            wrong,
            identities: identities(),
            verdicts: vec![
                Choice::new("yes", "解决了"),
                Choice::new("partly", "部分解决"),
                Choice::new("no", "没解决"),
            ],
            outcomes: vec![
                Choice::new("solved", "已解决").drawn("check"),
                Choice::new("partly", "部分解决"),
                Choice::new("explained", "暂不能办，已解释"),
            ],
            units: units(),
            places: vec![Choice::new("library", "图书馆"), Choice::new("stadium", "体育场")],
            tabs: tabs(),
            found: Question::read("自习 23:00", &Synonyms::default()).excerpt(
                "自习区能否延长到 23:00",
                40,
                true,
            ),
            photos: vec![photo("走廊"), photo("灯具")],
            pages: Pages::new(45, 2, 20, "/_design?theme=light"),
            states: states(),
            assigned: say::case_tag(Stage::Assigned, true, 1, None),
            due: Due {
                left: "剩 3 个工作日".to_owned(),
                at: "11 月 30 日（周一）18:00".to_owned(),
                tone: Tone::Plain,
            },
            icons: include_str!("../../../../frontend/icons.txt")
                .lines()
                .filter(|line| !line.starts_with('#'))
                .collect(),
        }),
    }
}

/// Every status a case can show.
fn states() -> Vec<Tag> {
    let mut states: Vec<Tag> =
        Stage::ALL.into_iter().map(|stage| say::case_tag(stage, true, 1, None)).collect();
    states.push(say::case_tag(Stage::Assigned, false, 1, None));
    states.push(say::case_tag(Stage::Assigned, true, 2, None));
    states.extend(
        [Solved::Yes, Solved::Partly, Solved::No]
            .map(|solved| say::case_tag(Stage::Rated, true, 1, Some(solved))),
    );
    states
}

fn identities() -> Vec<Choice> {
    vec![
        Choice::new("named", "实名").hinting("承办单位能看到您的姓名和学院，便于联系核实"),
        Choice::new("confidential", "保密").hinting("学校核实身份，承办单位看不到您的姓名"),
        Choice::new("anonymous", "匿名").hinting("不留任何身份；凭查询码看进度、答复和评价"),
    ]
}

fn units() -> Vec<ChoiceGroup> {
    let group = |title: &str, units: &[(&str, &str)]| ChoiceGroup {
        title: title.to_owned(),
        choices: units.iter().map(|(id, name)| Choice::new(*id, *name)).collect(),
    };
    vec![
        group(
            "机关部门",
            &[("office", "办公室"), ("security", "保卫处"), ("teaching", "教务处"), ("finance", "财务处")],
        ),
        group(
            "服务保障",
            &[("logistics", "后勤管理处"), ("residence", "公寓管理中心"), ("network", "网络中心")],
        ),
        group("学院", &[("physics", "物理学院"), ("letters", "文学院"), ("law", "法学院")]),
    ]
}

fn tabs() -> Vec<Tab> {
    let tab = |words: &str, count, tone, is_current| Tab {
        href: "/_design".to_owned(),
        words: words.to_owned(),
        count: Some(count),
        tone,
        is_current,
    };
    vec![
        tab("全部待办", 17, "mute", true),
        tab("待签收", 5, "mute", false),
        tab("今日到期", 3, "warn", false),
        tab("已超期", 1, "bad", false),
    ]
}

fn photo(alt: &str) -> Photo {
    let picture = super::asset("favicon.svg");
    Photo { href: picture.clone(), thumbnail: picture, alt: alt.to_owned() }
}
