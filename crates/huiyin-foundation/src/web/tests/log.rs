//! The access log: what each line holds, and what must never be in it.

use crate::error::Error;
use crate::testing::TestApp;
use crate::web::{Door, Routes};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every line as text.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Subscriber for Lines {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target().starts_with("huiyin")
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn on_the_nameless_roads_and_on_the_way_there_no_line_is_written() {
    let fails = async || Err::<(), _>(Error::internal("the disk is gone"));
    let routes = Routes::new("tests")
        .post("/nameless/cases", Door::Nameless, async || "sent")
        .get("/receipt", Door::Nameless, fails)
        .get("/say/{kind}", Door::Anyone, async || "ask")
        .get("/public", Door::Anyone, async || "list");
    let app = TestApp::new(routes);
    let lines = Lines::default();
    let _listening = tracing::subscriber::set_default(lines.clone());
    let access = || {
        let lines = lines.0.lock().unwrap().clone();
        lines.into_iter().filter(|line| line.contains("route")).collect::<Vec<_>>()
    };
    app.anyone().post("/nameless/cases", &[]).await.is(200);
    app.student().get("/say/repair").await.is(200);
    assert_eq!(access(), [] as [String; 0]);
    app.anyone().get("/receipt").await.is(500);
    let told = access();
    assert!(told.iter().any(|line| line.contains("hour") && line.contains(":00:00")), "{told:?}");
    app.anyone().get("/public").await.is(200);
    assert!(access().last().unwrap().contains("/public"));
}

#[tokio::test]
async fn a_line_names_the_route_and_nothing_of_the_person_or_the_case() {
    let routes = Routes::new("tests").get("/cases/{no}", Door::Anyone, async || "case");
    let app = TestApp::new(routes);
    let lines = Lines::default();
    let _listening = tracing::subscriber::set_default(lines.clone());
    let headers =
        [("user-agent", "SecretAgent/7"), ("x-forwarded-for", "203.0.113.9"), ("accept", "text/html")];
    let answer = app.student().get_with("/cases/HY-7K3M92QX?code=ABCD", &headers).await;
    app.student().get_with("/lost/HY-7K3M92QX", &headers).await.is(404);
    let lines = lines.0.lock().unwrap().clone();
    let number = answer.headers["x-request-number"].to_str().unwrap();
    assert!(
        lines[0].contains("route=/cases/{no}") || lines[0].contains("route=\"/cases/{no}\""),
        "{}",
        lines[0]
    );
    assert!(
        lines[0].contains("status=200") && lines[0].contains(number) && lines[0].contains("ms="),
        "{}",
        lines[0]
    );
    for secret in ["HY-7K3M92QX", "ABCD", "SecretAgent", "203.0.113.9", "p-student", "学生甲"] {
        assert!(lines.iter().all(|line| !line.contains(secret)), "{secret} is in the log: {lines:?}");
    }
}
