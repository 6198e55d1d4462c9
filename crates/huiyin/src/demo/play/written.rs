//! How a written scene begins: somebody with an account brings it in, or a letter does.

use super::super::scenes::{Beginner, Scene};
use super::{Stage, Story};
use huiyin_cases::cases::log::{Bringer, load, submit};
use huiyin_cases::mailbox;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Identity, Place, Submission};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::incoming;

impl Stage<'_> {
    pub(super) fn begin(&mut self, tx: &mut Tx, place: usize, at: Instant) -> Result<(), Error> {
        let scene = self.scenes[place].clone();
        let begun = match scene.by {
            Beginner::Letter => self.by_letter(tx, &scene, at),
            Beginner::Student | Beginner::Teacher => self.by_account(tx, &scene, at),
        };
        let (no, bringer) = match begun {
            Ok(begun) => begun,
            Err(Error::Refused { .. } | Error::Hidden) => return Ok(()),
            Err(error) => return Err(error),
        };
        let case = load(tx, &no)?.ok_or(Error::Hidden)?.case;
        self.enter(no, case, Story::Written(scene), bringer, at);
        Ok(())
    }

    fn by_account(&mut self, tx: &mut Tx, scene: &Scene, at: Instant) -> Result<(CaseNo, Bringer), Error> {
        let member = self.cast.somebody(scene.by == Beginner::Teacher, &mut self.aside);
        let bringer = Bringer::Account(member.ok_or(Error::Hidden)?.person.clone());
        let submission = Submission {
            kind: scene.kind.clone(),
            category: scene.category.clone(),
            title: scene.title.clone(),
            body: scene.body.clone(),
            place: Place { id: scene.place.clone(), room: scene.room.clone() },
            identity: Identity::Open,
            channel: scene.channel.clone(),
            danger: false,
            may_publish: scene.publish,
            contact: String::new(),
            on_behalf_of: String::new(),
            files: Vec::new(),
            unit: None,
            outside_no: String::new(),
            about: Vec::new(),
            split_from: None,
        };
        let no = submit(tx, &self.at(at), &Actor::Requester, None, &bringer, None, submission)?;
        Ok((no, bringer))
    }

    /// By the ordinary road of letters, but for the server that would have brought it.
    fn by_letter(&mut self, tx: &mut Tx, scene: &Scene, at: Instant) -> Result<(CaseNo, Bringer), Error> {
        let written = format!(
            "Message-ID: <{}@example.com>\r\nFrom: {} <{}>\r\nSubject: {}\r\n\r\n{}\r\n",
            at.0, scene.called, scene.address, scene.title, scene.body
        );
        let letter = incoming::read(written.as_bytes(), true);
        let (no, receipt) = mailbox::take_past(tx, &self.at(at), (&scene.channel, &scene.kind), letter)?;
        Ok((no, Bringer::Receipt(receipt)))
    }
}
