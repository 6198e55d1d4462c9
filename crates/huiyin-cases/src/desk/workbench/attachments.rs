//! Pictures and papers that come with a reply: kept before the act, so that a form shown again still has them.

use crate::cases::submit::Ticket;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::FileRefusal;
use huiyin_foundation::files::{self, FileLimits, KeepTrouble};
use huiyin_foundation::keys::Keys;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form};

/// Keeps what came with the form. Gives all files of the act: those kept earlier, by the
/// tickets that the form brought back, then the new ones. `takes` narrows what is taken.
pub(crate) async fn keep(
    app: &App,
    person: &PersonId,
    form: &mut Form,
    takes: fn(FileLimits) -> FileLimits,
    errors: &mut FieldErrors,
) -> Result<Vec<Ticket>, Error> {
    let attachments = app.policy_in_force().policy.attachments.clone();
    let limits = takes(FileLimits::from_policy(&attachments));
    let mut all: Vec<Ticket> =
        form.all("file").iter().filter_map(|text| Ticket::read(&app.keys, text)).collect();
    let sent = form.take_files("files");
    if all.len() + sent.len() > usize::from(attachments.count_max) {
        errors.add("files", format!("最多 {} 个附件，请少选几个", attachments.count_max));
        return Ok(all);
    }
    for (place, file) in (1..).zip(sent) {
        app.limits.pass(LimitedAction::Upload, Who::Person(person), &app.keys, app.now())?;
        match app.files.keep(&app.keys, file.bytes, limits, app.now()).await {
            Ok(kept) => {
                all.push(Ticket::of(&kept));
                app.db.write(move |tx| files::remember(tx, &kept).map_err(Error::from)).await?;
            }
            Err(KeepTrouble::Refused(FileRefusal::PdfNotTaken)) => {
                errors.add("files", format!("第 {place} 个是 PDF，这里只收照片，请拍照或截图后再传"));
            }
            Err(KeepTrouble::Refused(refusal)) => errors.add("files", refusal.sentence(place)),
            Err(trouble) => return Err(trouble.into()),
        }
    }
    Ok(all)
}

/// The form as it was typed, bringing back every file that was kept, so that nothing is chosen twice.
pub(crate) fn with_files(form: &Form, files: &[Ticket], keys: &Keys, errors: FieldErrors) -> Filled {
    let earlier = form.all("file");
    let new = files.iter().map(|ticket| ticket.text(keys)).filter(|ticket| !earlier.contains(ticket));
    new.fold(form.filled(errors), |filled, ticket| filled.with("file", ticket))
}
