//! The four acts at the place. A form sent twice, or again hours later when the network is back, is one act.

use super::{Showing, show};
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use crate::cases::sight::Seen;
use crate::cases::submit::Ticket;
use crate::desk::drafts;
use crate::desk::seat::Seat;
use crate::desk::workbench::attachments;
use crate::desk::workbench::attempt::FromDesk;
use crate::dossier::who_was_first;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Hat;
use huiyin_domain::calendar::Day;
use huiyin_domain::case::{ANOTHER_DAY, Answer, Case, Clock, Command, Outcome, WorkMoment};
use huiyin_domain::ids::{CaseNo, FileId, SquadId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::FileLimits;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, marked};

const WORDS_MAX: usize = 500;
const PART_MAX: usize = 100;

/// What is asked, as far as the form says it.
#[derive(Clone)]
enum Wish {
    Arrive,
    Picture(WorkMoment),
    Finish { words: String },
    AwaitPart { words: String, expected_on: Day },
    CallSquad { squad: SquadId, words: String },
    ReleaseSquad,
}

impl Wish {
    /// The last word of its address, and of the way back.
    fn noun(&self) -> &'static str {
        match self {
            Wish::Arrive => "arrival",
            Wish::Picture(_) => "photos",
            Wish::Finish { .. } => "done",
            Wish::AwaitPart { .. } => "part",
            Wish::CallSquad { .. } => "squad",
            Wish::ReleaseSquad => "squad-release",
        }
    }

    /// The day of a missing part.
    fn expected_on(&self) -> Option<Day> {
        match self {
            Wish::AwaitPart { expected_on, .. } => Some(*expected_on),
            _ => None,
        }
    }

    fn command(self, files: Vec<FileId>, is_looked_at: bool) -> Command {
        let (outcome, public, shelving) = (Outcome::Solved, None, None);
        match self {
            Wish::Arrive => Command::Arrive,
            Wish::Picture(moment) => Command::Picture { moment, files },
            Wish::Finish { words } if is_looked_at => Command::ProposeReply(Answer {
                words,
                outcome,
                public,
                files,
                shelving,
                joined_words: String::new(),
            }),
            Wish::Finish { words } => Command::Reply(Answer {
                words,
                outcome,
                public,
                files,
                shelving,
                joined_words: String::new(),
            }),
            Wish::AwaitPart { words, expected_on } => Command::AwaitPart { words, expected_on },
            Wish::CallSquad { squad, words } => Command::CallSquad { squad, words },
            Wish::ReleaseSquad => Command::ReleaseSquad,
        }
    }
}

/// Whether an answer from here is laid before the head of the unit.
pub(super) fn is_looked_at(seen: &Seen, policy: &Policy) -> bool {
    let is_head = seen.hats.contains(&Hat::UnitHead);
    !is_head && policy.answering.wants_second_look(seen.case().restricted, false)
}

/// What is said of a missing part: whether more time was asked for along with it, or the rules did not let it be.
fn of_part(case: &Case, day: Day, policy: &Policy) -> &'static str {
    let due = case.round().promise(Clock::Result).map(|promise| promise.due);
    match (case.extension_asked, due.is_some_and(|due| due < day.at(policy.office.closes))) {
        (Some(asked), true) if asked == day => "part-asked",
        (_, true) => "part-late",
        _ => "part",
    }
}

/// What is said of an act that was done.
pub(super) fn done(noun: &str) -> &'static str {
    match noun {
        "arrival" => "到场已记下，反映人看得到",
        "photos" => "照片已存下",
        "done" => "答复已送出",
        "squad" => "已交给服务队，队员收到通知；报修好以后请您确认、答复",
        "squad-release" => "已收回，服务队看不到这件了",
        "part" => "缺配件已记下，反映人已收到通知；到了那天会提醒您",
        "part-asked" => "缺配件已记下，反映人已收到通知；已替您申请延期到那天，等协调部门批",
        "part-late" => "缺配件已记下，反映人已收到通知；那天晚于办结时限，按规定现在不能申请延期，时限不变",
        _ => "",
    }
}

/// POST …/arrival
pub(in crate::desk) async fn arrive(sent: FromDesk) -> Result<Response, Error> {
    let errors = sent.form.errors();
    carry(sent, Wish::Arrive, errors).await
}

/// Whether a picture shows the place before the work or after it, which nothing but the form can say.
pub(crate) fn moment_of(form: &Form, errors: &mut FieldErrors) -> WorkMoment {
    let moment = match form.text("moment").as_str() {
        "before" => Some(WorkMoment::Before),
        "after" => Some(WorkMoment::After),
        _ => None,
    };
    errors.expect(moment.is_some(), "moment", "请选照片是修之前的，还是修之后的");
    moment.unwrap_or(WorkMoment::After)
}

/// POST …/photos
pub(in crate::desk) async fn picture(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let moment = moment_of(&sent.form, &mut errors);
    carry(sent, Wish::Picture(moment), errors).await
}

/// POST …/done
pub(in crate::desk) async fn finish(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let words = demand(&sent.form, &mut errors, "words", "怎么修好的", WORDS_MAX);
    sent.form.expect_filled_in(&mut errors, "words");
    carry(sent, Wish::Finish { words }, errors).await
}

/// POST …/part
pub(in crate::desk) async fn await_part(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let words = demand(&sent.form, &mut errors, "part", "缺什么配件", PART_MAX);
    let day: Option<Day> = sent.form.text("expected_on").parse().ok();
    errors.expect(day.is_some(), "expected_on", "请选预计到货的日期");
    let expected_on = day.unwrap_or_else(|| sent.now().day());
    carry(sent, Wish::AwaitPart { words, expected_on }, errors).await
}

