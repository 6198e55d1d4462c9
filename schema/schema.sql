-- The sum of the numbered book beside this file, made by the test `schema`: read it, do not edit it.

-- owner: identity. What an administrator changed about somebody's duties or account: as it was and as it is.
create table account_changes (
  id        text primary key,
  person_id text not null,
  by_person text not null,
  at_ms     bigint not null,
  what      text not null,
  before    text not null,
  after     text not null
) without rowid;
create index account_changes_by_person on account_changes (person_id, at_ms);

-- owner: desk. An answer that somebody has begun: what stands in the form, of one officer at one case; gone when it is sent.
create table answer_drafts (
  case_no   text not null,
  person_id text not null,
  unit      text not null,
  body      text not null,
  saved_ms  bigint not null,
  primary key (case_no, person_id)
) without rowid;
create index answer_drafts_by_person on answer_drafts (person_id, unit, saved_ms);
create index answer_drafts_by_time on answer_drafts (saved_ms);

-- owner: cases. Who was asked to co-sign a proposal, as a keyed reference; the record knows them by their place alone.
create table case_cosigners (
  case_no text not null,
  place   bigint not null,
  person  text not null,
  primary key (case_no, place)
) without rowid;
create unique index case_cosigners_by_person on case_cosigners (person, case_no);

-- owner: cases. Counts by day, unit, kind and category, kept as events are written.
create table case_counts (
  day      text not null,
  unit     text not null,
  kind     text not null,
  category text not null,
  measure  text not null,
  n        bigint not null,
  primary key (day, unit, kind, category, measure)
) without rowid;

-- owner: cases. People who met the same matter (我也遇到); the person only as a keyed hash.
create table case_echoes (
  case_no text not null,
  person  text not null,
  at_ms   bigint not null,
  primary key (case_no, person)
) without rowid;

-- owner: cases. The record: what happened, chained by hash. Holds no free text and no requester.
create table case_events (
  case_no text not null,
  seq     bigint not null,
  at_ms   bigint not null,
  name    text not null,
  body    text not null,
  prev    bytea not null,
  hash    bytea not null,
  primary key (case_no, seq)
) without rowid;

-- owner: cases. Which way of folding made the rows and the counts; an older one is folded anew when the school is opened.
create table case_folding (
  version bigint not null
);

-- owner: cases. Forms already sent: the same form twice makes one case.
create table case_forms (
  form    text primary key,
  case_no text not null,
  day     text not null
) without rowid;

-- owner: cases. What is wanted of a unit that assists: its opinion, until when; a far moment once it is given. Folded from the
-- record like the row of the case.
create table case_opinions (
  case_no   text not null,
  unit      text not null,
  wanted_by bigint not null,
  primary key (case_no, unit)
) without rowid;
create index case_opinions_by_time on case_opinions (unit, wanted_by, case_no);

-- owner: cases. Who has a case open at a desk just now; a row says nothing any more after some minutes, and is swept.
create table case_presence (
  case_no   text not null,
  person_id text not null,
  seen_ms   bigint not null,
  primary key (case_no, person_id)
) without rowid;
create index case_presence_by_time on case_presence (seen_ms);

-- owner: cases. Who opened a protected or sealed case at a desk, where and when; of one person once in ten minutes.
create table case_reads (
  case_no   text not null,
  person_id text not null,
  at_ms     bigint not null,
  place     text not null,
  primary key (case_no, person_id, at_ms)
) without rowid;

-- owner: cases. Which letters an auditor looked for among all cases, and when.
create table case_searches (
  id        text primary key,
  person_id text not null,
  at_ms     bigint not null,
  letters   text not null
) without rowid;

-- owner: cases. How many cases a day has numbered.
create table case_serials (
  day  text primary key,
  last bigint not null
) without rowid;

-- owner: cases. Texts beside the record; the record holds a salted commitment to each, so that erasing one breaks nothing.
create table case_texts (
  case_no text not null,
  seq     bigint not null,
  kind    text not null,
  salt    bytea not null,
  words   text not null,
  sealed  smallint not null,
  primary key (case_no, seq, kind)
) without rowid;

