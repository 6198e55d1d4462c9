//! Who is answered what: every route, asked by everybody, for a case of their own unit and of another.
//!
//! An act is asked with an empty form: whoever may not do it is turned away before the form is looked at. The paper shows
//! the status of each answer; `in` means "sign in first".

use crate::cast::{UNIT_A, UNIT_B, case_of_a, case_of_b, engage, everybody};
use crate::golden;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::{Answer, Hand, TestApp};
use huiyin_foundation::web::RouteRow;

/// A number of the right shape that no case has.
const NO_CASE: &str = "HY-20200101-9999";

/// What `{act}` stands for in the addresses of one's own case.
const ACTS: [&str; 6] = ["supplement", "reminder", "rating", "reopening", "withdrawal", "unpublication"];

/// The roads of a row: one, or one for each act that its path stands for.
fn roads(row: &RouteRow) -> Vec<String> {
    if row.path.contains("{act}") {
        return ACTS.iter().map(|act| row.path.replace("{act}", act)).collect();
    }
    vec![row.path.to_owned()]
}

/// Whose unit and case a path is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Neither names one.
    Nothing,
    /// Unit and case A.
    A,
    /// Unit and case B.
    B,
    /// The desk of A, and on it the case of B.
    DeskOfACaseOfB,
}

impl About {
    /// What a path can be about.
    fn all(path: &str) -> Vec<About> {
        match (path.contains("{unit}"), path.contains("{no}")) {
            (false, false) => vec![About::Nothing],
            (true, true) => vec![About::A, About::B, About::DeskOfACaseOfB],
            _ => vec![About::A, About::B],
        }
    }

    fn heading(self) -> &'static str {
        match self {
            About::Nothing => "",
            About::A => "A",
            About::B => "B",
            About::DeskOfACaseOfB => "A+B",
        }
    }

    fn unit(self) -> &'static str {
        if self == About::B { UNIT_B } else { UNIT_A }
    }

    fn case_is_of_a(self) -> bool {
        self == About::A
    }
}

/// The path with something in every gap.
fn filled(path: &str, unit: &str, no: &str) -> String {
    let gaps =
        [("{unit}", unit), ("{no}", no), ("{kind}", "suggestion"), ("{hash}", "0"), ("{name}", "hy.css")];
    let known = gaps.iter().fold(path.to_owned(), |path, (gap, value)| path.replace(gap, value));
    known
        .split('/')
        .map(|part| if part.starts_with('{') { "0123456789abcdef" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(hand: &Hand<'_>, row: &RouteRow, path: &str) -> Answer {
    if row.method == "POST" { hand.post(path, &[]).await } else { hand.get(path).await }
}

/// The case a path is about: a new one before every act, so that no answer depends on those before it.
async fn case_for(app: &TestApp, row: &RouteRow, about: About, known: &(CaseNo, CaseNo)) -> CaseNo {
    match (row.method == "POST" && row.path.contains("{no}"), about.case_is_of_a()) {
        (true, true) => case_of_a(app).await,
        (true, false) => case_of_b(app).await,
        (false, true) => known.0.clone(),
        (false, false) => known.1.clone(),
    }
}

fn class(answer: &Answer) -> String {
    match answer.status.as_u16() {
        303 if answer.location().starts_with("/sign-in") => "in".to_owned(),
        401 => "in".to_owned(),
        status => status.to_string(),
    }
}

#[tokio::test]
async fn everybody_is_answered_as_the_paper_says() {
    let app = TestApp::new(huiyin::routes());
    engage(&app).await;
    let known = (case_of_a(&app).await, case_of_b(&app).await);
    let hands = everybody(&app);
    let headings: Vec<String> = hands.iter().map(|(heading, _)| format!("{heading:<11}")).collect();
    let mut lines = vec![format!("{:<53}{}", "", headings.concat().trim_end())];
    for row in huiyin::routes().list() {
        for (road, about) in
            roads(&row).iter().flat_map(|road| About::all(road).into_iter().map(move |about| (road, about)))
        {
            let mut line = format!("{:<5}{:<44}{:<4}", row.method, road, about.heading());
            for (_, hand) in &hands {
                let no = case_for(&app, &row, about, &known).await;
                let answer = ask(hand, &row, &filled(road, about.unit(), no.as_str())).await;
                assert!(!answer.status.is_server_error(), "{row}: {}", answer.text());
                line.push_str(&format!("{:<11}", class(&answer)));
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    golden::check("crates/huiyin/tests/access-routes.txt", &lines.join("\n"));
}

#[tokio::test]
async fn another_units_officer_cannot_tell_a_case_from_none() {
    let app = TestApp::new(huiyin::routes());
    engage(&app).await;
    let known = (case_of_a(&app).await, case_of_b(&app).await);
    let mut asked = 0;
    let rows = huiyin::routes().list();
    let about_a_case = rows.iter().filter(|row| row.path.contains("{no}"));
    for (row, road) in about_a_case.flat_map(|row| roads(row).into_iter().map(move |road| (row, road))) {
        for (officer, about, desk) in [
            (app.officer(UNIT_B), About::A, UNIT_B),
            (app.officer(UNIT_B), About::A, UNIT_A),
            (app.officer(UNIT_A), About::B, UNIT_A),
            (app.student(), About::B, UNIT_B),
        ] {
            let no = case_for(&app, row, about, &known).await;
            let real = ask(&officer, row, &filled(&road, desk, no.as_str())).await;
            let none = ask(&officer, row, &filled(&road, desk, NO_CASE)).await;
            let turned_away_at_the_door = [none.status.as_u16(), real.status.as_u16()] == [403, 403];
            assert!(real.status == 404 || turned_away_at_the_door, "{row} lets through: {}", real.text());
            let (real_says, none_says) =
                (real.text().replace(no.as_str(), "№"), none.text().replace(NO_CASE, "№"));
            assert_eq!((real.status, real_says), (none.status, none_says), "{row} tells a case from none");
            asked += 1;
        }
    }
    println!("{asked} times asked");
}
