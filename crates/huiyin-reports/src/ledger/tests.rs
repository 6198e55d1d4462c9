//! The ledger on paper and as a workbook: complete, and only for those whose duty it is.

use crate::tests::{Shelved, event, hours_ago, put};
use calamine::{Data, Reader, Xlsx};
use huiyin_domain::access::Role;
use huiyin_foundation::testing::TestApp;
use std::io::Cursor;

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn lamp() -> Shelved {
    Shelved {
        satisfaction: Some("satisfied"),
        solved: Some("yes"),
        ..Shelved { due: Some(hours_ago(0)), ..Shelved::new("HY-20261123-0001", "灯不亮") }.answered(2)
    }
}

#[tokio::test]
async fn the_sheet_tells_every_case_of_the_unit_with_sum_and_signatures() {
    let app = app();
    Shelved { stage: "rated", ..lamp() }.put(&app);
    Shelved {
        due: Some(hours_ago(30)),
        route: Some("transfer"),
        channel: "phone",
        ..Shelved::new("HY-20261122-0002", "餐盘有异味")
    }
    .put(&app);
    event(&app, "HY-20261122-0002", 4, "progress_reported", "洗碗机在修，周五装好");
    Shelved { unit: Some("library"), ..Shelved::new("HY-20261123-0003", "别的单位的件") }.put(&app);
    Shelved {
        submitted_at: hours_ago(24 * 300), ..Shelved::new("HY-20260128-0001", "上个学期前的件")
    }
    .put(&app);
    let page = app.officer("logistics").get("/ledger/term?unit=logistics").await;
    page.is(200).says("部门、单位：后勤管理处").says("2026—2027 学年第一学期（截至 2026 年 11 月 24 日）");
    page.says("灯不亮 网上平台 2026-11-23 直接办理 2026-11-24 已办结 满意");
    page.says("餐盘有异味 电话来访 2026-11-23 转办 未办结 洗碗机在修，周五装好（超期 2 天）");
    page.says("共 2 件：已办结 1 件，未办结 1 件；按期办结率 50%（1 / 2，超期 1 件）。");
    page.says("填表人：承办员").says("分管校领导（签字）：").hides("别的单位的件").hides("上个学期前的件");
    page.hides("没有注明原因");
}

#[tokio::test]
async fn what_was_answered_in_a_time_that_was_extended_is_in_time_and_counted_apart() {
    let app = app();
    Shelved { stage: "rated", ..lamp() }.put(&app);
    Shelved { stage: "rated", no: "HY-20261123-0002", ..lamp() }.put(&app);
    Shelved { due: Some(hours_ago(30)), ..Shelved::new("HY-20261122-0003", "餐盘有异味") }.put(&app);
    put(&app, "update cases set result_extended = 1 where case_no <> 'HY-20261123-0001'", Vec::new());
    let page = app.officer("logistics").get("/ledger/term?unit=logistics").await;
    page.says("按期办结率 66.7%（2 / 3，其中延期 1 件，超期 1 件）。");
}

#[tokio::test]
async fn a_protected_matter_stands_on_the_sheet_without_its_words() {
    let app = app();
    Shelved {
        restricted: true,
        due: Some(hours_ago(30)),
        ..Shelved::new("HY-20261122-0002", "采购里有回扣")
    }
    .put(&app);
    event(&app, "HY-20261122-0002", 4, "progress_reported", "正在核实回扣");
    let page = app.officer("logistics").get("/ledger/term?unit=logistics").await;
    page.is(200)
        .says("HY-20261122-0002 不公开事项")
        .hides("回扣")
        .says("共 1 件：已办结 0 件，未办结 1 件。");
}

#[tokio::test]
async fn an_open_case_without_a_reason_is_named_above_the_sheet() {
    let app = app();
    Shelved::new("HY-20261122-0002", "餐盘有异味").put(&app);
    let page = app.unit_head("logistics").get("/ledger/term").await;
    page.is(200).says("还有 1 件未办结没有注明原因").says("后勤管理处 1 件： HY-20261122-0002");
    assert!(page.html().contains("href=\"/staff/cases/HY-20261122-0002\""));
}

