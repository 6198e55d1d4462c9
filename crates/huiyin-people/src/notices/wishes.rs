//! How a person wants to be told: per channel and family of messages, with quiet hours and the hour of the digest.

use super::topics::{Mode, Topic};
use huiyin_domain::calendar::{Instant, TimeOfDay};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::outbox::{self, Sorted};
use huiyin_foundation::params;
use std::collections::BTreeMap;

const WECOM_LATER_MS: i64 = 7 * 60_000;

/// A person's wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wishes {
    /// `channel/topic` and the mode; what is not there is as the program suggests.
    choices: BTreeMap<String, String>,
    /// From when nothing comes.
    pub quiet_from: TimeOfDay,
    /// Until when nothing comes.
    pub quiet_until: TimeOfDay,
    /// When the digest comes.
    pub digest_at: TimeOfDay,
}

/// What a person's text can be no more than: a broken row is read as no wishes.
impl Default for Wishes {
    fn default() -> Wishes {
        Wishes { choices: BTreeMap::new(), quiet_from: hour(22), quiet_until: hour(7), digest_at: hour(8) }
    }
}

/// A full hour.
pub(super) fn hour(hour: u16) -> TimeOfDay {
    TimeOfDay { minutes: hour * 60 }
}

impl Wishes {
    /// How a family of messages is wanted on a channel.
    pub fn mode(&self, channel: &str, topic: Topic) -> Mode {
        let said = self.choices.get(&place(channel, topic)).and_then(|word| Mode::from_word(word));
        said.unwrap_or_else(|| topic.unsaid())
    }

    /// Wants it so.
    pub fn choose(&mut self, channel: &str, topic: Topic, mode: Mode) {
        self.choices.insert(place(channel, topic), mode.word().to_owned());
    }

    /// What becomes of a letter of this family that may leave at `ready`.
    pub fn sorted(&self, channel: &str, topic: Topic, is_urgent: bool, ready: Instant) -> Sorted {
        if is_urgent {
            return Sorted::At(ready);
        }
        match self.mode(channel, topic) {
            Mode::Off => Sorted::Unwanted("本人不要这一类"),
            Mode::AtOnce => Sorted::At(self.after_quiet(ready)),
            // WeCom asks to be left alone at the full and the half hour.
            Mode::Digest if channel == outbox::WECOM => {
                Sorted::At(self.next_digest(ready).plus_ms(WECOM_LATER_MS))
            }
            Mode::Digest => Sorted::At(self.next_digest(ready)),
        }
    }

    /// The first moment from `at` on that is not quiet.
    fn after_quiet(&self, at: Instant) -> Instant {
        if !self.is_quiet(at.time_of_day()) {
            return at;
        }
        next(self.quiet_until, at)
    }

    /// The next digest; one that would fall into quiet hours comes at their end.
    fn next_digest(&self, at: Instant) -> Instant {
        self.after_quiet(next(self.digest_at, at))
    }

    /// Quiet hours may pass over midnight; the same hour twice means there are none.
    fn is_quiet(&self, time: TimeOfDay) -> bool {
        let (from, until) = (self.quiet_from, self.quiet_until);
        if from <= until { (from..until).contains(&time) } else { time >= from || time < until }
    }
}

/// The next time the clock shows this.
fn next(time: TimeOfDay, after: Instant) -> Instant {
    let today = after.day().at(time);
    if today >= after { today } else { after.day().next().at(time) }
}

fn place(channel: &str, topic: Topic) -> String {
    format!("{channel}/{}", topic.word())
}

/// The wishes of a person, or what the program suggests.
pub(super) fn of(tx: &mut Tx, person: &PersonId) -> Result<Wishes, DbError> {
    // How does this person want to be told?
    let row = tx.query_opt(
        "select choices, quiet_from, quiet_until, digest_at
           from notice_settings
          where person_id = $1",
        params![person],
    )?;
    let Some(row) = row else { return Ok(Wishes::default()) };
    let unsaid = Wishes::default();
    let time =
        |column: &str, otherwise: TimeOfDay| Ok::<_, DbError>(row.text(column)?.parse().unwrap_or(otherwise));
    Ok(Wishes {
        choices: serde_json::from_str(row.str("choices")?).unwrap_or_default(),
        quiet_from: time("quiet_from", unsaid.quiet_from)?,
        quiet_until: time("quiet_until", unsaid.quiet_until)?,
        digest_at: time("digest_at", unsaid.digest_at)?,
    })
}

/// Keeps the wishes of a person.
pub(super) fn keep(tx: &mut Tx, person: &PersonId, wishes: &Wishes) -> Result<(), DbError> {
    let choices = serde_json::to_string(&wishes.choices).expect("a map of texts can always be written");
    // This person wants to be told so.
    tx.execute(
        "insert into notice_settings (person_id, choices, quiet_from, quiet_until, digest_at)
         values ($1, $2, $3, $4, $5)
         on conflict (person_id) do update
            set choices = excluded.choices,
                quiet_from = excluded.quiet_from,
                quiet_until = excluded.quiet_until,
                digest_at = excluded.digest_at",
        params![
            person,
            choices,
            wishes.quiet_from.to_string(),
            wishes.quiet_until.to_string(),
            wishes.digest_at.to_string(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiyin_foundation::testing::TEST_MORNING;

    fn at(hours: u32) -> Instant {
        TEST_MORNING.plus_hours(hours)
    }

    #[test]
    fn at_night_a_letter_waits_for_the_end_of_quiet_hours_unless_it_is_urgent() {
        let wishes = Wishes::default();
        let work = |ready| wishes.sorted("mail", Topic::Work, false, ready);
        assert_eq!(work(at(0)), Sorted::At(at(0)));
        // 23:00 and 02:00 wait for 07:00.
        assert_eq!(work(at(13)), Sorted::At(at(21)));
        assert_eq!(work(at(16)), Sorted::At(at(21)));
        assert_eq!(work(at(21)), Sorted::At(at(21)));
        assert_eq!(wishes.sorted("mail", Topic::Danger, true, at(13)), Sorted::At(at(13)));
    }

    #[test]
    fn a_digest_comes_once_a_morning_and_never_in_quiet_hours() {
        let mut wishes = Wishes::default();
        let due = |wishes: &Wishes, ready| wishes.sorted("mail", Topic::Due, false, ready);
        // 10:00 waits for 08:00 of the next day, 03:00 for 08:00 of the same.
        assert_eq!(due(&wishes, at(0)), Sorted::At(at(22)));
        assert_eq!(due(&wishes, at(17)), Sorted::At(at(22)));
        wishes.digest_at = hour(6);
        assert_eq!(due(&wishes, at(0)), Sorted::At(at(21)));
    }

    #[test]
    fn the_same_hour_twice_means_no_quiet_hours_and_a_family_can_be_switched_off_on_one_channel() {
        let mut wishes = Wishes { quiet_from: hour(0), quiet_until: hour(0), ..Wishes::default() };
        assert_eq!(wishes.sorted("mail", Topic::Work, false, at(16)), Sorted::At(at(16)));
        wishes.choose("mail", Topic::Work, Mode::Off);
        assert!(matches!(wishes.sorted("mail", Topic::Work, false, at(0)), Sorted::Unwanted(_)));
        assert_eq!(wishes.sorted("wecom", Topic::Work, false, at(0)), Sorted::At(at(0)));
    }
}
