//! A report never goes unseen to the unit it names, on whatever road (5.1).

use super::*;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

fn path(no: &CaseNo, noun: &str) -> String {
    format!("/staff/cases/{no}/{noun}")
}

// 3.7, 5.1
#[tokio::test]
async fn whoever_has_a_report_does_not_call_the_unit_it_names_unless_they_looked_into_it() {
    let app = site();
    let no = brought(&app, "report", "举报保卫处乱收费", "停车费没有票。");
    done(&app, &app.clerk(), &no, assign("discipline"));
    let here = format!("/desk/discipline/cases/{no}/assistance");
    let form = [("helpers", "security"), ("words", "请提供收费依据。")];
    let asked = app.officer("discipline").post(&here, &form).await;
    asked.is(422).says("可能反映的就是它").says("已核实，被反映的不是这个单位").says("请提供收费依据。");
    assert!(standing(&app, &no).assisting.is_empty());
    let ticked = [form[0], form[1], ("looked_into", "yes")];
    app.officer("discipline").post(&here, &ticked).await.is(303);
    assert_eq!(standing(&app, &no).assisting, ["security".into()]);
}

// 3.8, 5.1
#[tokio::test]
async fn a_report_that_came_along_does_not_reach_the_unit_it_names_with_its_lead() {
    let app = site();
    let lead = brought(&app, "report", "举报停车收费没有票", "在东门。");
    let along = brought(&app, "report", "举报保卫处乱收费", "在西门。");
    app.clerk().post(&path(&lead, "merging"), &[("others", along.as_str())]).await.is(303);
    let unit = [("unit", "security")];
    app.clerk().post(&path(&lead, "assignment"), &unit).await.is(422).says("可能反映的就是它");
    assert_eq!(standing(&app, &lead).unit, None);
    let discipline = [("unit", "discipline")];
    app.clerk().post(&path(&lead, "assignment"), &discipline).await.is(303);
    // Whoever opens the lead reads the words of both, and both have readers that are kept.
    app.officer("discipline").get(&format!("/desk/discipline/cases/{lead}")).await.is(200).says("在西门。");
    let read = app.db.read_now(move |tx| {
        let sql =
            "select count(*) as n from case_reads where case_no = $1 and person_id = 'p-officer-discipline'";
        Ok::<_, Error>(tx.query_one(sql, params![along])?.int("n")?)
    });
    assert_eq!(read.unwrap(), 1);
}
