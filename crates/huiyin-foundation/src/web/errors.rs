//! How a no looks: the house's errors as pages, or as a fragment when only a part of a page was asked for.
//!
//! An error becomes a [`Trouble`] that travels with the answer; [`dress`] turns it into HTML once, at the edge, where the
//! school's name, the duty telephone, the visitor and the request number are known. What somebody typed is shown again,
//! to be copied. Our own faults are logged here, once.

use super::door::Door;
use super::forms::Form;
use super::page::Page;
use super::visitor::Visitor;
use super::watch::RequestNumber;
use crate::error::Error;
use crate::say;
use crate::school::App;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::{Arc, OnceLock};

/// When to come again after a 503, in seconds.
const BUSY_S: u64 = 30;

/// Answers with a template.
pub fn html(template: impl Template) -> Result<Response, Error> {
    let text = template.render().map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// Texts to be shown again because they could not be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept(pub Vec<String>);

impl Kept {
    /// The longer texts of a form.
    pub fn from_form(form: &Form) -> Kept {
        Kept(form.kept_texts())
    }
}

/// Where a form leaves its texts in case the act fails.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptSlot(Arc<OnceLock<Kept>>);

impl KeptSlot {
    pub fn keep(&self, kept: Kept) {
        // A second form in one request cannot be; the first stays.
        let _ = self.0.set(kept);
    }
}

/// What went wrong, on its way to become a page.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    status: StatusCode,
    title: String,
    sentence: String,
    clause: String,
    sentences: Vec<String>,
    look: Look,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// What a page offers to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A way home.
    Plain,
    /// A search box.
    Search,
    /// The page again, as it is now.
    Reload,
    /// Signing in, and back to this path.
    SignIn(String),
    /// The number to tell.
    Fault,
}

impl Trouble {
    pub fn new(status: StatusCode, title: &str, sentence: impl Into<String>) -> Trouble {
        let (title, sentence) = (title.to_owned(), sentence.into());
        let (clause, sentences, look, cause) = (String::new(), Vec::new(), Look::Plain, None);
        Trouble { status, title, sentence, clause, sentences, look, cause }
    }

    fn looking(self, look: Look) -> Trouble {
        Trouble { look, ..self }
    }

    /// An act arrived after its session had ended.
    pub fn session_over(back: String) -> Trouble {
        let sentence = "您离开得久了一点，登录已经结束，这一步还没有办。重新登录后再交一次。";
        Trouble::new(StatusCode::UNAUTHORIZED, "请重新登录", sentence).looking(Look::SignIn(back))
    }

    /// A door that does not open to this visitor: for whom it is, and where theirs is.
    pub fn closed(door: Door, visitor: &Visitor) -> Trouble {
        // Right duty, other unit: the desk of somebody else.
        if visitor.duties.iter().any(|duty| door.roles().contains(&duty.role)) {
            return Trouble::from(Error::Forbidden);
        }
        let whose = match door {
            Door::Staff => "学校工作人员".to_owned(),
            door => door.roles().iter().map(|role| say::role(*role)).collect::<Vec<_>>().join("、"),
        };
        let own = match visitor.duties.is_empty() {
            true => "您自己的诉求在“我的诉求”里",
            false => "您自己的工作从右上角的个人中心进",
        };
        let sentence = format!("这一页只给{whose}用。工作确实需要的，请系统管理员给您加上这个角色；{own}。");
        Trouble::new(StatusCode::FORBIDDEN, "您的账号打不开这一页", sentence)
    }

    /// What staff read where the case of this address is not there for them. Whether it never was or went where they may not
    /// look is not told: the words go by the address alone.
    fn at(self, path: &str, visitor: &Visitor) -> Trouble {
        let is_case = case_page(path).contains("/cases/HY-");
        let is_desk = ["/desk/", "/staff/", "/leader/"].iter().any(|desk| path.starts_with(desk));
        if self.status != StatusCode::NOT_FOUND || visitor.duties.is_empty() || !(is_case && is_desk) {
            return self;
        }
        let sentence = "这件事您这里看不到：可能编号不对，也可能已经转给别处办理，不用您再处理。";
        Trouble { title: "这里看不到这件".to_owned(), sentence: sentence.to_owned(), ..self }
    }

