//! A file of rows: tabs between, the names of the columns in the first line.

use crate::classify::Text;
use std::collections::HashMap;

/// The rows of a file, read by the names of their columns.
#[derive(Debug, Clone)]
pub struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

/// The file lacks a column that is needed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no column “{0}” in the file")]
pub struct Missing(pub String);

impl Table {
    /// Reads a file's text. Rows shorter than the header have nothing in their last columns.
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
        let columns = header.split('\t').enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
        let rows = lines
            .filter(|line| !line.is_empty())
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect();
        Self { columns, rows }
    }

    /// The rows of both, by the columns of this one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let mut names: Vec<(&String, &usize)> = self.columns.iter().collect();
        names.sort_by_key(|(_, place)| **place);
        let places: Vec<Option<usize>> =
            names.into_iter().map(|(name, _)| other.columns.get(name).copied()).collect();
        let cell = |row: &Vec<String>, place: &Option<usize>| {
            place.and_then(|at| row.get(at).cloned()).unwrap_or_default()
        };
        self.rows.extend(other.rows.iter().map(|row| places.iter().map(|place| cell(row, place)).collect()));
        self
    }

    /// The place of a column, by the first of these names that there is.
    ///
    /// # Errors
    /// [`Missing`] names the first if there is none.
    pub fn column(&self, names: &[&str]) -> Result<usize, Missing> {
        let found = names.iter().find_map(|name| self.columns.get(*name).copied());
        found.ok_or_else(|| Missing(names.first().copied().unwrap_or_default().to_owned()))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", String::as_str)
    }

    fn cell_if(&self, row: usize, name: &str) -> &str {
        self.columns.get(name).map_or("", |column| self.cell(row, *column))
    }

    /// What a row says: its title and body, or where only the list of its words is known, those set side by side.
    pub(super) fn words_of(&self, row: usize) -> (String, String) {
        let (title, body) = (self.cell_if(row, "title"), self.cell_if(row, "body"));
        if title.is_empty() && body.is_empty() {
            (String::new(), self.cell_if(row, "tokens").replace(' ', ""))
        } else {
            (title.to_owned(), body.to_owned())
        }
    }
}

/// A text as the classifier takes it.
pub(super) fn text(words: &(String, String)) -> Text<'_> {
    Text { title: &words.0, body: &words.1 }
}
