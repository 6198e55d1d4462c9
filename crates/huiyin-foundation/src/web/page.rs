//! What every page knows: the school, the visitor, where it stands, and the token of its small forms.
//!
//! A handler takes it as an argument and says the rest: `page.titled("我的诉求").at("mine")`.

use super::assets;
use super::side::Side;
use super::token;
use super::visitor::{TextSize, Theme, Visitor};
use crate::keys::Keys;
use crate::school::{App, School};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use huiyin_domain::access::Role;
use huiyin_domain::policy::Policy;
use std::convert::Infallible;

/// A place a person works at, with the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The way there.
    pub href: String,
    /// The icon of the role.
    pub icon: &'static str,
    /// Unit or office, and role.
    pub words: String,
}

/// What every page knows.
#[derive(Clone, Debug)]
pub struct Page {
    /// The visible heading, short, which is also the title of the window.
    pub title: String,
    /// The school's name.
    pub school: String,
    /// The telephone that is answered round the clock.
    pub duty_phone: String,
    /// Whoever asks.
    pub visitor: Visitor,
    /// Light or dark.
    pub theme: Theme,
    /// How large text is.
    pub size: TextSize,
    /// A fresh one-time token for the forms of this page.
    pub token: String,
    /// The path that was asked for.
    pub path: String,
    /// Where the arrow at the top of a phone leads; empty for none.
    pub back: String,
    /// The dark side bar of staff pages.
    pub side: Option<Side>,
    /// Whether a form on it has errors: the title says so first.
    pub has_errors: bool,
    /// Whether it is shown inside WeChat or WeCom, which have a title bar of their own.
    pub in_wechat: bool,
    /// Whether this is the demonstration.
    pub is_demo: bool,
    /// Seals what its forms carry and nobody may read.
    pub(super) keys: Keys,
    current: &'static str,
    seats: Vec<Seat>,
}

impl Page {
    /// The page for a request. The agent is looked at here and nowhere kept.
    pub(super) fn new(school: &School, visitor: Visitor, headers: &HeaderMap, path: &str) -> Page {
        let in_force = school.policy.load();
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Page {
            title: in_force.policy.school.name.clone(),
            school: in_force.policy.school.name.clone(),
            duty_phone: in_force.policy.school.duty_phone.clone(),
            theme: visitor.theme,
            size: visitor.size,
            token: token::mint(&school.keys, visitor.binding(), school.now()),
            path: path.to_owned(),
            back: String::new(),
            side: None,
            has_errors: false,
            in_wechat: agent.contains("MicroMessenger") || agent.contains("wxwork"),
            is_demo: school.is_demo,
            keys: school.keys.clone(),
            current: "",
            seats: seats_of(&visitor, &in_force.policy),
            visitor,
        }
    }

    /// Where the search at the top of a staff page leads.
    pub fn find(&self) -> &str {
        self.side.as_ref().map_or("/search", |side| side.find.as_str())
    }

    /// The page under this heading.
    pub fn titled(self, title: impl Into<String>) -> Page {
        Page { title: title.into(), ..self }
    }

    /// The page as an entry of the main navigation: home, mine, public, board, receipt, promise.
    pub fn at(self, current: &'static str) -> Page {
        Page { current, ..self }
    }

    /// The page with a way back.
    pub fn back_to(self, href: impl Into<String>) -> Page {
        Page { back: href.into(), ..self }
    }

    /// The page with a form that has errors, or has none.
    pub fn with_errors(self, has_errors: bool) -> Page {
        Page { has_errors, ..self }
    }

    /// The page beside this side bar.
    pub fn beside(self, side: Side) -> Page {
        let others = self.seats.iter().filter(|seat| seat.href != side.home).cloned().collect();
        let side = side.standing_at(&self.path).with_others(others);
        Page { side: Some(side), ..self }
    }

    /// The page beside this side bar if there is one: whoever has no desk sees the page alone.
    pub fn beside_any(self, side: Option<Side>) -> Page {
        match side {
            Some(side) => self.beside(side),
            None => self,
        }
    }

    /// Whether this is the current entry of the main navigation.
    pub fn is_at(&self, key: &str) -> bool {
        self.current == key
    }

    /// Where this visitor works.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The address of a file of the bundle.
    pub fn asset(&self, name: &str) -> String {
        assets::asset(name)
    }
}

impl FromRequestParts<App> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Page, Infallible> {
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        Ok(Page::new(app, visitor, &parts.headers, parts.uri.path()))
    }
}

/// Where somebody lands after signing in, if they did not come for a page: the first of their seats, or the first page.
pub fn home_of(visitor: &Visitor, policy: &Policy) -> String {
    seats_of(visitor, policy).into_iter().next().map_or_else(|| "/".to_owned(), |seat| seat.href)
}

/// One seat for each duty that has pages of its own; an officer who is also head of the unit sits once.
fn seats_of(visitor: &Visitor, policy: &Policy) -> Vec<Seat> {
    let mut seats: Vec<Seat> = Vec::new();
    for duty in &visitor.duties {
        let (href, icon, words) = match (duty.role, &duty.unit) {
            (Role::Officer | Role::UnitHead, Some(unit)) => {
                let name = policy
                    .units
                    .iter()
                    .find(|known| known.id == *unit)
                    .map_or("", |known| known.name.as_str());
                (format!("/desk/{unit}"), "inbox", format!("{name}待办"))
            }
            (Role::Clerk, _) => ("/triage".to_owned(), "split", "受理转办".to_owned()),
            (Role::Leader, _) => ("/leader".to_owned(), "stamp", "待我批示".to_owned()),
            (Role::Supervisor, _) => ("/supervision".to_owned(), "bell-ring", "督办".to_owned()),
            (Role::Publisher, _) => ("/publishing".to_owned(), "globe", "公开审核".to_owned()),
            (Role::Auditor, _) => ("/audit".to_owned(), "search", "审计查阅".to_owned()),
            (Role::Volunteer, _) => ("/squad".to_owned(), "wrench", "服务队工单".to_owned()),
            (Role::Admin, _) => ("/admin".to_owned(), "settings", "系统管理".to_owned()),
            _ => continue,
        };
        if seats.iter().all(|seat| seat.href != href) {
            seats.push(Seat { href, icon, words });
        }
    }
    seats
}