    /// A status that another layer answered with.
    fn of_status(status: StatusCode) -> Trouble {
        match status {
            StatusCode::NOT_FOUND => Trouble::from(Error::Hidden),
            StatusCode::FORBIDDEN => Trouble::from(Error::Forbidden),
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                Trouble::new(status, "等得太久了", "这一步没有办完。请返回上一页再试一次。")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                Trouble::new(status, "这个地址不能直接打开", "请回到上一页，用页面上的按钮办理。")
            }
            status if status.is_client_error() => {
                Trouble::new(status, "这个地址没有写对", "请检查地址，或从首页进入。").looking(Look::Search)
            }
            _ => Trouble::from(Error::internal(format!("answered {status}"))),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        match error {
            Error::Refused { sentence, clause } => {
                let trouble = Trouble::new(StatusCode::CONFLICT, "这一步现在不能办", sentence);
                Trouble { clause, ..trouble.looking(Look::Reload) }
            }
            Error::Conflict { sentence } => {
                Trouble::new(StatusCode::CONFLICT, "有人先办了一步", sentence).looking(Look::Reload)
            }
            Error::Invalid(errors) => {
                let title = "还有几处没有填好";
                let trouble =
                    Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, title, "请返回上一页改好后再交。");
                Trouble {
                    sentences: errors.iter().map(|(_, sentence)| sentence.to_owned()).collect(),
                    ..trouble
                }
            }
            Error::Hidden => {
                let sentence = "编号可能抄错一位，或这一页已经撤下。您可以按编号或标题再找一次。";
                Trouble::new(StatusCode::NOT_FOUND, "没有找到这一页", sentence).looking(Look::Search)
            }
            Error::Forbidden => {
                let sentence = "如果确实该由您办，请联系本单位负责人，或请协调单位转给您。";
                Trouble::new(StatusCode::FORBIDDEN, "这件不在您的办理范围内", sentence)
            }
            Error::SignIn => Trouble::session_over("/".to_owned()),
            Error::TooMany { retry_after_s } => {
                let wait = if retry_after_s <= 90 {
                    format!("{} 秒", retry_after_s.max(1))
                } else {
                    format!("{} 分钟", retry_after_s.div_ceil(60))
                };
                Trouble::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "请稍等一下再试",
                    format!("刚才点得太密了，请 {wait}后再试。填好的内容都还在。"),
                )
            }
            Error::Busy => {
                let sentence = "这会儿人很多，这一步还没有办。请过半分钟再试一次，填好的内容都还在。";
                Trouble::new(StatusCode::SERVICE_UNAVAILABLE, "现在有点忙", sentence)
            }
            Error::Full => {
                let sentence = "存放空间已满，暂时不能提交。请先打电话，我们正在处理。";
                Trouble::new(StatusCode::INSUFFICIENT_STORAGE, "暂时收不下新的内容", sentence)
                    .looking(Look::Fault)
            }
            Error::Internal { source } => {
                let sentence = "这一步没有办成，问题在我们这边，已经记下。请过一会儿再试。";
                let trouble = Trouble::new(StatusCode::INTERNAL_SERVER_ERROR, "没有办成", sentence);
                Trouble { cause: Some(Arc::from(source)), ..trouble.looking(Look::Fault) }
            }
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let retry_after_s = match &self {
            Error::TooMany { retry_after_s } => Some(*retry_after_s),
            Error::Busy => Some(BUSY_S),
            _ => None,
        };
        let mut response = Trouble::from(self).into_response();
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

/// To the sign-in page, and back to this path and query afterwards.
pub(super) fn to_sign_in(target: &str, asked: &HeaderMap) -> Response {
    let place = format!("/sign-in?next={}", encoded(target));
    match HeaderValue::from_str(&place) {
        // A part of a page cannot become the sign-in page; the script goes there instead.
        Ok(place) if asked.contains_key("hx-request") => [("hx-redirect", place)].into_response(),
        _ => Redirect::to(&place).into_response(),
    }
}

#[derive(Template)]
#[template(path = "errors.html")]
struct ErrorPage {
    page: Page,
    trouble: Trouble,
    kept: Vec<String>,
    number: String,
    back: String,
    again: String,
}

#[derive(Template)]
#[template(path = "error_fragment.html")]
struct ErrorFragment {
    trouble: Trouble,
    number: String,
}

/// Turns troubles into pages, at the edge.
pub(super) async fn dress(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let slot = KeptSlot::default();
    request.extensions_mut().insert(slot.clone());
    let number = request.extensions().get::<RequestNumber>().cloned().unwrap_or_default();
    let (asked, path) = (request.headers().clone(), request.uri().path().to_owned());
    let is_act = !matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    let Some(trouble) = trouble_of(&response, &asked) else {
        return response;
    };
    if let Some(cause) = &trouble.cause {
        tracing::error!(request = %number.0, error = %chain(cause.as_ref()), "internal error");
    }
    let visitor = response.extensions().get::<Visitor>().cloned().unwrap_or_default();
    let (trouble, number) = (trouble.at(&path, &visitor), number.0);
    let rendered = if asked.contains_key("hx-request") {
        ErrorFragment { trouble, number }.render()
    } else {
        let again = case_page(&path);
        let here = if is_act { came_from(&asked).unwrap_or_else(|| "/".to_owned()) } else { path.clone() };
        let page = Page::new(&app, visitor, &asked, &here).titled(&trouble.title);
        let kept = slot.0.get().cloned().unwrap_or_default().0;
        let back = if let Look::SignIn(back) = &trouble.look { encoded(back) } else { String::new() };
        // An act that names no case belongs to the page it was started from.
        let again = if again == path { case_page(&here) } else { again };
        ErrorPage { page, trouble, kept, number, back, again }.render()
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, rendered.unwrap_or_default().into())
}

/// Ours travel as an extension; bare refusals of other layers are dressed for browsers, which ask for HTML.
fn trouble_of(response: &Response, asked: &HeaderMap) -> Option<Trouble> {
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        return Some(trouble.clone());
    }
    let status = response.status();
    let wants_html = asked
        .get(header::ACCEPT)
        .and_then(|kinds| kinds.to_str().ok())
        .is_some_and(|kinds| kinds.contains("text/html"));
    let kind =
        response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_bare = kind.is_empty() || kind.starts_with("text/plain");
    (wants_html && is_bare && (status.is_client_error() || status.is_server_error()))
        .then(|| Trouble::of_status(status))
}

