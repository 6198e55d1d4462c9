//! Choosing places and rooms, and the sheets as a page or as a file.

use super::Poster;
use super::code::Code;
use super::paper::{self, Size};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::{KindId, PlaceId};
use huiyin_domain::policy::{Place, Policy};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::pdf::Typeface;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Page, Side, html};

/// The kind whose form a code opens.
const REPAIR: &str = "repair";
/// The channel by which such a case comes, where the school counts it for itself.
const CHANNEL: &str = "room-code";
/// More than a school prints at once, and no more than a moment's work.
const POSTERS_MAX: usize = 600;
/// Each box has a name of its own: of a parameter that comes twice an address keeps the first.
const TICKED: &str = "place-";
const ROOM_CHARS_MAX: usize = 40;

type Asked = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "admin/posters/choose.html")]
struct Chooser {
    page: Page,
    form: Filled,
    campuses: Vec<(String, Vec<Choice>)>,
    has_font: bool,
    has_kind: bool,
}

/// GET /admin/posters
pub(super) async fn choose(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let address = app.config.base_url.clone().unwrap_or_default();
    let form = Filled::new().with("address", address).with("size", "six");
    chooser(&app, page, form, StatusCode::OK)
}

fn chooser(app: &App, page: Page, form: Filled, status: StatusCode) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let mut campuses: Vec<(String, Vec<Choice>)> = Vec::new();
    for place in policy.places.iter().filter(|place| !place.closed) {
        let choice = Choice::new(format!("{TICKED}{}", place.id), place.name.as_str());
        match campuses.iter_mut().find(|(campus, _)| *campus == place.campus) {
            Some((_, choices)) => choices.push(choice),
            None => campuses.push((place.campus.clone(), vec![choice])),
        }
    }
    let chooser = Chooser {
        has_font: Typeface::is_here(app.config.font.as_deref()),
        has_kind: policy.kind(&KindId::from(REPAIR)).is_some(),
        page: page.titled("报修二维码").beside(Side::admin()).with_errors(!form.errors.is_empty()),
        campuses,
        form,
    };
    Ok((status, html(chooser)?).into_response())
}

/// A code with what stands around it, as the page draws it.
struct Drawn {
    poster: Poster,
    whole: usize,
    path: String,
}

#[derive(Template)]
#[template(path = "admin/posters/sheets.html")]
struct Sheets {
    page: Page,
    school: String,
    drawn: Vec<Drawn>,
    is_one: bool,
}

/// GET /admin/posters/sheets
pub(super) async fn sheets(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let posters = match posters(&asked, &app.policy_in_force().policy) {
        Ok(posters) => posters,
        Err(errors) => return again(&app, page, asked, errors),
    };
    let drawn = posters.into_iter().map(|poster| {
        let code = Code::of(&poster.address)?;
        Ok(Drawn { whole: code.whole(), path: code.path(), poster })
    });
    html(Sheets {
        school: app.policy_in_force().policy.school.name.clone(),
        drawn: drawn.collect::<Result<_, Error>>()?,
        is_one: Size::read(text(&asked, "size")) == Size::One,
        page: page.titled("报修二维码").back_to("/admin/posters"),
    })
}

/// GET /admin/posters/sheets.pdf
pub(super) async fn download(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let policy = app.policy_in_force();
    let posters = match posters(&asked, &policy.policy) {
        Ok(posters) => posters,
        Err(errors) => return again(&app, page, asked, errors),
    };
    let (font, school) = (app.config.font.clone(), policy.policy.school.name.clone());
    let size = Size::read(text(&asked, "size"));
    let made = tokio::task::spawn_blocking(move || {
        let typeface = Typeface::find(font.as_deref()).ok_or_else(|| {
            Error::conflict("服务器上没有中文字体，做不了 PDF；请点“打印这些二维码”，用浏览器打印。")
        })?;
        paper::paper(typeface, &school, &posters, size)?.finish().map_err(Error::internal)
    });
    let bytes = made.await.map_err(Error::internal)??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"room-codes.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}

fn again(app: &App, page: Page, asked: Asked, errors: FieldErrors) -> Result<Response, Error> {
    chooser(app, page, Filled::from_values(asked, errors), StatusCode::UNPROCESSABLE_ENTITY)
}

fn text<'a>(asked: &'a Asked, name: &str) -> &'a str {
    asked.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// What is asked for: each ticked place, or each named room in the one ticked place.
fn posters(asked: &Asked, policy: &Policy) -> Result<Vec<Poster>, FieldErrors> {
    let mut errors = FieldErrors::new();
    let ticked = asked.iter().filter_map(|(name, _)| name.strip_prefix(TICKED)).map(PlaceId::from);
    let places: Vec<&Place> =
        ticked.filter_map(|id| policy.place(&id)).filter(|place| !place.closed).collect();
    errors.expect(!places.is_empty(), "place", "请至少选一处地点");
    let has_kind = policy.kind(&KindId::from(REPAIR)).is_some();
    errors.expect(has_kind, "place", "学校没有开“报修”这一类，二维码没有可去的页面");
    let rooms: Vec<&str> =
        text(asked, "rooms").lines().map(str::trim).filter(|room| !room.is_empty()).collect();
    errors.expect(
        rooms.is_empty() || places.len() <= 1,
        "rooms",
        "写了房间就只选一处地点，各处的房间分几次做",
    );
    let is_short = rooms.iter().all(|room| room.chars().count() <= ROOM_CHARS_MAX);
    errors.expect(is_short, "rooms", format!("每个房间最多 {ROOM_CHARS_MAX} 字"));
    let is_few = places.len() * rooms.len().max(1) <= POSTERS_MAX;
    errors.expect(is_few, "rooms", format!("一次最多 {POSTERS_MAX} 张，请分几次做"));
    let address = text(asked, "address").trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let is_host = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '"', '<']);
    errors.expect(
        host.is_some_and(is_host),
        "address",
        "请写师生打开平台的网址，例如 https://hy.example.edu.cn",
    );
    let via = policy.channels.iter().any(|channel| channel.id.as_str() == CHANNEL);
    let poster = |place: &Place, room: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("place", place.id.as_str());
        if !room.is_empty() {
            query.append_pair("room", room);
        }
        if via {
            query.append_pair("via", CHANNEL);
        }
        Poster {
            place: format!("{} {}", place.campus, place.name).trim().to_owned(),
            room: room.to_owned(),
            address: format!("{address}/say/{REPAIR}?{}", query.finish()),
        }
    };
    let rooms = if rooms.is_empty() { vec![""] } else { rooms };
    let posters = places.iter().flat_map(|place| rooms.iter().map(|room| poster(place, room))).collect();
    errors.or(posters)
}
