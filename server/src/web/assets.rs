use app::shell;
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use tower_http::services::ServeDir;

use super::AppState;

/// Files of the site, precompressed; anything else is the application's not-found page.
pub fn service(state: &AppState) -> Router {
    let missing = {
        let options = state.leptos.clone();
        let environment = state.environment.clone();
        move |request: Request<Body>| {
            let render = leptos_axum::render_app_to_stream_with_context(
                {
                    let environment = environment.clone();
                    move || leptos::prelude::provide_context(environment.clone())
                },
                {
                    let options = options.clone();
                    move || shell(options.clone())
                },
            );
            async move {
                let mut response = render(request).await.into_response();
                *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
                response
            }
        }
    };
    let files = ServeDir::new(state.leptos.site_root.to_string())
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .fallback(tower::service_fn(move |request| {
            let page = missing(request);
            async move { Ok::<Response, std::convert::Infallible>(page.await) }
        }));
    Router::new().fallback_service(files).layer(middleware::from_fn(cache))
}

/// Files under `/pkg` carry their hash in their name: they never change.
async fn cache(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    if hashed && response.status().is_success() {
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    response
}