-- owner: cases. One row a case, folded from its record; a cache that `verify` can refold.
create table cases (
  case_no            text primary key,
  kind               text not null,
  category           text,
  place              text,
  room               text not null default '',
  title              text not null,
  public_title       text,
  public_body        text,
  identity           text not null,
  channel            text not null,
  urgency            text not null,
  restricted         smallint not null,
  may_publish        smallint not null,
  stage              text not null,
  route              text,
  unit               text,
  assisting          text not null default '',
  leader             text,
  awaits_instruction smallint not null,
  is_key             smallint not null,
  officer            text,
  requester_id       text,
  requester_key      text,
  receipt_hash       text unique,
  submitted_at       bigint not null,
  accepted_at        bigint,
  assigned_at        bigint,
  signed_at          bigint,
  first_replied_at   bigint,
  replied_at         bigint,
  outcome            text,
  visibility         text,
  rated_at           bigint,
  solved             text,
  satisfaction       text,
  round              bigint not null,
  first_reply_due    bigint,
  result_due         bigint,
  next_clock         text,
  next_due           bigint,
  next_check         bigint,
  is_provisional     smallint not null,
  missed             bigint not null,
  supervised         text,
  send_backs         bigint not null,
  urges              bigint not null,
  is_published       smallint not null,
  published_at       bigint,
  files              bigint not null,
  ended_at           bigint,
  last_seq           bigint not null,
  last_at            bigint not null,
  last_hash          bytea not null
, next_calendar text, asked_at bigint, extension_asked text, awaits_second_look smallint not null default 0, shelved_at bigint, review_on text, unsolved_since bigint, recused text not null default '', leak_cause text, earlier_no text, arrived_at bigint, part_on text, removed text, squad text, complaint_due bigint, complaint_about_office smallint not null default 0, is_instructed smallint not null default 0, result_extended smallint not null default 0, calls smallint not null default 0, called_at bigint, is_on_statute smallint not null default 0) without rowid;
create index cases_before_a_unit on cases (stage, submitted_at) where stage in ('submitted', 'accepted');
create index cases_by_channel on cases (channel, submitted_at, case_no);
create index cases_by_check on cases (next_check) where next_check is not null;
create index cases_by_complaint on cases (complaint_due, case_no)
  where complaint_due is not null;
create index cases_by_due on cases (next_due, case_no) where next_due is not null;
create index cases_by_leader on cases (leader, awaits_instruction, submitted_at) where leader is not null;
create index cases_by_place on cases (place, submitted_at) where place is not null;
create index cases_by_requester on cases (requester_key, submitted_at) where requester_key is not null;
create index cases_by_squad on cases (squad, next_due, case_no) where squad is not null;
create index cases_by_time on cases (submitted_at, case_no);
create index cases_by_unit_due on cases (
  unit, next_due, case_no, stage, signed_at, round, next_clock, first_replied_at, first_reply_due)
  where next_due is not null;
create index cases_by_unit_reply on cases (unit, replied_at) where replied_at is not null;
create index cases_by_unit_time on cases (unit, submitted_at);
create index cases_extension on cases (extension_asked, case_no) where extension_asked is not null;
create index cases_in_hand on cases (unit, officer) where stage = 'assigned';
create index cases_in_order on cases (submitted_at, case_no);
create index cases_kept on cases (ended_at, case_no)
  where ended_at is not null and coalesce(removed, '') <> 'words';
create index cases_open on cases (coalesce(next_due, result_due, submitted_at), case_no)
  where stage in ('submitted', 'accepted', 'assigned');
create index cases_published on cases (published_at) where is_published = 1;
create index cases_recused on cases (recused)
  where recused <> '';
create index cases_second_look on cases (unit, next_due, case_no) where awaits_second_look = 1;
create index cases_shelved on cases (review_on, case_no, unit) where review_on is not null;
create index cases_to_call on cases (replied_at, case_no)
  where stage = 'replied' and identity = 'open' and restricted = 0;
create index cases_unsolved on cases (unsolved_since, case_no, round) where unsolved_since is not null;
create index cases_waiting on cases (unit, asked_at, case_no) where asked_at is not null;

