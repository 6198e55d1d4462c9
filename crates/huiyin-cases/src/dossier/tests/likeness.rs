//! What a page offers by likeness, and that two refusals that must not be told apart are alike; over HTTP.

use super::*;
use huiyin_domain::case::{Answer, Outcome};

fn path(no: &CaseNo, act: &str) -> String {
    format!("/staff/cases/{no}/{act}")
}

// 3.8
#[tokio::test]
async fn what_is_like_a_case_is_offered_to_be_merged_with_a_tick() {
    let app = site();
    let clerk = app.clerk();
    let at = |place: &str| Command::Correct {
        kind: None,
        category: Some("repairs".into()),
        place: Some(place.into()),
        urgency: None,
        reason: "写在正文里。".into(),
    };
    let lead = brought(&app, "suggestion", "三号楼洗衣机常坏", "");
    let (alike, elsewhere, sealed) = (
        brought_as(&app, "suggestion", "三号楼的洗衣机又坏了", "", Identity::Sealed),
        brought_as(&app, "suggestion", "一号楼水房没有灯", "", Identity::Sealed),
        brought_as(&app, "suggestion", "食堂人多", "", Identity::Sealed),
    );
    let by_the_same = brought(&app, "suggestion", "请多放几台洗衣机", "");
    done(&app, &clerk, &lead, at("residence-3"));
    done(&app, &clerk, &alike, at("residence-3"));
    done(&app, &clerk, &elsewhere, at("residence-1"));
    let page = clerk.get(&format!("/staff/cases/{lead}?open=merging")).await;
    let box_of = |no: &CaseNo| format!("name=\"other\" value=\"{no}\"");
    let html = page.html();
    assert!(html.contains(&box_of(&alike)) && html.contains(&box_of(&by_the_same)));
    assert!(!html.contains(&box_of(&elsewhere)) && !html.contains(&box_of(&sealed)));
    app.clerk().post(&path(&lead, "merging"), &[("others", "")]).await.is(422).says("请选要并进来的");
    let ticked = [("other", alike.as_str()), ("other", by_the_same.as_str()), ("others", "")];
    clerk.post(&path(&lead, "merging"), &ticked).await.is(303);
    assert_eq!(standing(&app, &lead).joined.len(), 2);
}

// 1.6, 3.8
#[tokio::test]
async fn the_same_in_other_words_is_offered_with_its_reasons_and_what_has_ended_is_named() {
    let app = site();
    let clerk = app.clerk();
    let strange = |title: &str, body: &str| brought_as(&app, "suggestion", title, body, Identity::Sealed);
    let lead = strange("七号楼热水每天十点就停", "洗到一半变凉，希望延长到十一点");
    let open = strange("希望七号楼热水延长", "现在每天十点就停");
    let ended = strange("七号楼热水十点就停了", "想洗澡洗不成");
    let (other, kept_away) =
        (strange("图书馆座位不够", "考试周找不到座位"), strange("七号楼热水每天十点就停", ""));
    done(&app, &clerk, &ended, assign("logistics"));
    let reply = Command::Reply(Answer {
        words: "已经延长到十一点。".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(&app, &app.unit_head("logistics"), &ended, reply);
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "反映的就是它。".into() };
    done(&app, &clerk, &kept_away, recuse);
    let page = clerk.get(&format!("/staff/cases/{lead}?open=merging")).await;
    let html = page.html();
    let box_of = |no: &CaseNo| format!("name=\"other\" value=\"{no}\"");
    assert!(html.contains(&box_of(&open)) && !html.contains(&box_of(&ended)));
    assert!(!html.contains(&box_of(&other)) && !html.contains(kept_away.as_str()));
    page.says("都写到：").says("每天十点就停").says("办完的、和这件很像");
    assert!(html.contains(&format!("href=\"/staff/cases/{ended}\"")));
}

// 2.4
#[tokio::test]
async fn what_left_the_sight_of_a_unit_says_no_more_than_what_never_was() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "反映的就是它。".into() };
    done(&app, &app.clerk(), &no, recuse);
    let officer = app.officer("library");
    let (gone, never) = (no.as_str(), "HY-20261123-9999");
    for desk in ["/staff/cases", "/desk/library/cases"] {
        let one = officer.get(&format!("{desk}/{gone}")).await;
        one.is(404).says("这件事您这里看不到：可能编号不对，也可能已经转给别处办理，不用您再处理。");
        let other = officer.get(&format!("{desk}/{never}")).await;
        assert_eq!(one.text(), other.text());
    }
    app.student().get(&format!("/staff/cases/{never}")).await.hides("不用您再处理");
}