/// The page of ours that an act was started from.
pub(super) fn came_from(headers: &HeaderMap) -> Option<String> {
    let word = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let referer: Uri = word(header::REFERER)?.parse().ok()?;
    let is_ours = referer.authority().map(|authority| authority.as_str()) == word(header::HOST);
    is_ours.then(|| referer.path_and_query().map_or("/", |target| target.as_str()).to_owned())
}

/// Where the newest state of a case is to be seen: the page of the case that an act on it belongs to, since the form of
/// an act that is over would only say no again. Any other page is the newest state of itself.
fn case_page(path: &str) -> String {
    if path.starts_with("/receipt/") {
        return "/receipt".to_owned();
    }
    let is_case_no = |part: &&str| part.starts_with("HY-");
    let Some(no) = path.split(['/', '?', '#']).find(is_case_no) else { return path.to_owned() };
    let mut to_case = path.split_once(no).map_or(path, |(before, _)| before).to_owned();
    // These two lists have no page of their own for one case.
    if ["/triage/", "/supervision/"].contains(&to_case.as_str()) {
        to_case = "/staff/cases/".to_owned();
    }
    to_case + no
}

/// An address that takes nothing but forms. A browser stands there after a form was shown again; opened anew it leads to the
/// case, and where there is none the page says what to do.
pub(super) async fn only_for_forms(method: Method, uri: Uri) -> Response {
    let page = case_page(uri.path());
    if matches!(method, Method::GET | Method::HEAD) && page != uri.path() {
        return Redirect::to(&page).into_response();
    }
    Trouble::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response()
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::case_page;

    #[test]
    fn whoever_was_too_late_is_led_to_the_case_and_not_to_the_form_that_is_over() {
        for (asked, leads_to) in [
            ("/cases/HY-20261124-0001/withdrawal", "/cases/HY-20261124-0001"),
            ("/desk/logistics/cases/HY-20261124-0001/reply?q=1", "/desk/logistics/cases/HY-20261124-0001"),
            ("/leader/cases/HY-20261124-0001/reminder", "/leader/cases/HY-20261124-0001"),
            ("/triage/HY-20261124-0001/transfer", "/staff/cases/HY-20261124-0001"),
            ("/receipt/rating", "/receipt"),
            ("/admin/units?q=a", "/admin/units?q=a"),
        ] {
            assert_eq!(case_page(asked), leads_to);
        }
    }
}
