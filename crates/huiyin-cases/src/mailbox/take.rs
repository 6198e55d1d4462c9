//! One letter: known again, judged, and made a case or added to one, in one transaction.

use super::fate::Fate;
use super::{matter, rows};
use crate::cases::log::{self, Bench, Bringer, Standing};
use huiyin_domain::case::{Actor, Clock, Command, Identity, Place, Submission};
use huiyin_domain::ids::{CaseNo, ChannelId, KindId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::config::{Imap, Outlets};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, FileLimits, KeepTrouble, StoredFile};
use huiyin_foundation::incoming::{Incoming, Nature};
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::outbox::{self, LetterName};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_people::notices::{self, Correspondent, InPlace, Notice, Recipient, Teller};

/// So many letters of one sender are taken within an hour.
const OF_ONE_SENDER_MAX: i64 = 10;
const HOUR_MS: i64 = 3_600_000;
/// Who never reads an answer.
const NEVER_READ: [&str; 5] = ["noreply@", "no-reply@", "donotreply@", "mailer-daemon@", "postmaster@"];

/// A letter, and by what it is known again.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub incoming: Incoming,
    /// The keyed hash of all that does not change when the same letter is delivered again.
    pub hash: String,
    /// The keyed hash of its sender.
    pub sender: String,
}

impl Letter {
    pub fn of(keys: &Keys, incoming: Incoming) -> Letter {
        let mut all = Vec::new();
        for part in [&incoming.name, &incoming.from, &incoming.date, &incoming.subject, &incoming.words] {
            all.extend((part.len() as u64).to_be_bytes());
            all.extend(part.as_bytes());
        }
        let hash = keys.hmac_text(Label::Letters, &all);
        let sender = keys.hmac_text(Label::Letters, format!("sender {}", incoming.from).as_bytes());
        Letter { incoming, hash, sender }
    }

    /// The keyed hash of the receipt code of its case.
    fn receipt(&self, keys: &Keys) -> String {
        keys.receipt_code_hash(&notices::receipt_code(keys, &self.hash))
    }
}

/// Takes a letter; says what became of it.
pub(super) async fn take(app: &App, imap: &Imap, letter: Letter) -> Result<Fate, Error> {
    let now = app.now();
    let (hash, sender) = (letter.hash.clone(), letter.sender.clone());
    let (known, lately) = app
        .db
        .read(move |tx| {
            Ok::<_, Error>((rows::known(tx, &hash)?, rows::taken_of(tx, &sender, now.plus_ms(-HOUR_MS))?))
        })
        .await?;
    if known.is_some_and(|(fate, _)| fate.is_settled()) {
        return Ok(Fate::Twice);
    }
    let fate = match letter.incoming.nature {
        _ if LetterName::read(&format!("<{}>", letter.incoming.name)).is_some() => Fate::Own,
        Nature::AutoReply => Fate::Automatic,
        Nature::Machine => Fate::Machine,
        Nature::Bulk => Fate::Bulk,
        Nature::Bounce => return came_back(app, letter).await,
        Nature::Person if lately >= OF_ONE_SENDER_MAX => Fate::Flood,
        Nature::Person => return bring(app, imap, letter).await,
    };
    app.db.write(move |tx| rows::note(tx, &letter.hash, &letter.sender, fate, 0, now)).await?;
    Ok(fate)
}

/// One of our letters did not arrive: its row says so. What speaks of none of ours is left for a person.
async fn came_back(app: &App, letter: Letter) -> Result<Fate, Error> {
    let now = app.now();
    app.db
        .write(move |tx| {
            let ours = letter.incoming.thread.iter().filter_map(|name| LetterName::read(name));
            let mut is_ours = false;
            for name in ours {
                is_ours |= outbox::came_back(tx, &name.batch, now.day())?;
            }
            let fate = if is_ours { Fate::Bounce } else { Fate::Machine };
            rows::note(tx, &letter.hash, &letter.sender, fate, 0, now)?;
            Ok::<_, Error>(fate)
        })
        .await
}

