//! The four places a setting can come from, in the order in which they win.

use super::{CONFIG_FILE, ConfigTrouble, SETTINGS, Spanned};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// A setting as found, with where.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) key: &'static str,
    pub(super) value: String,
    pub(super) origin: Origin,
}

/// Where a setting was found.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    BuiltIn,
    File { path: PathBuf, line: usize },
    Environment(String),
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::BuiltIn => f.write_str("built in"),
            Origin::File { path, line } => write!(f, "{}:{line}", path.display()),
            Origin::Environment(name) | Origin::Flag(name) => f.write_str(name),
        }
    }
}

impl Found {
    pub(super) fn trouble(&self, reason: &str) -> ConfigTrouble {
        ConfigTrouble { place: self.origin.to_string(), reason: reason.to_owned() }
    }
}

/// Every setting in the order of [`SETTINGS`], from the place that wins.
pub(super) fn gather(
    flags: &[(&str, String)],
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Found>, ConfigTrouble> {
    let spoken = |key: &'static str| {
        let flag = format!("--{}", key.replace('_', "-"));
        let variable = format!("HUIYIN_{}", key.to_uppercase());
        let from_flag = flags.iter().find(|(name, _)| *name == key);
        let from_flag =
            from_flag.map(|(_, value)| Found { key, value: value.clone(), origin: Origin::Flag(flag) });
        from_flag.or_else(|| {
            environment(&variable).map(|value| Found { key, value, origin: Origin::Environment(variable) })
        })
    };
    let built_in =
        |key: &'static str, value: &str| Found { key, value: value.to_owned(), origin: Origin::BuiltIn };

    // The folder must be known before the file in it can be read.
    let data = spoken("data").unwrap_or_else(|| built_in("data", "data"));
    let mut in_file = read_file(&Path::new(&data.value).join(CONFIG_FILE))?;
    Ok(SETTINGS
        .iter()
        .map(|setting| {
            let in_file = in_file.remove(setting.key);
            spoken(setting.key).or(in_file).unwrap_or_else(|| built_in(setting.key, setting.default))
        })
        .collect())
}

fn read_file(path: &Path) -> Result<BTreeMap<&'static str, Found>, ConfigTrouble> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(cause) => {
            return Err(ConfigTrouble { place: path.display().to_string(), reason: cause.to_string() });
        }
    };
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let trouble = |at: usize, reason: String| {
        let origin = Origin::File { path: path.to_owned(), line: line_of(at) };
        ConfigTrouble { place: origin.to_string(), reason }
    };
    let table: BTreeMap<Spanned<String>, Spanned<toml::Value>> = toml::from_str(&text)
        .map_err(|cause| trouble(cause.span().map_or(0, |span| span.start), cause.message().to_owned()))?;

    let mut found = BTreeMap::new();
    for (name, value) in table {
        let at = name.span().start;
        let known = SETTINGS.iter().find(|setting| setting.key == name.get_ref());
        let Some(setting) = known.filter(|setting| setting.key != "data") else {
            return Err(trouble(at, unknown_key(name.get_ref())));
        };
        let value = words_of(value.get_ref())
            .ok_or_else(|| trouble(at, format!("{} wants a text in quotation marks", setting.key)))?;
        let origin = Origin::File { path: path.to_owned(), line: line_of(at) };
        found.insert(setting.key, Found { key: setting.key, value, origin });
    }
    Ok(found)
}

fn unknown_key(name: &str) -> String {
    if name == "data" {
        return "data cannot be set in the file that lies in it; use --data or HUIYIN_DATA".to_owned();
    }
    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).filter(|key| *key != "data").collect();
    format!("unknown key “{name}”; known are {}", known.join(", "))
}

/// Texts, and lists of texts for settings that take several.
fn words_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Array(parts) => {
            let texts: Option<Vec<&str>> = parts.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}
