//! The site as people meet it: hands that knock at doors and read what comes back as text.
//!
//! A hand is a role: `app.anyone()`, `app.student()`, `app.officer("logistics")`. It keeps a cookie that the test's own
//! doorkeeper knows; signing in is tested where it lives. Posting mints the form token a page would have carried.

use super::TestSchool;
use crate::error::Error;
use crate::school::{App, School};
use crate::web::{Doorkeeper, Recognising, Routes, Visitor, cookie_name, mint_token, site};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::PersonId;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// A school with its site.
pub struct TestApp {
    school: TestSchool,
    site: Router,
    known: Arc<Known>,
}

#[derive(Default)]
struct Known(Mutex<BTreeMap<String, Visitor>>);

impl Doorkeeper for Known {
    fn recognise<'a>(&'a self, _: &'a School, cookie: &'a str) -> Recognising<'a> {
        let visitor = self.0.lock().map(|known| known.get(cookie).cloned()).ok().flatten();
        Box::pin(async { Ok::<_, Error>(visitor.unwrap_or_else(Visitor::stranger)) })
    }
}

impl TestApp {
    /// The site of these routes over a fresh school.
    pub fn new(routes: Routes) -> TestApp {
        TestApp::over(TestSchool::new(), routes)
    }

    /// The site of these routes over a given school.
    pub fn over(school: TestSchool, routes: Routes) -> TestApp {
        let known = Arc::new(Known::default());
        let site = site(routes, school.app(), known.clone());
        TestApp { school, site, known }
    }

    /// Somebody who has not signed in.
    pub fn anyone(&self) -> Hand<'_> {
        Hand { app: self, visitor: Visitor::stranger() }
    }

    /// A student, always the same one.
    pub fn student(&self) -> Hand<'_> {
        self.person("p-student", "学生甲", vec![])
    }

    /// Another student.
    pub fn other_student(&self) -> Hand<'_> {
        self.person("p-other", "学生乙", vec![])
    }

    /// An officer of a unit.
    pub fn officer(&self, unit: &str) -> Hand<'_> {
        self.person(&format!("p-officer-{unit}"), "承办员", vec![duty(Role::Officer, Some(unit), None)])
    }

    /// The head of a unit.
    pub fn unit_head(&self, unit: &str) -> Hand<'_> {
        self.person(&format!("p-head-{unit}"), "负责人", vec![duty(Role::UnitHead, Some(unit), None)])
    }

    /// A clerk of the coordinating office.
    pub fn clerk(&self) -> Hand<'_> {
        let office = self.school.policy_in_force().policy.school.coordinator.0.clone();
        self.person("p-clerk", "受理员", vec![duty(Role::Clerk, Some(&office), None)])
    }

    /// The holder of a leader post.
    pub fn leader(&self, post: &str) -> Hand<'_> {
        self.person(&format!("p-leader-{post}"), "校领导", vec![duty(Role::Leader, None, Some(post))])
    }

    /// Somebody with one of the roles that need no place: supervisor, publisher, auditor, administrator.
    pub fn holder(&self, role: Role) -> Hand<'_> {
        self.person(&format!("p-{}", role.word()), "工作人员", vec![duty(role, None, None)])
    }

    /// A member of a volunteer squad.
    pub fn volunteer(&self, squad: &str) -> Hand<'_> {
        self.person(&format!("p-volunteer-{squad}"), "队员", vec![duty(Role::Volunteer, None, Some(squad))])
    }

    /// Anybody else.
    pub fn person(&self, id: &str, name: &str, duties: Vec<Duty>) -> Hand<'_> {
        let visitor = Visitor {
            person: Some(PersonId::from(id)),
            name: name.into(),
            duties,
            session: Some(format!("session-of-{id}")),
            ..Visitor::default()
        };
        if let Ok(mut known) = self.known.0.lock() {
            known.insert(id.to_owned(), visitor.clone());
        }
        Hand { app: self, visitor }
    }
}

impl Deref for TestApp {
    type Target = TestSchool;
    fn deref(&self) -> &TestSchool {
        &self.school
    }
}

fn duty(role: Role, unit: Option<&str>, post: Option<&str>) -> Duty {
    Duty { role, unit: unit.map(Into::into), post: post.map(Into::into) }
}

/// Somebody at the site.
#[derive(Clone)]
pub struct Hand<'a> {
    app: &'a TestApp,
    /// Who they are to the doors.
    pub visitor: Visitor,
}

impl Hand<'_> {
    /// Their id.
    pub fn id(&self) -> PersonId {
        self.visitor.person.clone().unwrap_or_else(|| PersonId::from("nobody"))
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, Body::empty())).await
    }

    /// Opens a page with these request headers.
    pub async fn get_with(&self, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        self.send(with_headers(self.request("GET", path, Body::empty()), headers)).await
    }

    /// Sends these bytes as they are, with these request headers.
    pub async fn post_bytes(&self, path: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Answer {
        self.send(with_headers(self.request("POST", path, Body::from(body.to_vec())), headers)).await
    }

    /// Sends a form with a fresh token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut all = vec![("_token", token.as_str())];
        all.extend(fields);
        self.post_as_is(path, &all).await
    }

    /// Sends exactly these fields.
    pub async fn post_as_is(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = self.request("POST", path, Body::from(body));
        let kind = header::HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.send(request).await
    }

    /// Sends a form with files: field, file name, content.
    pub async fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const EDGE: &str = "edge-of-the-parts";
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [("_token", token.as_str())].iter().chain(fields) {
            let head = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        for (name, file_name, bytes) in files {
            let head = format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{EDGE}--\r\n").as_bytes());
        let mut request = self.request("POST", path, Body::from(body));
        let kind = header::HeaderValue::from_static("multipart/form-data; boundary=edge-of-the-parts");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.send(request).await
    }

    /// A token as a page of theirs would carry it now.
    pub fn token(&self) -> String {
        mint_token(&self.app.keys, self.visitor.binding(), self.app.now())
    }

    fn request(&self, method: &str, path: &str, body: Body) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1");
        if let Some(person) = &self.visitor.person {
            request = request.header(header::COOKIE, format!("{}={person}", cookie_name(&self.app.config)));
        }
        request.body(body).expect("a path and headers made by tests")
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.site.clone().oneshot(request).await.expect("the site always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

fn with_headers(mut request: Request<Body>, headers: &[(&'static str, &str)]) -> Request<Body> {
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().expect("a header made by tests"));
    }
    request
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as it was sent.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What a person reads: the text of the page without markup, white space folded.
    pub fn text(&self) -> String {
        let html = self.html();
        let mut text = String::with_capacity(html.len() / 2);
        let mut is_markup = false;
        for c in html.chars() {
            match c {
                '<' => is_markup = true,
                '>' => {
                    is_markup = false;
                    text.push(' ');
                }
                c if !is_markup => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default()
    }

    /// The page must say this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Answer {
        let text = self.text();
        assert!(text.contains(words), "the page ({}) does not say “{words}”: {text}", self.status);
        self
    }

    /// The page must not say this anywhere, markup included.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Answer {
        assert!(!self.html().contains(words), "the page ({}) says “{words}”", self.status);
        self
    }

    /// The answer must have this status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}

/// The app of a test app, for code that wants it.
impl From<&TestApp> for App {
    fn from(app: &TestApp) -> App {
        app.school.app()
    }
}