/// What a person wrote is kept, with its files, all or nothing.
async fn bring(app: &App, imap: &Imap, letter: Letter) -> Result<Fate, Error> {
    let standing = Standing::of(app);
    let (files, notes) = keep(app, &letter.incoming).await?;
    let road = Road { channel: imap.channel.as_str().into(), kind: imap.kind.as_deref().map(KindId::from) };
    let arrival = Arrival { letter, files: files.clone(), notes, road };
    let attempt = || {
        let (school, standing, arrival) = (app.clone(), standing.clone(), arrival.clone());
        app.db.write(move |tx| arrival.enter(tx, &standing.bench(&school.keys)))
    };
    let outcome = match attempt().await {
        // Another process was quicker, or somebody acted on the case: once more finds it so.
        Err(Error::Conflict { .. }) => attempt().await,
        outcome => outcome,
    };
    if !matches!(outcome, Ok(Fate::Case | Fate::Reply)) {
        for file in &files {
            // What cannot be removed now is swept later.
            let _ = app.files.discard(file);
        }
    }
    outcome
}

/// Judges the attachments as those of a form; what is refused is named by its place.
async fn keep(app: &App, incoming: &Incoming) -> Result<(Vec<StoredFile>, Vec<String>), Error> {
    let attachments = app.policy_in_force().policy.attachments.clone();
    let limits = FileLimits::from_policy(&attachments);
    let (mut kept, mut notes) = (Vec::new(), Vec::new());
    if !incoming.is_whole {
        notes.push("这封信太大或结构太复杂，只收了开头的文字，附件没有收".to_owned());
    }
    for (place, attachment) in (1..).zip(&incoming.attachments) {
        if kept.len() >= usize::from(attachments.count_max) {
            notes.push(format!("最多收 {} 个附件，第 {place} 个起没有收", attachments.count_max));
            break;
        }
        match app.files.keep(&app.keys, attachment.bytes.clone(), limits, app.now()).await {
            Ok(file) => kept.push(file),
            Err(KeepTrouble::Refused(refusal)) => {
                let ending = Some(&attachment.ending).filter(|ending| !ending.is_empty());
                let ending = ending.map_or_else(String::new, |ending| format!("（.{ending}）"));
                notes.push(format!("附件没有收下{ending}：{}", refusal.sentence(place)));
            }
            Err(trouble) => {
                kept.iter().for_each(|file| drop(app.files.discard(file)));
                return Err(trouble.into());
            }
        }
    }
    Ok((kept, notes))
}

/// A letter at the door, with what was kept of it.
#[derive(Clone)]
struct Arrival {
    letter: Letter,
    files: Vec<StoredFile>,
    notes: Vec<String>,
    road: Road,
}

/// By which channel letters come, and of which kind their cases are at first.
#[derive(Clone)]
struct Road {
    channel: ChannelId,
    kind: Option<KindId>,
}

/// A letter of long ago becomes the case it would have become then; gives back its number and the keyed hash of its receipt.
/// For the demonstration, which has no mailbox.
pub fn take_past(
    tx: &mut Tx,
    bench: &Bench<'_>,
    (channel, kind): (&ChannelId, &KindId),
    incoming: Incoming,
) -> Result<(CaseNo, String), Error> {
    let letter = Letter::of(bench.keys, incoming);
    let receipt = letter.receipt(bench.keys);
    let road = Road { channel: channel.clone(), kind: Some(kind.clone()) };
    let arrival = Arrival { letter, files: Vec::new(), notes: Vec::new(), road };
    let no = arrival.bring_in(tx, bench, "")?;
    let Letter { hash, sender, .. } = &arrival.letter;
    rows::note(tx, hash, sender, Fate::Case, 0, bench.now)?;
    Ok((no, receipt))
}

