//! What is said back above the dossier to whoever has just done something.

use super::law::path;
use super::*;

// 5.4
#[tokio::test]
async fn what_goes_past_the_reader_does_not_take_away_the_word_of_their_own_act() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    let dossier = format!("/staff/cases/{no}");
    app.clerk().get(&dossier).await.says("已记下：");
    let complaint = [("words", "办公室压了两天才派。"), ("about_office", "yes")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    app.clerk().get(&dossier).await.says("已记下：").hides("压了两天");
    // What the requester writes to everybody there does.
    app.student().post(&format!("/cases/{no}/supplement"), &[("words", "周六也行。")]).await.is(303);
    app.clerk().get(&dossier).await.says("周六也行。").hides("已记下：");
}

#[tokio::test]
async fn a_press_of_several_lines_is_told_by_the_act_it_was_about() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    let ask = Command::AskRequester { words: "请问是哪个馆？".into() };
    done(&app, &app.officer("library"), &no, ask);
    app.pass_hours(1);
    let form = [("kind", "report"), ("correction_reason", "是举报。")];
    app.clerk().post(&path(&no, "correction"), &form).await.is(303);
    assert_eq!(standing(&app, &no).unit, Some("discipline".into()), "taken back and passed on in one press");
    assert_eq!(standing(&app, &no).asked_at, None, "and the clock goes on");
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.says("已转为受保护的事项").says("已记下：转入法定程序：举报。接下来：");
}
