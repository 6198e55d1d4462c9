//! Every door with every role; sessions that are read, and the road on which none is.

use super::site;
use crate::testing::TestApp;
use crate::web::door::Admission;
use crate::web::{Door, Routes, Visitor};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::PersonId;

fn person(duties: Vec<Duty>) -> Visitor {
    Visitor { person: Some(PersonId::from("p1")), name: "甲".into(), duties, ..Visitor::default() }
}

fn duty(role: Role, unit: Option<&str>) -> Duty {
    Duty { role, unit: unit.map(Into::into), post: None }
}

#[test]
fn each_door_opens_to_its_roles_and_to_no_other() {
    let expected = |door: Door, role: Role| match door {
        Door::Anyone | Door::Nameless | Door::SignedIn | Door::Demo => true,
        // A volunteer works at the place and at no desk.
        Door::Staff => role != Role::Volunteer,
        Door::Officer => matches!(role, Role::Officer | Role::UnitHead),
        Door::UnitHead => role == Role::UnitHead,
        Door::Clerk => role == Role::Clerk,
        Door::Leader => role == Role::Leader,
        Door::Supervisor => matches!(role, Role::Supervisor | Role::Clerk),
        Door::Overseer => matches!(role, Role::Clerk | Role::Supervisor | Role::Leader),
        Door::Publisher => role == Role::Publisher,
        Door::Auditor => role == Role::Auditor,
        Door::Admin => role == Role::Admin,
        Door::Keeper => matches!(role, Role::Admin | Role::Auditor),
        Door::Volunteer => role == Role::Volunteer,
    };
    let mut wrong = Vec::new();
    for door in Door::ALL {
        for role in Role::ALL {
            let visitor = person(vec![duty(role, Some("logistics"))]);
            let enters = door.admits(&visitor, None, true) == Admission::Enter;
            if enters != expected(door, role) {
                wrong.push(format!("{door} and {}: enters is {enters}", role.word()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn strangers_pass_only_doors_that_ask_for_nobody() {
    for door in Door::ALL {
        let answer = door.admits(&Visitor::stranger(), Some("logistics"), false);
        let expected = match door {
            Door::Anyone | Door::Nameless => Admission::Enter,
            Door::Demo => Admission::Hidden,
            _ => Admission::SignIn,
        };
        assert_eq!(answer, expected, "{door}");
    }
}

#[test]
fn an_officer_enters_the_desk_of_the_own_unit_only() {
    let visitor = person(vec![duty(Role::Officer, Some("logistics"))]);
    assert_eq!(Door::Officer.admits(&visitor, Some("logistics"), false), Admission::Enter);
    assert_eq!(Door::Officer.admits(&visitor, Some("library"), false), Admission::Forbidden);
    assert_eq!(Door::UnitHead.admits(&visitor, Some("logistics"), false), Admission::Forbidden);
    // Head here, officer there: each duty holds only at its place.
    let both = person(vec![duty(Role::Officer, Some("logistics")), duty(Role::UnitHead, Some("library"))]);
    assert_eq!(Door::UnitHead.admits(&both, Some("logistics"), false), Admission::Forbidden);
    assert_eq!(Door::UnitHead.admits(&both, Some("library"), false), Admission::Enter);
}

#[test]
fn somebody_without_duties_gets_past_the_sign_in_and_no_further() {
    for door in Door::ALL {
        let enters = door.admits(&person(vec![]), None, false) == Admission::Enter;
        assert_eq!(enters, matches!(door, Door::Anyone | Door::Nameless | Door::SignedIn), "{door}");
    }
}

#[tokio::test]
async fn the_unit_of_the_path_decides_whose_desk_it_is() {
    let app = TestApp::new(Routes::new("tests").get("/desk/{unit}/x", Door::Officer, async || "desk"));
    app.officer("logistics").get("/desk/logistics/x").await.is(200);
    app.officer("logistics").get("/desk/library/x").await.is(403).says("这件不在您的办理范围内");
    let student = app.student().get("/desk/logistics/x").await;
    student.is(403).says("这一页只给承办员、单位负责人用").says("您自己的诉求在“我的诉求”里");
    let clerk = app.clerk().get("/desk/logistics/x").await;
    clerk.is(403).says("您的账号打不开这一页").says("请系统管理员给您加上这个角色").hides("我的诉求”里");
    let answer = app.anyone().get("/desk/logistics/x?q=1").await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/sign-in?next=%2Fdesk%2Flogistics%2Fx%3Fq%3D1")
    );
}

#[tokio::test]
async fn on_the_nameless_road_nobody_is_recognised() {
    let app = site();
    app.student().get("/anyone").await.is(200).says("hello 学生甲");
    app.student().get("/nameless").await.is(200).says("hello stranger");
    app.anyone().get("/anyone").await.is(200).says("hello stranger");
}

#[tokio::test]
async fn an_act_after_the_session_has_ended_shows_its_words_again() {
    let app = site();
    let words = "从周一晚上开始，三楼东侧走廊的灯不亮，下楼要打手电。";
    let answer = app.anyone().post("/mine/say", &[("words", words)]).await;
    answer.is(401).says("请重新登录").says(words);
    app.student().post("/mine/say", &[("words", words)]).await.is(303);
}

#[test]
fn the_list_of_routes_is_sorted_and_says_who_may_enter() {
    let rows = Routes::new("b").get("/b", Door::Clerk, async || "").merge(Routes::new("a").post(
        "/a/{no}",
        Door::Anyone,
        async || "",
    ));
    let lines: Vec<String> = rows
        .list()
        .iter()
        .map(|row| row.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines, ["POST /a/{no} Anyone a", "GET /b Clerk b"]);
}
