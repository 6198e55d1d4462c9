//! The order of supervision (督办单, 4.6): the formal paper for a case under supervision, on the screen, to print, and as PDF.
//!
//! It says what the record says: number, issuer, by when it is answered, unit, matter, demand, deadline, clause, how often it was pressed, and leaves lines
//! to sign. Nobody's name stands on it but those of the school's offices. What it deliberately does not do: count papers of
//! its own; its number is that of the case and of the step of supervision.

mod content;
mod paper;

use crate::cases::log::Standing;
use crate::cases::reads;
use crate::cases::sight::{self, Seen};
use crate::dossier::actor_of;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use content::Order;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::pdf::Typeface;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

#[derive(Template)]
#[template(path = "supervision/order/page.html")]
struct Sheet {
    page: Page,
    order: Order,
    /// Whether the server has a font for the PDF.
    has_font: bool,
}

/// GET /supervision/{no}/order
pub(super) async fn page(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    let order = order(&app, &page, no).await?;
    let has_font = Typeface::is_here(app.config.font.as_deref());
    let back = format!("/staff/cases/{}", order.no);
    html(Sheet { page: page.titled("督办单").back_to(back), order, has_font })
}

/// GET /supervision/{no}/order.pdf
pub(super) async fn download(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    let order = order(&app, &page, no).await?;
    let name = format!("attachment; filename=\"supervision-{}.pdf\"", order.no);
    let font = app.config.font.clone();
    let made = tokio::task::spawn_blocking(move || {
        let typeface = Typeface::find(font.as_deref()).ok_or_else(|| {
            Error::conflict("服务器上没有中文字体，做不了 PDF；请打开督办单的页面直接打印。")
        })?;
        paper::paper(typeface, &order).finish().map_err(Error::internal)
    });
    let bytes = made.await.map_err(Error::internal)??;
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The paper of a case that is supervised; of any other there is none. Opening it is kept like opening the case.
async fn order(app: &App, page: &Page, no: String) -> Result<Order, Error> {
    let actor = actor_of(&page.visitor)?;
    let (school, at) = (app.clone(), Standing::of(app));
    let read = app.db.read(move |tx| {
        let seen = sight::by_staff(tx, &at.bench(&school.keys), &actor, &CaseNo(no))?;
        let order = content::of(&seen, &at).ok_or(Error::Hidden)?;
        Ok::<(Seen, Order), Error>((seen, order))
    });
    let (seen, order) = read.await?;
    reads::note(app, &page.visitor, &seen, reads::Place::Order).await?;
    Ok(order)
}
