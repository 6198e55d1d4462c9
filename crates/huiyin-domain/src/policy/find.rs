//! Looking things up by their id.

use super::{Category, Channel, Kind, Leader, Phone, Place, Policy, Unit};
use crate::ids::{CategoryId, ChannelId, KindId, PlaceId, UnitId};

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

    /// The telephone numbers shown before sending, the school's own duty telephone first if there is one.
    pub fn phones(&self) -> Vec<Phone> {
        let duty = Phone { name: "学校值班电话".to_owned(), number: self.school.duty_phone.clone() };
        let duty = Some(duty).filter(|phone| !phone.number.is_empty());
        duty.into_iter().chain(self.safety.phones.iter().cloned()).collect()
    }

    /// The channel by which people send in cases themselves, without staff.
    pub fn online_channel(&self) -> Option<&Channel> {
        self.channels.iter().find(|channel| !channel.registered_by_staff)
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
    /// Whether the category is offered under this kind.
    pub fn is_offered_under(&self, kind: &KindId) -> bool {
        self.kinds.is_empty() || self.kinds.contains(kind)
    }
}