/// POST …/squad
pub(in crate::desk) async fn call_squad(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let squad = SquadId(sent.form.text("squad"));
    errors.expect(!squad.as_str().is_empty(), "squad", "请选服务队");
    sent.form.expect_at_most(&mut errors, "squad_words", "要交代的", WORDS_MAX);
    let words = sent.form.words("squad_words");
    carry(sent, Wish::CallSquad { squad, words }, errors).await
}

/// POST …/squad-release
pub(in crate::desk) async fn release_squad(sent: FromDesk) -> Result<Response, Error> {
    let errors = sent.form.errors();
    carry(sent, Wish::ReleaseSquad, errors).await
}

fn demand(
    form: &Form,
    errors: &mut FieldErrors,
    name: &'static str,
    label: &str,
    chars_max: usize,
) -> String {
    let words = form.words(name);
    errors.expect(!words.is_empty(), name, format!("请写{label}"));
    form.expect_at_most(errors, name, label, chars_max);
    words
}

/// A form on its way.
struct Errand {
    app: App,
    seat: Seat,
    no: CaseNo,
    page: Page,
    form: Form,
    wish: Wish,
    sent: SentForm,
    files: Vec<Ticket>,
}

async fn carry(sent: FromDesk, wish: Wish, mut errors: FieldErrors) -> Result<Response, Error> {
    let (app, seat, no) = (sent.app(), sent.seat()?, sent.no());
    let FromDesk { mut form, page, .. } = sent;
    let once = SentForm::of(&app.keys, &no, &format!("{} field {}", seat.unit, wish.noun()), &form);
    if let Some(sentence) = form.token().sentence() {
        let (known, earlier) = (once.clone(), app.clone());
        let is_done = earlier.db.read(move |tx| known.is_done(tx)).await?;
        let errand = Errand { app, seat, no, page, form, wish, sent: once, files: Vec::new() };
        return match is_done {
            true => Ok(errand.way_on(errand.wish.noun())),
            false => errand.again(errors, (sentence.to_owned(), String::new()), 422).await,
        };
    }
    let files = match errors.is_empty() {
        true => {
            // The page shows pictures; a paper would be taken and seen by nobody.
            let pictures = FileLimits::pictures_only;
            attachments::keep(&app, &seat.person, &mut form, pictures, &mut errors).await?
        }
        false => Vec::new(),
    };
    let errand = Errand { app, seat, no, page, form, wish, sent: once, files };
    if !errors.is_empty() {
        return errand.again(errors, Default::default(), 422).await;
    }
    let outcome = match errand.carry_out().await {
        // The same form at the same moment: once more finds it done.
        Err(Error::Conflict { .. }) => errand.carry_out().await,
        outcome => outcome,
    };
    match outcome {
        Ok(noun) => Ok(errand.way_on(noun)),
        Err(Error::Refused { sentence, clause }) => {
            if sentence.ends_with(ANOTHER_DAY) {
                errors.add("expected_on", sentence.clone());
            }
            errand.again(errors, (sentence, clause), 409).await
        }
        Err(Error::Conflict { sentence }) => errand.again(errors, (sentence, String::new()), 409).await,
        Err(Error::Invalid(errors)) => errand.again(errors, Default::default(), 422).await,
        Err(other) => Err(other),
    }
}

impl Errand {
    /// Does it; gives back the word for what is said of it.
    async fn carry_out(&self) -> Result<&'static str, Error> {
        let (app, seat, no) = (self.app.clone(), self.seat.clone(), self.no.clone());
        let (wish, once, standing) = (self.wish.clone(), self.sent.clone(), Standing::of(&self.app));
        let seen_seq = marked(&app.keys, &no, &self.form.text("seen")).unwrap_or(u32::MAX);
        let files: Vec<FileId> = self.files.iter().map(|ticket| ticket.id.clone()).collect();
        let write = move |tx: &mut Tx| {
            let noun = wish.noun();
            if !once.is_first(tx, &no, standing.now.day())? {
                return Ok(noun);
            }
            let bench = standing.bench(&app.keys);
            let seen = seat.see(tx, &bench, &no)?;
            // What the requester added, or a colleague answered, is read before an answer goes out.
            if matches!(wish, Wish::Finish { .. })
                && let Some(first) = who_was_first(tx, seat.reader(), &no, seen_seq, standing.now)?
            {
                return Err(Error::conflict(format!("{first}您写的都在；看过新的情况，请再点一次。")));
            }
            let is_answer = matches!(wish, Wish::Finish { .. });
            let expected = wish.expected_on();
            let command = wish.command(files, is_looked_at(&seen, bench.policy));
            let case = carry_out(tx, &bench, &seat.actor(), Some(&seat.unit), &no, command)?;
            if is_answer {
                drafts::forget(tx, &no, &seat.person)?;
            }
            Ok(expected.map_or(noun, |day| of_part(&case, day, bench.policy)))
        };
        self.app.db.write(write).await
    }

    /// Whoever is done goes on to the next order.
    fn way_on(&self, noun: &str) -> Response {
        let list = format!("{}/field", self.seat.desk());
        Redirect::to(&match self.wish {
            Wish::Finish { .. } => format!("{list}?done={noun}"),
            _ => format!("{list}/{}?done={noun}", self.no),
        })
        .into_response()
    }

    /// The order again, with what was typed; photos that were kept come along.
    async fn again(
        self,
        errors: FieldErrors,
        notice: (String, String),
        status: u16,
    ) -> Result<Response, Error> {
        let filled = attachments::with_files(&self.form, &self.files, &self.app.keys, errors);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let open = self.wish.noun();
        let showing = Showing { open, form: Some(filled), notice, status, ..Showing::default() };
        show(&self.app, self.page, self.seat, self.no, showing).await
    }
}