-- owner: notices. Whom to write to about a case that came as a letter: the address sealed, the name of the exchange keyed.
-- About a protected case nothing leaves but that the letter was taken.
create table correspondents (
  case_no  text primary key,
  exchange text not null,
  address  text not null,
  letter   text not null,
  code     text not null
) without rowid;
create unique index correspondents_by_exchange on correspondents (exchange);

-- owner: cases. How often something was written about the cases at a unit's desk: what was counted there under another
-- number is old.
create table desk_versions (
  unit    text primary key,
  version bigint not null
) without rowid;

-- owner: identity. What a person is there for. Empty text where a role needs no unit or no post.
create table duties (
  person_id text not null,
  role      text not null,
  unit_id   text not null,
  post      text not null,
  primary key (person_id, role, unit_id, post)
) without rowid;
create index duties_by_role on duties (role, unit_id, post);

-- owner: files. One row a handed-in file; its bytes lie under DATA/files at a name made from the hash of its id.
-- Until it is claimed by a case it has an hour, by which abandoned ones are swept; afterwards no time at all.
create table files (
  id            text primary key,
  stored_as     text not null unique,
  sha256        text not null,
  mime          text not null,
  size_bytes    bigint not null,
  width         bigint not null,
  height        bigint not null,
  has_thumbnail smallint not null,
  case_no       text,
  seq           bigint,
  ordinal       bigint not null,
  kept_hour     bigint
) without rowid;
create index files_by_case on files (case_no, ordinal) where case_no is not null;
create index files_unclaimed on files (kept_hour) where case_no is null;

-- owner: insight. What the office decided about topics, append only: applied again when topics are built anew.
create table insight_decisions (
  seq     bigint primary key,
  at_ms   bigint not null,
  made_by text not null,
  topic   text not null,
  verb    text not null,
  object  text not null,
  reason  text not null
) without rowid;

-- owner: insight. One row a case that was looked at, with the topic it belongs to; empty where it must not enter one.
create table insight_members (
  case_no text primary key,
  topic   text not null,
  at_ms   bigint not null
) without rowid;
create index insight_members_by_time on insight_members (at_ms, case_no);
create index insight_members_by_topic on insight_members (topic, at_ms) where topic <> '';

-- owner: insight. One row a topic of a month: who leads, what is planned, and what of it everybody may read.
create table insight_monthly (
  id           text primary key,
  month        text not null,
  topic        text not null,
  category     text not null,
  place        text not null,
  title        text not null,
  unit         text not null,
  plan         text not null,
  opened_ms    bigint not null,
  opened_by    text not null,
  closed_ms    bigint,
  public_ms    bigint,
  public_words text not null
) without rowid;
create index insight_monthly_by_month on insight_monthly (month);

-- owner: insight. How far the follower has come, by name; derived, like the two tables below.
create table insight_state (
  name  text primary key,
  value bigint not null,
  words text not null
) without rowid;

-- owner: insight. What was done on a task or a monthly topic, append only: who, when, what and in which words.
create table insight_steps (
  subject text not null,
  seq     bigint not null,
  at_ms   bigint not null,
  made_by text not null,
  step    text not null,
  words   text not null,
  primary key (subject, seq)
) without rowid;

-- owner: insight. One row a task that a unit was given before more complain: what, by when, and how far it has come.
create table insight_tasks (
  id          text primary key,
  topic       text not null,
  category    text not null,
  place       text not null,
  monthly     text not null,
  unit        text not null,
  lead        text not null,
  what        text not null,
  plan        text not null,
  due_ms      bigint not null,
  state       text not null,
  opened_ms   bigint not null,
  opened_by   text not null,
  done_ms     bigint,
  ended_ms    bigint
) without rowid;
create index insight_tasks_by_time on insight_tasks (opened_ms);
create index insight_tasks_by_unit on insight_tasks (unit, state);

-- owner: insight. One row a topic: what the office called it, and since when it takes nothing in.
create table insight_topics (
  topic     text primary key,
  began_ms  bigint not null,
  name      text not null,
  closed_ms bigint
) without rowid;

