//! Names of things: newtypes, so that a unit can never be passed where a person is meant.
//!
//! Ids of people are made by the caller (UUIDv7 from the passed clock and randomness); ids of units, kinds, categories
//! and the like are the short words a preset gives them.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// The number people see: `HY-20261124-0042`; for an anonymous case random, `HY-7K3M92QX`, so that it tells nothing of the time.
    CaseNo
}
text_id! {
    /// A person with an account.
    PersonId
}
text_id! {
    /// A unit of the school (单位), as the preset names it.
    UnitId
}
text_id! {
    /// A kind of case (诉求类型): `suggestion`, `inquiry`, `repair`, `complaint`, `employment`, or one the school adds.
    KindId
}
text_id! {
    /// A category of the dispatch catalogue (派单目录).
    CategoryId
}
text_id! {
    /// The way a case came in (渠道).
    ChannelId
}
text_id! {
    /// A place that can be picked from the list: a building or an outdoor area.
    PlaceId
}
text_id! {
    /// A stored attachment.
    FileId
}
text_id! {
    /// A volunteer squad (服务队), as the preset names it.
    SquadId
}
