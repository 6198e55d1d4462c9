//! Forms with files. Files are held in memory, within a budget for the whole process; texts survive whatever is wrong
//! with the files beside them.

use super::clean;
use super::errors::Trouble;
use super::forms::{Form, FormLimits, SentFile, TEXT_BYTES_MAX, VALUES_MAX, too_large};
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::BytesMut;
use http_body_util::Limited;
use std::sync::{Arc, LazyLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory for files on their way in, of all requests together, in KiB.
const BUDGET_KIB: usize = 256 * 1024;
static BUDGET: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(BUDGET_KIB)));

/// What became of a file.
enum Taken {
    Kept(SentFile),
    Empty,
    TooLarge,
}

/// Reads all parts into the form.
pub(super) async fn read(request: Request, limits: FormLimits, form: &mut Form) -> Result<(), Response> {
    // Twice the files allowed: what is too much is still read past, so that the texts behind it are not lost.
    let bytes_max = TEXT_BYTES_MAX + 2 * limits.files_max * limits.file_bytes_max;
    let request = request.map(|body| Body::new(Limited::new(body, bytes_max)));
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| torn())?;
    let mut text_bytes = 0;
    let mut seen: Vec<String> = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| torn())? {
        let name = part.name().unwrap_or_default().to_owned();
        if form.values.len() + form.files.len() >= VALUES_MAX {
            return Err(too_large());
        }
        if part.file_name().is_none() {
            let bytes = part.bytes().await.map_err(|_| torn())?;
            text_bytes += bytes.len();
            if text_bytes > TEXT_BYTES_MAX {
                return Err(too_large());
            }
            form.values.push((name, clean::text(&bytes)));
            continue;
        }
        let place = 1 + seen.iter().filter(|known| **known == name).count();
        let sentence = match take_file(part, limits.file_bytes_max).await? {
            Taken::Empty => continue,
            Taken::TooLarge => format!("第 {place} 张照片超过 {} MB，请重选", limits.file_bytes_max >> 20),
            Taken::Kept(_) if form.files.len() >= limits.files_max => {
                format!("最多 {} 张照片，多出来的没有收下", limits.files_max)
            }
            Taken::Kept(file) => {
                seen.push(name.clone());
                form.files.push((name, file));
                continue;
            }
        };
        if form.errors.of(&name).is_none() {
            form.errors.add(name.clone(), sentence);
        }
        seen.push(name);
    }
    Ok(())
}

/// Reads one file. Browsers send an empty nameless part for a box without a file.
async fn take_file(mut part: Field<'_>, bytes_max: usize) -> Result<Taken, Response> {
    let name = clean::line(part.file_name().unwrap_or_default());
    let mut bytes = BytesMut::new();
    let mut room: Option<OwnedSemaphorePermit> = None;
    let mut is_too_large = false;
    while let Some(chunk) = part.chunk().await.map_err(|_| torn())? {
        is_too_large |= bytes.len() + chunk.len() > bytes_max;
        if is_too_large {
            bytes = BytesMut::new();
            continue;
        }
        let kib = u32::try_from(chunk.len().div_ceil(1024)).unwrap_or(u32::MAX);
        let more = BUDGET.clone().try_acquire_many_owned(kib).map_err(|_| crowded())?;
        match &mut room {
            Some(room) => room.merge(more),
            None => room = Some(more),
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(match (is_too_large, bytes.is_empty()) {
        (true, _) => Taken::TooLarge,
        (false, true) => Taken::Empty,
        (false, false) => Taken::Kept(SentFile { name, bytes: bytes.freeze(), _room: room }),
    })
}

fn torn() -> Response {
    Trouble::new(
        StatusCode::BAD_REQUEST,
        "没有传完整",
        "传到一半断了。请返回上一页再交一次，写好的内容还在。",
    )
    .into_response()
}

fn crowded() -> Response {
    Trouble::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "现在传照片的人很多",
        "请返回上一页，一分钟后再交一次，写好的内容还在。",
    )
    .into_response()
}
