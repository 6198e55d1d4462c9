//! Looking things up by their id.

use super::{Audience, ByPlace, Category, Channel, Kind, Leader, Phone, Place, Policy, Squad, Unit};
use crate::calendar::Day;
use crate::ids::{CategoryId, ChannelId, KindId, PlaceId, SquadId, UnitId};

impl Policy {
    /// The entrance of this id.
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// The unit of this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// The category of this id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }

    /// The channel of this id.
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == *id)
    }

    /// The squad of this id.
    pub fn squad(&self, id: &SquadId) -> Option<&Squad> {
        self.squads.iter().find(|squad| squad.id == *id)
    }

    /// The squads of a unit that may take a case of this kind and category.
    pub fn squads_for<'a>(
        &'a self,
        unit: &'a UnitId,
        kind: &'a KindId,
        category: Option<&'a CategoryId>,
    ) -> impl Iterator<Item = &'a Squad> + 'a {
        self.squads.iter().filter(move |squad| {
            let takes_kind = squad.kinds.is_empty() || squad.kinds.contains(kind);
            let is_listed = category.is_some_and(|category| squad.categories.contains(category));
            let takes_category = squad.categories.is_empty() || is_listed;
            !squad.closed && squad.unit == *unit && takes_kind && takes_category
        })
    }

    /// The place of this id.
    pub fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.places.iter().find(|place| place.id == *id)
    }

    /// The leader post of this id.
    pub fn leader(&self, id: &str) -> Option<&Leader> {
        self.leaders.iter().find(|leader| leader.id == id)
    }

    /// The leader post in charge of a unit: its own, or that of the nearest unit above it that names one.
    pub fn leader_of(&self, unit: &UnitId) -> Option<&Leader> {
        let mut at = self.unit(unit);
        // A chain longer than the list of units would be a circle, which `parse` refuses.
        for _ in 0..self.units.len() {
            let unit = at?;
            match &unit.leader {
                Some(post) => return self.leader(post),
                None => at = unit.parent.as_ref().and_then(|id| self.unit(id)),
            }
        }
        None
    }

    /// The post of the head of the school.
    pub fn head(&self) -> Option<&Leader> {
        self.leaders.iter().find(|leader| leader.head)
    }

    /// The leader posts in charge of these units; the head of the school, who answers for all, is not among them.
    pub fn leaders_kept_away(&self, recused: &[UnitId]) -> Vec<String> {
        let posts = recused.iter().filter_map(|unit| self.leader_of(unit));
        let mut posts: Vec<String> = posts.filter(|post| !post.head).map(|post| post.id.clone()).collect();
        posts.sort();
        posts.dedup();
        posts
    }

    /// The unit that has a case from which the coordinating office itself is kept away; none while the office may see it.
    pub fn stands_in(&self, recused: &[UnitId]) -> Option<&UnitId> {
        let unit = self.safety.recusal_unit.as_ref();
        let recused = self.with_heirs(recused);
        unit.filter(|unit| recused.contains(&self.school.coordinator) && !recused.contains(unit))
    }

    /// The unit itself, then the units above it up to the coordinating office, which answers for everybody.
    pub fn line_of(&self, unit: &UnitId) -> Vec<UnitId> {
        let above = |id: &UnitId| self.unit(id).and_then(|unit| unit.parent.clone());
        let line = std::iter::successors(Some(unit.clone()), above).take(self.units.len());
        let mut line: Vec<UnitId> = line.take_while(|id| *id != self.school.coordinator).collect();
        if line.is_empty() {
            line.push(unit.clone());
        }
        line
    }

    /// Who has taken over from a closed unit; none for an open one, or when nobody has.
    pub fn heir_of(&self, unit: &UnitId) -> Option<&UnitId> {
        let mut at = self.unit(unit).filter(|unit| unit.closed)?;
        for _ in 0..self.units.len() {
            let next = self.unit(at.successor.as_ref()?)?;
            if !next.closed {
                return Some(&next.id);
            }
            at = next;
        }
        None
    }

    /// Whose matter a category is, at a place and on a day: the unit of the place where one is named, else that of the
    /// category, each by whoever has taken over from it (3.2). None when a person must decide.
    pub fn unit_for(&self, category: &CategoryId, place: Option<&PlaceId>, day: Day) -> Option<UnitId> {
        let category = self.category(category).filter(|category| category.is_in_force(day))?;
        let here = |rule: &&ByPlace| place.is_some_and(|place| rule.places.contains(place));
        let named = category.by_place.iter().find(here).map(|rule| &rule.unit).or(category.unit.as_ref())?;
        let is_open = self.unit(named).is_some_and(|unit| !unit.closed);
        if is_open { Some(named.clone()) } else { self.heir_of(named).cloned() }
    }

    /// The telephone numbers shown before sending, the school's own duty telephone first if there is one.
    pub fn phones(&self) -> Vec<Phone> {
        let duty = Phone { name: "学校值班电话".to_owned(), number: self.school.duty_phone.clone() };
        let duty = Some(duty).filter(|phone| !phone.number.is_empty());
        duty.into_iter().chain(self.safety.phones.iter().cloned()).collect()
    }

    /// The channel by which everybody sends in cases themselves, without staff, and need not give their name.
    pub fn online_channel(&self) -> Option<&Channel> {
        let is_by_oneself = |channel: &&Channel| !channel.registered_by_staff && !channel.real_name_only;
        self.channels.iter().filter(is_by_oneself).find(|channel| channel.audience == Audience::All)
    }

    /// The channels that have a form of their own in the portal, each with the kind it opens with.
    pub fn channels_with_a_form(&self) -> impl Iterator<Item = (&Channel, &Kind)> {
        self.channels.iter().filter_map(|channel| Some((channel, self.kind(channel.form.as_ref()?)?)))
    }

    /// The channels by which matters come back from outside the school.
    pub fn outside_channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(|channel| channel.outside)
    }

    /// The categories offered under a kind, in the order of the catalogue.
    pub fn categories_of<'a>(&'a self, kind: &'a KindId) -> impl Iterator<Item = &'a Category> + 'a {
        self.categories.iter().filter(move |category| category.is_offered_under(kind))
    }
}

/// Whether a telephone takes this number as it is written.
pub fn can_be_dialled(number: &str) -> bool {
    number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+'))
}

impl Category {
    /// Whether the category is in force on a day.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }

    /// Whether the category is offered under this kind.
    pub fn is_offered_under(&self, kind: &KindId) -> bool {
        self.kinds.is_empty() || self.kinds.contains(kind)
    }
}
