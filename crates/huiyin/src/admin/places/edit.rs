//! What the form makes of the list of places, and what it may not make of it.

use crate::admin::changes::Changes;
use crate::admin::saving::LINE_MAX;
use huiyin_domain::ids::PlaceId;
use huiyin_domain::policy::Place;
use huiyin_domain::shipped;
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::web::Form;
use std::collections::BTreeMap;

/// How many cases name each place.
pub(super) type Uses = BTreeMap<String, i64>;

/// One line of the form, as typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub campus: String,
    pub is_closed: bool,
    pub uses: i64,
}

/// The lines as typed; the boxes of a line stand at the same place in three lists.
pub(super) fn typed(form: &Form, uses: &Uses) -> Vec<Line> {
    let [ids, names, campuses] = ["id", "name", "campus"].map(|name| form.all(name));
    let closed = form.all("closed");
    let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
    let line = |place| {
        let id: String = at(&ids, place);
        Line {
            name: at(&names, place),
            campus: at(&campuses, place),
            is_closed: closed.contains(&id),
            uses: uses.get(&id).copied().unwrap_or_default(),
            id,
        }
    };
    (0..ids.len()).map(line).collect()
}

/// The lines of the list as it stands.
pub(super) fn lines(places: &[Place], uses: &Uses) -> Vec<Line> {
    let line = |place: &Place| Line {
        id: place.id.to_string(),
        name: place.name.clone(),
        campus: place.campus.clone(),
        is_closed: place.closed,
        uses: uses.get(place.id.as_str()).copied().unwrap_or_default(),
    };
    places.iter().map(line).collect()
}

/// Whether the list is still the one of the preset, which are nobody's buildings.
pub(in crate::admin) fn are_of_the_preset(places: &[Place]) -> bool {
    shipped::preset("campus").is_some_and(|preset| preset.places == places)
}

/// What is asked of the list.
pub(super) struct Wanted<'a> {
    pub lines: &'a [Line],
    /// New places, one a line: 「校区，名称」 or only the name.
    pub added: &'a str,
    /// Takes away what the preset brought and nobody has used.
    pub drops_preset: bool,
}

/// The new list, with every difference noted; or what is wrong.
pub(super) fn changed(
    known: &[Place],
    wanted: &Wanted<'_>,
    changes: &mut Changes,
) -> Result<Vec<Place>, FieldErrors> {
    let mut errors = FieldErrors::new();
    let preset = shipped::preset("campus").map(|preset| preset.places).unwrap_or_default();
    let mut places = Vec::new();
    for place in known {
        let Some(line) = wanted.lines.iter().find(|line| line.id == place.id.as_str()) else {
            places.push(place.clone());
            continue;
        };
        let is_dropped = wanted.drops_preset && preset.contains(place);
        if line.uses == 0 && (line.name.is_empty() || is_dropped) {
            changes.note("去掉", &place.name, "");
            continue;
        }
        if line.name.is_empty() {
            let sentence = format!("「{}」已有 {} 件诉求用过，不能去掉，请改为停用", place.name, line.uses);
            errors.add("places", sentence);
        }
        let (mut next, whose) = (place.clone(), place.name.clone());
        changes.text(&format!("「{whose}」名称"), &mut next.name, line.name.clone());
        changes.text(&format!("「{whose}」校区"), &mut next.campus, line.campus.clone());
        changes.flag(&format!("「{whose}」停用"), &mut next.closed, line.is_closed);
        places.push(next);
    }
    for line in wanted.added.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (campus, name) = line.split_once(['，', ',']).unwrap_or(("", line));
        let (campus, name) = (campus.trim().to_owned(), name.trim().to_owned());
        if name.is_empty() {
            errors.add("added", format!("「{line}」没有写名称，请写成“校区，名称”"));
        }
        changes.note("新加", "", &name);
        places.push(Place { id: free_id(known, &places), name, campus, closed: false });
    }
    for (index, place) in places.iter().enumerate() {
        if place.name.chars().count() > LINE_MAX || place.campus.chars().count() > LINE_MAX {
            errors.add("places", format!("地点和校区的名称最多 {LINE_MAX} 字"));
        }
        let is_twin = |other: &Place| (&other.name, &other.campus) == (&place.name, &place.campus);
        if !place.name.is_empty() && places[..index].iter().any(is_twin) {
            errors.add("places", format!("「{}」写了两次，请改一个或去掉一个", place.name));
        }
    }
    errors.expect(
        places.iter().any(|place| !place.closed),
        "added",
        "至少要留一处能选的地点，请先在这里加上本校的",
    );
    errors.or(places)
}

/// An id that no place has or had on this page.
fn free_id(known: &[Place], places: &[Place]) -> PlaceId {
    let is_taken = |id: &str| known.iter().chain(places).any(|place| place.id.as_str() == id);
    let mut number = 1;
    while is_taken(&format!("place-{number}")) {
        number += 1;
    }
    PlaceId(format!("place-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str) -> Place {
        Place { id: id.into(), name: id.to_uppercase(), campus: String::new(), closed: false }
    }

    fn emptied(uses: i64) -> Result<Vec<Place>, FieldErrors> {
        let lines = [Line { id: "a".to_owned(), uses, ..Line::default() }];
        let wanted = Wanted { lines: &lines, added: "", drops_preset: false };
        changed(&[place("a"), place("b")], &wanted, &mut Changes::default())
    }

    #[test]
    fn a_place_that_a_case_names_is_closed_and_never_taken_away() {
        assert_eq!(emptied(0), Ok(vec![place("b")]));
        assert_eq!(
            emptied(3).unwrap_err().of("places"),
            Some("「A」已有 3 件诉求用过，不能去掉，请改为停用")
        );
    }

    #[test]
    fn an_id_is_never_given_twice() {
        assert_eq!(free_id(&[place("place-1")], &[place("place-2")]), PlaceId::from("place-3"));
    }
}
