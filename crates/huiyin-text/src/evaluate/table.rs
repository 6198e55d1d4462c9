//! A file of rows: tabs between, the names of the columns in the first line.

use crate::classify::Text;
use std::collections::HashMap;

/// The rows of a file, read by the names of their columns.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

/// A file that cannot be used for what it was given for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It lacks a column.
    #[error("{file}: there is no column “{column}”")]
    Column {
        /// The file.
        file: String,
        /// The column that is needed.
        column: String,
    },
    /// It asks for a message that stands in none of the files that were searched.
    #[error("{file}: message “{id}” stands in none of the files given with --train")]
    Message {
        /// The file.
        file: String,
        /// The message.
        id: String,
    },
    /// Fewer than two classes can be learned from it.
    #[error("{file}: at least two classes are needed to learn from")]
    TooFewClasses {
        /// The file.
        file: String,
    },
}

impl Table {
    /// Reads the text of a file of this name. Rows shorter than the header have nothing in their last columns.
    pub fn of(file: &str, text: &str) -> Self {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
        let columns = header.split('\t').enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
        let rows = lines
            .filter(|line| !line.is_empty())
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect();
        Self { file: file.to_owned(), columns, rows }
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
    /// [`Unfit::Column`] names the first if there is none.
    pub fn column(&self, names: &[&str]) -> Result<usize, Unfit> {
        let found = names.iter().find_map(|name| self.columns.get(*name).copied());
        found.ok_or_else(|| Unfit::Column {
            file: self.file.clone(),
            column: names.first().copied().unwrap_or_default().to_owned(),
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The name of the file.
    pub(super) fn file(&self) -> String {
        self.file.clone()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", String::as_str)
    }

    fn cell_if(&self, row: usize, name: &str) -> &str {
        self.columns.get(name).map_or("", |column| self.cell(row, *column))
    }

    /// What a row says: its title and body, or where only the list of its words is known, those set side by side.
    pub fn words_of(&self, row: usize) -> (String, String) {
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
