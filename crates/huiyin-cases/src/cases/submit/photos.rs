//! Photos handed in with a step. They are kept at once, belonging to nobody; what the form carries on is a ticket: the
//! file's id signed by this school. A ticket shows the small picture and lets a case claim the file; a bare id does neither,
//! so nobody can look at, or take, what somebody else handed in. Unclaimed files are swept away within a day.

use super::answers::Answers;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use huiyin_domain::ids::FileId;
use huiyin_domain::policy::Attachments;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::{self, FileLimits, KeepTrouble, StoredFile, Variant};
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::SentFile;
use serde::{Deserialize, Serialize};

/// What a form holds of a file it has handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ticket {
    /// The file.
    pub id: FileId,
    /// Its ending: jpg, png or pdf.
    pub ending: String,
}

impl Ticket {
    /// The ticket of a kept file.
    pub fn of(file: &StoredFile) -> Ticket {
        Ticket { id: file.id.clone(), ending: file.ending().to_owned() }
    }

    /// Reads a ticket; nothing if it was not made here.
    pub fn read(keys: &Keys, text: &str) -> Option<Ticket> {
        let (named, signature) = text.rsplit_once('.')?;
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
        if !keys.hmac_fits(Label::FileTickets, named.as_bytes(), &signature) {
            return None;
        }
        let (id, ending) = named.split_once('.')?;
        Some(Ticket { id: FileId(id.to_owned()), ending: ending.to_owned() })
    }

    /// The ticket as text.
    pub fn text(&self, keys: &Keys) -> String {
        let named = format!("{}.{}", self.id, self.ending);
        let signature = keys.hmac_text(Label::FileTickets, named.as_bytes());
        format!("{named}.{signature}")
    }

    /// Whether it is a paper, which is downloaded and never shown.
    pub fn is_paper(&self) -> bool {
        self.ending == "pdf"
    }
}

/// A file as the form shows it.
pub(super) struct Preview {
    /// What the hidden field carries.
    pub ticket: String,
    /// Whether there is a small picture.
    pub is_picture: bool,
}

/// The files of a form as it shows them.
pub(super) fn previews(answers: &Answers, keys: &Keys) -> Vec<Preview> {
    let preview = |ticket: &Ticket| Preview { ticket: ticket.text(keys), is_picture: !ticket.is_paper() };
    answers.photos.iter().map(preview).collect()
}

/// Keeps what was sent; what cannot be taken is told and nothing else is lost.
pub(super) async fn keep(
    app: &App,
    who: Who<'_>,
    takes_papers: bool,
    sent: Vec<SentFile>,
    answers: &mut Answers,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    if sent.is_empty() {
        return Ok(());
    }
    let attachments = app.policy_in_force().policy.attachments.clone();
    let mut kept = Vec::new();
    for file in sent {
        let place = answers.photos.len() + kept.len() + 1;
        if let Err(sentence) = room_for(place, &attachments) {
            errors.add("photo", sentence);
            break;
        }
        if let Err(too_many) = app.limits.pass(LimitedAction::Upload, who, &app.keys, app.now()) {
            errors.add("photo", too_many.sentence());
            break;
        }
        let mut limits = FileLimits::from_policy(&attachments);
        if !takes_papers {
            limits = limits.pictures_only();
        }
        match app.files.keep(&app.keys, file.bytes.clone(), limits, app.now()).await {
            Ok(stored) => kept.push(stored),
            Err(KeepTrouble::Refused(refusal)) => errors.add("photo", refusal.sentence(place)),
            Err(trouble) => return Err(trouble.into()),
        }
    }
    answers.photos.extend(kept.iter().map(Ticket::of));
    app.db.write(move |tx| kept.iter().try_for_each(|file| files::remember(tx, file))).await?;
    Ok(())
}

fn room_for(place: usize, attachments: &Attachments) -> Result<(), String> {
    let count_max = usize::from(attachments.count_max);
    if place <= count_max {
        Ok(())
    } else {
        Err(format!("最多 {count_max} 张照片，多出来的没有收下"))
    }
}

/// `GET /say/photos/{ticket}`: the small picture, for whoever holds the ticket, until a case has claimed the file.
pub(super) async fn show(State(app): State<App>, Path(ticket): Path<String>) -> Result<Response, Error> {
    let ticket = Ticket::read(&app.keys, &ticket).ok_or(Error::Hidden)?;
    let file = app.db.read(move |tx| files::stored(tx, &ticket.id)).await?;
    let file = file.filter(|file| file.case_no.is_none()).ok_or(Error::Hidden)?;
    Ok(app.files.serve(&file, Variant::Thumbnail).await?.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_ticket_made_here_is_read() {
        let keys = Keys::for_tests();
        let ticket = Ticket { id: FileId("0011".into()), ending: "jpg".into() };
        let text = ticket.text(&keys);
        assert_eq!(Ticket::read(&keys, &text), Some(ticket));
        for wrong in
            ["", "0011", "0011.jpg", "0011.jpg.", &text.replace("0011", "0012"), &text.replace("jpg", "pdf")]
        {
            assert_eq!(Ticket::read(&keys, wrong), None, "{wrong}");
        }
    }
}
