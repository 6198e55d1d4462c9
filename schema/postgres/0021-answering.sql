-- owner: desk. An answer that somebody has begun: what stands in the form, of one officer at one case; gone when it is sent.
create table answer_drafts (
  case_no   text not null,
  person_id text not null,
  unit      text not null,
  body      text not null,
  saved_ms  bigint not null,
  primary key (case_no, person_id)
);

create index answer_drafts_by_person on answer_drafts (person_id, unit, saved_ms);
create index answer_drafts_by_time on answer_drafts (saved_ms);

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
);

create index reply_templates_by_unit on reply_templates (unit, name);

-- owner: cases. Who has a case open at a desk just now; a row says nothing any more after some minutes, and is swept.
create table case_presence (
  case_no   text not null,
  person_id text not null,
  seen_ms   bigint not null,
  primary key (case_no, person_id)
);

create index case_presence_by_time on case_presence (seen_ms);
