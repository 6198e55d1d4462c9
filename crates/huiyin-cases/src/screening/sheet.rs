//! A list as a workbook: the question above, every case below, complete to the last row and no further than the reader sees.
//! Every cell is written as text, so that a title that begins like a formula stays a title.

use super::hits::{self, Hit, Reach};
use super::one::matter;
use super::question::Kind;
use super::saved::{self, List};
use crate::cases::log::Standing;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::Page;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

const COLUMNS: [(&str, f64); 8] = [
    ("序号", 6.0),
    ("编号", 19.0),
    ("反映问题", 44.0),
    ("类型", 10.0),
    ("单位", 18.0),
    ("提交", 12.0),
    ("现在", 12.0),
    ("上单", 12.0),
];

/// GET /staff/lists/{id}/sheet.xlsx
pub(super) async fn download(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (standing, list, hits) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let list = saved::find(tx, &id)?.ok_or(Error::Hidden)?;
            let reach = Reach::of(tx, &standing.policy.policy, &visitor)?;
            let hits = hits::page(tx, &reach, &standing, &list, 0, i32::MAX as usize)?;
            Ok::<_, Error>((standing, list, hits))
        })
        .await?;
    let name = format!("list-{}-{}.xlsx", list.question.kind.word(), standing.now.day());
    let made =
        tokio::task::spawn_blocking(move || workbook(&standing.policy.policy, &standing, &list, &hits));
    let bytes = made.await.map_err(Error::internal)?.map_err(Error::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

fn workbook(policy: &Policy, standing: &Standing, list: &List, hits: &[Hit]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold();
    sheet.set_name("问题清单")?.set_landscape().set_repeat_rows(2, 2)?.set_print_fit_to_pages(1, 0);
    let on = standing.now.day();
    sheet.write_string_with_format(
        0,
        0,
        format!("问题清单　{}　{on}　共 {} 件", list.name, hits.len()),
        &bold,
    )?;
    sheet.write_string(1, 0, list.question.definition(policy))?;
    let with_matter = list.question.kind == Kind::Concentrated;
    let matter_column = with_matter.then_some(("集中在", 24.0));
    for (column, (words, width)) in (0..).zip(COLUMNS.into_iter().chain(matter_column)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(2, column, words, &head)?;
    }
    for (row, hit) in (0_u32..).zip(hits) {
        let line = &hit.line;
        let mut cells = vec![
            (row + 1).to_string(),
            line.no.to_string(),
            line.title.clone(),
            line.kind.0.clone(),
            line.unit.clone(),
            say::day_short(say::ON_PAPER, line.came.day()),
            line.tag.word.to_owned(),
            say::day_short(say::ON_PAPER, hit.since.day()),
        ];
        if with_matter {
            cells.push(matter(policy, &hit.topic));
        }
        for (column, words) in (0..).zip(cells) {
            sheet.write_string_with_format(row + 3, column, words, &cell)?;
        }
    }
    workbook.save_to_buffer()
}
