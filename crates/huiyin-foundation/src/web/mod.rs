//! How a page is asked for and given: routes with their doors, forms, layouts, components, errors, headers.
//!
//! A room writes its rows with [`Routes`], takes [`Page`] and [`Form`] as arguments, extends a layout of `layout/`, and
//! answers with a template. What is deliberately not here: any page of a school's business, and signing in; the people
//! floor says who a cookie belongs to ([`Doorkeeper`]).

mod address;
mod assets;
mod clean;
mod design;
mod door;
mod errors;
mod fields;
mod forms;
mod guard;
mod headers;
mod marks;
mod multipart;
mod origin;
mod page;
mod routes;
mod session;
mod side;
mod stack;
mod token;
mod visitor;
mod watch;
mod widgets;

#[cfg(test)]
mod tests;

pub use assets::asset;
pub(crate) use clean::{line as clean_line, lines as clean_lines};
pub use door::Door;
pub use errors::{Kept, html};
pub use fields::Filled;
pub use forms::{Form, FormLimits, SentFile};
pub use guard::{Doorkeeper, Recognising};
pub use marks::marked;
pub use page::{Page, Seat, home_of};
pub use routes::{RouteRow, Routes};
pub use session::{clear_cookie, cookie_name, cookie_value, set_cookie};
pub use side::{Group, Link, Side};
pub use stack::{own_routes, site};
pub use token::{Nonce, Token, mint as mint_token, token_for_anyone};
pub use visitor::{TextSize, Theme, Visitor};
pub use watch::RequestNumber;
pub use widgets::{Choice, ChoiceGroup, Pages, Photo, Tab, percent_of};