#[tokio::test]
async fn a_printed_sheet_is_checked_by_its_code_until_a_case_moves_on() {
    let app = app();
    lamp().put(&app);
    let officer = app.officer("logistics");
    let text = officer.get("/ledger/term").await.text();
    let code = text.split("校验码 ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert_eq!(code.len(), 9, "{code}");
    let asked = format!("/ledger/term?unit=logistics&code={}", code.to_lowercase());
    officer.get(&asked).await.says("校验码相符");
    officer.get("/ledger/term?unit=logistics&code=0000-0000").await.says("校验码不符");
    app.officer("library").get("/ledger/term").await.hides(&code);
    Shelved::new("HY-20261122-0002", "餐盘有异味").put(&app);
    officer.get(&asked).await.says("校验码不符");
}

#[tokio::test]
async fn only_those_whose_duty_it_is_find_the_ledger() {
    let app = app();
    let path = "/ledger/term?unit=logistics";
    for hand in [
        app.officer("logistics"),
        app.unit_head("logistics"),
        app.clerk(),
        app.leader("deputy-services"),
        app.leader("president"),
        app.holder(Role::Supervisor),
        app.holder(Role::Auditor),
    ] {
        hand.get(path).await.is(200);
    }
    for hand in [
        app.student(),
        app.officer("library"),
        app.leader("deputy-teaching"),
        app.holder(Role::Publisher),
        app.holder(Role::Admin),
    ] {
        hand.get(path).await.is(404);
        hand.get("/ledger/term.xlsx?unit=logistics").await.is(404);
    }
    app.anyone().get(path).await.is(303);
    app.student().get("/ledger/term").await.is(404);
    app.clerk().get("/ledger/term?unit=nowhere").await.is(404);
    app.clerk().get("/ledger/term?term=nowhen").await.is(404);
}

#[tokio::test]
async fn whoever_may_see_the_whole_school_begins_with_it() {
    let app = app();
    lamp().put(&app);
    Shelved {
        unit: None, stage: "submitted", route: None, ..Shelved::new("HY-20261123-0009", "还没派出")
    }
    .put(&app);
    app.clerk().get("/ledger/term").await.says("部门、单位：全校").says("灯不亮").says("还没派出");
    app.officer("library").get("/ledger/term").await.says("部门、单位：图书馆").says("这个学期还没有办件");
}

#[tokio::test]
async fn the_workbook_holds_the_same_rows_and_formulas_stay_words() {
    let app = app();
    let titles = ["=1+1", "+86 打不通", "-1 楼漏水", "@全体", "=HYPERLINK(\"x\")"];
    let numbers =
        ["HY-20261123-0001", "HY-20261123-0002", "HY-20261123-0003", "HY-20261123-0004", "HY-20261123-0005"];
    for (no, title) in numbers.into_iter().zip(titles) {
        Shelved { due: Some(hours_ago(-1)), ..Shelved::new(no, title) }.answered(1).put(&app);
    }
    let answer = app.officer("logistics").get("/ledger/term.xlsx?unit=logistics").await;
    assert!(
        answer.is(200).headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("ledger-2026-2027-1-logistics")
    );
    let mut book = Xlsx::new(Cursor::new(answer.body)).unwrap();
    let sheet = book.worksheet_range("汇总表").unwrap();
    for (at, title) in titles.into_iter().enumerate() {
        assert_eq!(sheet.get_value((at as u32 + 2, 2)), Some(&Data::String(title.to_owned())));
        assert_eq!(sheet.get_value((at as u32 + 2, 1)), Some(&Data::String(numbers[at].to_owned())));
        assert_eq!(sheet.get_value((at as u32 + 2, 7)), Some(&Data::String("已办结".to_owned())));
    }
    let sum = sheet.get_value((7, 0)).map(ToString::to_string).unwrap_or_default();
    assert!(sum.starts_with("共 5 件：已办结 5 件"), "{sum}");
    assert!(book.worksheet_formula("汇总表").unwrap().is_empty());
}