-- owner: insight. What was warned of, with its numbers, once each; `subject` is a topic, or a category and a place.
create table insight_warnings (
  id          text primary key,
  kind        text not null,
  subject     text not null,
  category    text not null,
  place       text not null,
  at_ms       bigint not null,
  day         text not null,
  window_days bigint not null,
  observed    bigint not null,
  people      bigint not null,
  expected    double precision not null,
  chance      double precision not null,
  told        smallint not null
) without rowid;
create index insight_warnings_by_time on insight_warnings (at_ms);
create unique index insight_warnings_once on insight_warnings (kind, subject, day);

-- owner: mailbox. A letter of the mailbox that was looked at, known again by a keyed hash; what became of it, not to which
-- case. The sender stands as a keyed hash for one day, so that floods can be counted.
create table mailbox_letters (
  letter   text primary key,
  sender   text not null,
  fate     text not null,
  tries    bigint not null,
  taken_ms bigint not null
) without rowid;
create index mailbox_letters_by_sender on mailbox_letters (sender, taken_ms) where sender <> '';
create index mailbox_letters_by_time on mailbox_letters (taken_ms);

-- owner: mailbox. How the mailbox stood when it was last looked into; one row.
create table mailbox_state (
  id          bigint primary key,
  looked_ms   bigint not null,
  opened_ms   bigint,
  trouble     text not null,
  laid_aside  bigint not null,
  wants_again smallint not null
) without rowid;

-- owner: notices. Messages in a person's list; the person only as a keyed reference.
create table messages (
  id         text primary key,
  person_key text not null,
  at_ms      bigint not null,
  kind       text not null,
  case_no    text not null,
  words      text not null,
  read_ms    bigint
) without rowid;
create index messages_by_person on messages (person_key, at_ms);
create index messages_unread on messages (person_key) where read_ms is null;

-- owner: db. One row a file of this book that has been applied, with the fingerprint of what it said then.
create table migrations (
  number     smallint primary key,
  name       text not null,
  checksum   text not null,
  applied_at bigint not null
);

-- owner: learning. A model that was learned from what people confirmed, and what it was judged by; one of them proposes.
create table models (
  version    bigint primary key,
  trained_at bigint not null,
  state      text not null,
  checksum   text not null,
  told       text not null,
  body       bytea not null
);

-- owner: notices. How a person wants to be told; whoever never said so is told as the program suggests.
create table notice_settings (
  person_id   text primary key,
  choices     text not null,
  quiet_from  text not null,
  quiet_until text not null,
  digest_at   text not null
) without rowid;

-- owner: outbox. One row a message that leaves the house by one channel; the person only as a keyed reference.
create table outbox (
  id          text primary key,
  channel     text not null,
  recipient   text not null,
  kind        text not null,
  topic       text not null,
  case_no     text not null,
  words       text not null,
  urgent      smallint not null,
  created_ms  bigint not null,
  state       text not null,
  batch       text not null,
  tries       bigint not null,
  next_try_ms bigint not null,
  last_reason text not null,
  done_on     text
) without rowid;
create index outbox_by_age on outbox (created_ms);
create index outbox_by_channel on outbox (channel, state);
create index outbox_by_recipient on outbox (channel, recipient) where state = 'waiting';
create index outbox_unsorted on outbox (created_ms) where state = 'unsorted';
create index outbox_waiting on outbox (next_try_ms) where state = 'waiting';

-- owner: cases. Answers of a form parked while its author signs in: sealed, under the keyed hash of a key that only the way back holds.
create table parked_answers (
  name        text primary key,
  sealed      text not null,
  parked_hour bigint not null
) without rowid;
create index parked_answers_by_hour on parked_answers (parked_hour);

-- owner: identity. One row a person with an account: students by their number, staff by theirs.
create table people (
  id            text primary key,
  number        text not null unique,
  name          text not null,
  kind          text not null,
  department    text not null,
  email         text not null,
  phone         text not null,
  password_hash text,
  theme         text not null,
  text_size     text not null,
  created_ms    bigint not null,
  disabled      smallint not null
) without rowid;

