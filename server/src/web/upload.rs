//! Files of contacts coming in, and lists of errors going out.

use axum::Extension;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use domain::view::import::UploadProblem;
use domain::{BrandId, ImportId};
use outreach::Refused;
use outreach::imports::{self, NotRead, Source, Unreadable};
use outreach::people::CurrentUser;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

use super::AppState;
use super::guard::percent_encode;

/// A file so many times too large is cut off; below, the rest is read and thrown away, because browsers show an answer
/// only when they could send everything.
const PATIENCE: u64 = 10;

/// Takes an upload as a plain form sends it: works before the browser's half has loaded.
pub fn receive() -> MethodRouter<AppState> {
    // The limit is kept while the file is written: the framework's would answer in the middle of the upload.
    post(upload).layer(DefaultBodyLimit::disable())
}

/// The errors of an import as CSV.
pub fn errors() -> MethodRouter<AppState> {
    get(error_file)
}

async fn upload(
    State(state): State<AppState>,
    Extension(user): Extension<CurrentUser>,
    form: Multipart,
) -> Redirect {
    let mut brand = None;
    match take(&state, &user, form, &mut brand).await {
        Ok(id) => Redirect::to(&app::paths::import(id)),
        Err(problem) => {
            let brand = brand.map(|slug| format!("&brand={}", percent_encode(&slug))).unwrap_or_default();
            Redirect::to(&format!("/imports?problem={problem}{brand}"))
        }
    }
}

/// Reads the form part by part; the brand stands before the file.
async fn take(
    state: &AppState,
    user: &CurrentUser,
    mut form: Multipart,
    brand: &mut Option<String>,
) -> Result<ImportId, UploadProblem> {
    while let Some(field) = form.next_field().await.map_err(interrupted)? {
        match field.name() {
            Some("brand") => *brand = Some(field.text().await.map_err(interrupted)?),
            Some("file") => {
                let brand = chosen(user, brand.as_deref()).ok_or(UploadProblem::NoBrand)?;
                let name = field.file_name().unwrap_or_default().to_owned();
                let file = spool(field).await?;
                let source = Source::Path(file.path().to_owned());
                return imports::receive(&state.environment, user, brand, &name, &source)
                    .await
                    .map_err(not_read);
            }
            _ => {}
        }
    }
    Err(UploadProblem::NoFile)
}

/// The person's brand with this slug; their only one when none is named.
fn chosen(user: &CurrentUser, slug: Option<&str>) -> Option<BrandId> {
    match (slug, user.memberships()) {
        (Some(slug), brands) => brands.iter().find(|brand| brand.slug == slug).map(|brand| brand.id),
        (None, [only]) => Some(only.id),
        (None, _) => None,
    }
}

/// Writes the file to disk as it comes, so that its size costs no memory. It is gone when the handle is dropped.
async fn spool(mut field: Field<'_>) -> Result<NamedTempFile, UploadProblem> {
    let failed = |cause: std::io::Error| {
        tracing::error!(%cause, "an upload can't be written");
        UploadProblem::Unavailable
    };
    let largest = u64::from(imports::largest_mb()) << 20;
    let file = NamedTempFile::new().map_err(failed)?;
    let mut writer = tokio::io::BufWriter::new(tokio::fs::File::from_std(file.reopen().map_err(failed)?));
    let mut size = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(interrupted)? {
        size += chunk.len() as u64;
        if size <= largest {
            writer.write_all(&chunk).await.map_err(failed)?;
        } else if size > largest * PATIENCE {
            break;
        }
    }
    if size > largest {
        return Err(UploadProblem::TooLarge);
    }
    writer.flush().await.map_err(failed)?;
    if size == 0 && field.file_name().is_none_or(str::is_empty) {
        return Err(UploadProblem::NoFile);
    }
    Ok(file)
}

fn interrupted(cause: MultipartError) -> UploadProblem {
    tracing::debug!(%cause, "an upload broke off");
    UploadProblem::Interrupted
}

fn not_read(why: NotRead) -> UploadProblem {
    match why {
        NotRead::Unreadable(Unreadable::Empty | Unreadable::NoRows) => UploadProblem::Empty,
        NotRead::Unreadable(Unreadable::Spreadsheet) => UploadProblem::Spreadsheet,
        NotRead::Unreadable(Unreadable::Binary | Unreadable::Header(_)) => UploadProblem::NotText,
        NotRead::Refused(Refused::NotFound) => UploadProblem::NoBrand,
        NotRead::Refused(cause) => {
            tracing::error!(?cause, "an upload can't be stored");
            UploadProblem::Unavailable
        }
    }
}

async fn error_file(
    State(state): State<AppState>,
    Extension(user): Extension<CurrentUser>,
    Path(id): Path<ImportId>,
) -> Response {
    match imports::error_file(&state.environment, &user, id).await {
        Ok((name, pages)) => {
            let disposition =
                format!("attachment; filename*=UTF-8''{}", percent_encode(&name).replace('/', "%2F"));
            let disposition =
                HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            (
                [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)],
                Body::from_stream(pages),
            )
                .into_response()
        }
        Err(Refused::Failed(cause)) => {
            tracing::error!(cause = format!("{cause:#}"), "errors of an import can't be read");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "The list can't be read right now. Nothing was lost; try again in a moment.",
            )
                .into_response()
        }
        Err(Refused::NotFound | Refused::Invalid(_) | Refused::Conflict(_)) => {
            (StatusCode::NOT_FOUND, "This doesn't exist, or not for you.").into_response()
        }
    }
}
