//! Signing out: the session ends on the server, the cookie goes.

use super::{onward, sessions};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Token, clear_cookie, cookie_value};

/// Ends the session of this browser.
pub(super) async fn act(State(app): State<App>, headers: HeaderMap, form: Form) -> Result<Response, Error> {
    // A page that stayed open overnight may still sign out; a form from elsewhere may not.
    if matches!(form.token(), Token::Foreign | Token::Missing) {
        return Err(Error::conflict(
            "这一步不是从现在的页面发来的，还没有退出登录。请回到首页，再点一次“退出”。",
        ));
    }
    if let Some(cookie) = cookie_value(&app.config, &headers) {
        let keys = app.keys.clone();
        app.db.write(move |tx| sessions::end(tx, &keys, &cookie)).await?;
    }
    Ok(onward("/", clear_cookie(&app.config)))
}