-- owner: learning. What was proposed for a case by which model (0: the words of the catalogue alone), and what was chosen.
create table proposals (
  case_no  text primary key,
  at_ms    bigint not null,
  model    bigint not null,
  proposed text not null,
  category text,
  unit     text not null,
  outcome  text not null
) without rowid;
create index proposals_by_time on proposals (at_ms, outcome);

-- owner: index. The pieces of the entries of the public shelf, by the id of the entry; the words themselves are not kept.
create virtual table public_words using fts5 (
  title, body, sounds, initials, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- owner: desk. A beginning for an answer that a unit, or the school for all units (empty unit), has written for itself.
-- Empty category or outcome: for any.
create table reply_templates (
  id         text primary key,
  unit       text not null,
  act        text not null,
  name       text not null,
  category   text not null,
  outcome    text not null,
  words      text not null,
  changed_ms bigint not null,
  changed_by text not null
) without rowid;
create index reply_templates_by_unit on reply_templates (unit, name);

-- owner: retention. One row a case on such a list, with the step that is due and what became of it.
create table retention_items (
  list_id  text not null,
  case_no  text not null,
  step     text not null,
  ended_at bigint not null,
  state    text not null, left_out_by text, left_out_reason text not null default '',
  primary key (list_id, case_no)
) without rowid;

-- owner: retention. A list of what need not be kept any longer: made, confirmed by somebody else, announced, carried out.
create table retention_lists (
  id           text primary key,
  state        text not null,
  made_ms      bigint not null,
  made_by      text not null,
  confirmed_ms bigint,
  confirmed_by text,
  from_day     text,
  ended_ms     bigint,
  ended_by     text
) without rowid;
create unique index retention_one_open on retention_lists ((state in ('listed', 'confirmed')))
  where state in ('listed', 'confirmed');

-- owner: screening. A case that was given to a unit to check and to put right, and how far that has come: folded from its steps.
create table screening_findings (
  id          text primary key,
  case_no     text not null,
  unit        text not null,
  source      text not null,
  state       text not null,
  due_on      text not null,
  responsible text,
  asked_by    text not null,
  opened_ms   bigint not null,
  last_ms     bigint not null
) without rowid;
create index screening_findings_by_case on screening_findings (case_no, opened_ms);
create index screening_findings_by_state on screening_findings (state, due_on, case_no);
create index screening_findings_by_unit on screening_findings (unit, state, due_on, case_no);
create unique index screening_findings_open on screening_findings (case_no) where state <> 'closed';

-- owner: screening. A case that answered to a list, since when and until when; no end while it still does. The topic names what
-- it has in common with others on the list.
create table screening_hits (
  list_id  text not null,
  case_no  text not null,
  since_ms bigint not null,
  until_ms bigint,
  topic    text not null,
  primary key (list_id, case_no, since_ms)
) without rowid;
create unique index screening_hits_now on screening_hits (list_id, topic, case_no) where until_ms is null;
create index screening_hits_over on screening_hits (list_id, until_ms, since_ms) where until_ms is not null;

-- owner: screening. One version of a question that is kept, with its owner; the highest of an id is in force, none is ever changed.
create table screening_lists (
  id           text not null,
  version      bigint not null,
  kind         text not null,
  name         text not null,
  question     text not null,
  owner        text,
  is_set_aside smallint not null,
  made_ms      bigint not null,
  made_by      text not null,
  primary key (id, version)
) without rowid;

-- owner: screening. An answer that was looked at: of so many each check was asked.
create table screening_looked (
  case_no    text not null,
  seq        bigint not null,
  unit       text not null,
  replied_ms bigint not null,
  primary key (case_no, seq)
) without rowid;
create index screening_looked_by_time on screening_looked (replied_ms);

-- owner: screening. How far the answers of a unit were looked at.
create table screening_looks (
  unit     text primary key,
  until_ms bigint not null
) without rowid;

-- owner: screening. What a check found in an answer, and what a person said of it: open, asked to be mended, or fine with a reason.
create table screening_marks (
  case_no    text not null,
  seq        bigint not null,
  quality    text not null,
  unit       text not null,
  replied_ms bigint not null,
  other_no   text,
  state      text not null,
  by_person  text,
  at_ms      bigint,
  reason     text not null,
  primary key (case_no, seq, quality)
) without rowid;
create index screening_marks_by_quality on screening_marks (quality, replied_ms);
create index screening_marks_by_time on screening_marks (replied_ms, quality, state);

-- owner: screening. When a list was first and last run through, and under which version of its question.
create table screening_runs (
  list_id  text primary key,
  version  bigint not null,
  first_ms bigint not null,
  last_ms  bigint not null
) without rowid;

-- owner: screening. A case that was drawn, with the unit that had it, and what the reviewer said; nothing where it cannot be said.
create table screening_sampled (
  sample_id   text not null,
  case_no     text not null,
  unit        text not null,
  answered    smallint,
  polite      smallint,
  truthful    smallint,
  in_time     smallint,
  words       text not null,
  reviewed_ms bigint,
  reviewed_by text,
  primary key (sample_id, case_no)
) without rowid;

-- owner: screening. A draw of cases by chance: from what, by whom, and the seed that draws the same again.
create table screening_samples (
  id            text primary key,
  drawn_ms      bigint not null,
  drawn_by      text not null,
  from_day      text not null,
  until_day     text not null,
  unit          text,
  is_stratified smallint not null,
  wanted        bigint not null,
  pool          bigint not null,
  seed          text not null
) without rowid;
create index screening_samples_by_time on screening_samples (drawn_ms, id);

-- owner: screening. One step on the way of a finding: who did what and when, with which words; none is ever changed, but for words
-- about a case whose own words were removed.
create table screening_steps (
  finding_id  text not null,
  seq         bigint not null,
  case_no     text not null,
  step        text not null,
  at_ms       bigint not null,
  by_person   text not null,
  words       text not null,
  due_on      text,
  responsible text,
  primary key (finding_id, seq)
) without rowid;
create index screening_steps_by_case on screening_steps (case_no);

-- owner: identity. One row a signed-in browser, found by the keyed hash of its cookie.
create table sessions (
  token_hash text primary key,
  person_id  text not null,
  created_ms bigint not null,
  seen_ms    bigint not null,
  expires_ms bigint not null
) without rowid;
create index sessions_by_end on sessions (expires_ms);
create index sessions_by_person on sessions (person_id);

-- owner: settings. One row a version of the school's policy, whole, as TOML; the highest is in force, none is ever changed.
create table settings_versions (
  version bigint primary key,
  policy  text not null,
  made_at bigint not null,
  made_by text,
  note    text not null default ''
);

-- owner: identity. One-time links that set a password, found by the keyed hash of what stands in the link.
create table setup_links (
  token_hash text primary key,
  person_id  text not null unique,
  expires_ms bigint not null
) without rowid;

-- owner: index. One row an entry that can be found: on the public shelf for everybody, on the store shelf for those who may read
-- the case. `print` is the fingerprint of what was put there, so that nothing is written twice.
create table shelf_entries (
  id    integer primary key,
  shelf text not null,
  room  text not null,
  key   text not null,
  title text not null,
  at_ms bigint not null,
  print bigint not null,
  unique (shelf, room, key)
);

-- owner: index. How each shelf stands: by which version it is made, whether it is whole, being rebuilt or torn, and whether words
-- were erased whose pieces are still to be merged away.
create table shelf_states (
  shelf   text primary key,
  version bigint not null,
  state   text not null,
  cursor  text not null,
  done    bigint not null,
  total   bigint not null,
  wiped   smallint not null
) without rowid;

-- owner: index. Entries that are put on the store shelf when their hour is over, all of an hour together: the shelf numbers what it
-- gets, and the number would tell when in the hour an anonymous case came.
create table shelf_waiting (
  room  text not null,
  key   text not null,
  at_ms bigint not null,
  primary key (room, key)
) without rowid;

-- owner: index. The same of the store shelf.
create virtual table store_words using fts5 (
  title, body, sounds, initials, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
