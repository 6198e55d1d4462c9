//! Every component is on `/_design` in every state, and works for whoever does not see it.

use crate::testing::TestApp;
use crate::web::{Routes, asset};

async fn design(query: &str) -> String {
    let app = TestApp::new(Routes::new("tests"));
    app.student().get(&format!("/_design{query}")).await.is(200).html()
}

#[tokio::test]
async fn the_design_page_shows_every_macro_of_every_component() {
    let shown = [
        design("").await,
        design("?layout=staff").await,
        design("?layout=step").await,
        design("?layout=paper").await,
    ]
    .concat();
    // One mark of each component that nothing else writes.
    let marks = [
        "class=\"icon\"",
        "logo-mark",
        "class=\"echo\"",
        "tag-solid",
        "tone-teal",
        "kind-3",
        "count-hot",
        "avatar",
        "due-strong",
        "due-exact",
        "glyph-yellow",
        "glyph-red",
        "callout",
        "class=\"empty\"",
        "frozen",
        "done-panel",
        "code-box",
        "class=\"field\"",
        "has-error",
        "error-summary",
        "options-3",
        "chip-choice",
        "data-phrases",
        "class=\"steps\"",
        "class=\"stations\"",
        "timeline",
        "bubble-reply",
        "bubble-note",
        "photos",
        "class=\"tabs\"",
        "class=\"find",
        "class=\"pager\"",
        "progressbar",
        "class=\"ring",
        "verdicts",
        "class=\"kpi\"",
        "similar",
        "top-bar",
        "phone-head",
        "tab-bar",
        "class=\"side\"",
        "side-count-hot",
        "action-bar",
        "sheet-landscape",
        "class=\"foot",
    ];
    let missing: Vec<&str> = marks.into_iter().filter(|mark| !shown.contains(mark)).collect();
    assert!(missing.is_empty(), "not on /_design: {missing:?}");
}

#[tokio::test]
async fn a_field_with_an_error_is_tied_to_its_sentence_and_its_summary() {
    let html = design("?layout=step").await;
    assert!(html.contains("<title>错误：") || html.contains("href=\"#phone\""));
    assert!(html.contains("id=\"phone-error\"") && html.contains("aria-invalid=\"true\""));
    assert!(html.contains("aria-describedby=\"phone-error\""));
    assert!(html.contains("id=\"errors\"") && html.contains("role=\"alert\""));
    assert!(html.contains("有 3 处要改"));
}

#[tokio::test]
async fn no_page_carries_inline_style_or_script() {
    for query in ["", "?layout=staff", "?layout=step", "?layout=paper"] {
        let html = design(query).await;
        assert!(
            !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="),
            "{query}"
        );
        assert_eq!(html.matches("<script").count(), 1, "{query}");
    }
}

#[tokio::test]
async fn every_icon_a_page_draws_is_in_the_sprite_and_every_id_is_unique() {
    let sprite = String::from_utf8(crate::web::assets::bundled("icons.svg").unwrap().1.into_owned()).unwrap();
    for query in ["", "?layout=staff", "?layout=step"] {
        let html = design(query).await;
        let base = format!("{}#", asset("icons.svg"));
        for drawn in html.split(&base).skip(1) {
            let name = drawn.split('"').next().unwrap();
            assert!(
                sprite.contains(&format!("<symbol id=\"{name}\"")),
                "{name} is not in frontend/icons.txt"
            );
        }
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        // The design page shows the field `phone` wrong and the option group `who` twice over; real pages do not.
        assert!(all - ids.len() <= 1, "{query}: {all} ids, {} different", ids.len());
    }
}

#[test]
fn every_icon_named_in_a_template_or_a_preset_is_in_the_sprite() {
    let list = include_str!("../../../../../frontend/icons.txt");
    let preset = include_str!("../../../../../presets/campus.toml");
    let named = preset
        .lines()
        .filter_map(|line| line.trim().strip_prefix("icon = \""))
        .map(|rest| rest.trim_end_matches('"'));
    let missing: Vec<&str> = named.filter(|name| !list.lines().any(|line| line == *name)).collect();
    assert!(missing.is_empty(), "not in frontend/icons.txt: {missing:?}");
}