impl Arrival {
    fn enter(&self, tx: &mut Tx, bench: &Bench<'_>) -> Result<Fate, Error> {
        let Letter { hash, sender, .. } = &self.letter;
        if rows::known(tx, hash)?.is_some_and(|(fate, _)| fate.is_settled()) {
            return Ok(Fate::Twice);
        }
        for file in &self.files {
            files::remember(tx, file)?;
        }
        let fate = match self.exchange(tx, bench)? {
            None => self.as_case(tx, bench, "")?,
            Some(earlier) if earlier.address != self.letter.incoming.from => {
                let note = format!("这封信引用了 {} 的往来邮件，但不是从原来的邮箱寄来的。", earlier.no);
                self.as_case(tx, bench, &note)?
            }
            Some(earlier) => match self.add(tx, bench, &earlier) {
                // It is over: whether it is opened again is for its requester to say, with the code or in the pages.
                Err(Error::Refused { .. }) => {
                    let note = format!("这封信是对 {} 的回信，那件已经结束，所以另立此件。", earlier.no);
                    self.as_case(tx, bench, &note)?
                }
                outcome => outcome?,
            },
        };
        rows::note(tx, hash, sender, fate, 0, bench.now)?;
        Ok(fate)
    }

    /// The exchange that one of our letters named, if this one belongs behind it.
    fn exchange(&self, tx: &mut Tx, bench: &Bench<'_>) -> Result<Option<Correspondent>, Error> {
        let names =
            self.letter.incoming.thread.iter().filter_map(|name| LetterName::read(&format!("<{name}>")));
        for exchange in names.filter_map(|name| name.exchange) {
            if let Some(found) = notices::of_exchange(tx, bench.keys, &exchange)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn add(&self, tx: &mut Tx, bench: &Bench<'_>, earlier: &Correspondent) -> Result<Fate, Error> {
        let (words, notes) = self.fitted(&matter::own_words(&self.letter.incoming.words));
        let files: Vec<_> = self.files.iter().map(|file| file.id.clone()).collect();
        let words =
            if words.is_empty() && files.is_empty() { "（来信没有正文）".to_owned() } else { words };
        let command = Command::Supplement { words: noted(words, &notes), files };
        log::carry_out(tx, bench, &Actor::Requester, None, &earlier.no, command)?;
        if !notes.is_empty() {
            let notice = Notice::LetterTaken { until: None, notes };
            tell(tx, bench, &earlier.no, &earlier.exchange, &notice)?;
        }
        Ok(Fate::Reply)
    }

    fn as_case(&self, tx: &mut Tx, bench: &Bench<'_>, earlier: &str) -> Result<Fate, Error> {
        self.bring_in(tx, bench, earlier).map(|_| Fate::Case)
    }

    fn bring_in(&self, tx: &mut Tx, bench: &Bench<'_>, earlier: &str) -> Result<CaseNo, Error> {
        let incoming = &self.letter.incoming;
        let (title, body) = matter::title_and_body(&incoming.subject, &incoming.words);
        let (body, mut notes) = self.fitted(&body);
        let is_secret = matter::asks_for_secrecy(&format!("{}\n{}", incoming.subject, incoming.words));
        let told = notes.clone();
        notes.extend((!earlier.is_empty()).then(|| earlier.to_owned()));
        let submission = Submission {
            kind: kind(self.road.kind.as_ref(), bench.policy)?.clone(),
            category: None,
            title,
            body: noted(body, &notes),
            place: Place::default(),
            identity: if is_secret { Identity::Sealed } else { Identity::Open },
            channel: self.road.channel.clone(),
            danger: false,
            may_publish: false,
            contact: incoming.from.clone(),
            on_behalf_of: matter::on_behalf_of(&incoming.called, &incoming.from),
            files: self.files.iter().map(|file| file.id.clone()).collect(),
            unit: None,
            outside_no: String::new(),
            about: Vec::new(),
            split_from: None,
        };
        let bringer = Bringer::Receipt(self.letter.receipt(bench.keys));
        let no = log::submit(tx, bench, &Actor::Requester, None, &bringer, None, submission)?;
        self.acknowledge(tx, bench, &no, told, !earlier.is_empty())?;
        Ok(no)
    }

    /// The letter back: number, promised time, the key to the case. Nobody is written to who cannot read it.
    fn acknowledge(
        &self,
        tx: &mut Tx,
        bench: &Bench<'_>,
        no: &CaseNo,
        mut notes: Vec<String>,
        is_about_earlier: bool,
    ) -> Result<(), Error> {
        let incoming = &self.letter.incoming;
        if !is_answerable(&incoming.from, bench.outlets) {
            return Ok(());
        }
        let name = Some(incoming.name.as_str()).filter(|name| is_plain(name)).unwrap_or_default();
        notices::write_to(tx, bench.keys, no, &incoming.from, name, &self.letter.hash)?;
        let loaded = log::load(tx, no)?.ok_or(Error::Hidden)?;
        let promise = loaded.case.round().promise(Clock::FirstReply);
        let until = promise.map_or_else(String::new, |promise| say::moment_named(bench.now, promise.due));
        if is_about_earlier {
            notes.push(
                "您回信的那件已经结束，这封信另立一件办理。要把原来那件重新办理，请用它的查询码提出"
                    .to_owned(),
            );
        }
        let notice = Notice::LetterTaken { until: Some(until), notes };
        let exchange = notices::exchange_of(tx, no)?.unwrap_or_default();
        tell(tx, bench, no, &exchange, &notice)
    }

    /// Words that are not too long, and what was not taken.
    fn fitted(&self, words: &str) -> (String, Vec<String>) {
        let (words, is_cut) = matter::cut(words, matter::BODY_CHARS_MAX);
        let mut notes = self.notes.clone();
        notes.extend(is_cut.then(|| format!("正文太长，只收了前 {} 字", matter::BODY_CHARS_MAX)));
        (words, notes)
    }
}

/// What was not taken as it came stands beneath the words, for whoever handles the case.
fn noted(words: String, notes: &[String]) -> String {
    let words = notes.iter().fold(words, |words, note| format!("{words}\n\n〔平台注〕{note}"));
    words.trim().to_owned()
}

/// Of which kind a letter's case is at first: as the file says, else the first that nothing dispatches by itself.
pub(super) fn kind<'a>(named: Option<&'a KindId>, policy: &'a Policy) -> Result<&'a KindId, Error> {
    let waits = || policy.kinds.iter().find(|kind| !kind.restricted && !kind.dispatches_itself);
    let kind = named.or_else(|| waits().map(|kind| &kind.id));
    kind.ok_or_else(|| Error::internal("no kind of this school waits for a clerk"))
}

fn tell(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, exchange: &str, notice: &Notice) -> Result<(), Error> {
    let (keys, outlets, coordinator) = (bench.keys, bench.outlets, &bench.policy.school.coordinator);
    let in_place = InPlace::Clerks;
    let teller = Teller { keys, outlets, coordinator, in_place, at: bench.now, not_before: bench.now };
    notices::tell(tx, &teller, &Recipient::Exchange(exchange.to_owned()), no, notice)?;
    Ok(())
}

/// Whether a letter to this address reaches a person, and not ourselves.
fn is_answerable(address: &str, outlets: &Outlets) -> bool {
    let is_ours = |own: &str| {
        let own = own.to_lowercase();
        own == address || own.ends_with(&format!("<{address}>"))
    };
    let is_own = outlets.smtp.as_ref().is_some_and(|smtp| is_ours(&smtp.from))
        || outlets.imap.as_ref().is_some_and(|imap| is_ours(&imap.user));
    !address.is_empty() && !is_own && !NEVER_READ.iter().any(|who| address.starts_with(who))
}

/// Whether the name of a letter can stand in a line of ours.
fn is_plain(name: &str) -> bool {
    name.len() <= 250
        && name.contains('@')
        && name.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>".contains(&byte))
}
