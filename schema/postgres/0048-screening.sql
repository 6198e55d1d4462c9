-- Problem lists (7.3): questions that are kept, which cases answer to them, and what became of those that were given to a unit to check.
-- What came in lately is asked for by time alone.
create index cases_by_time on cases (submitted_at, case_no);

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
);

-- owner: screening. When a list was first and last run through, and under which version of its question.
create table screening_runs (
  list_id  text primary key,
  version  bigint not null,
  first_ms bigint not null,
  last_ms  bigint not null
);

-- owner: screening. A case that answered to a list, since when and until when; no end while it still does. The topic names what
-- it has in common with others on the list.
create table screening_hits (
  list_id  text not null,
  case_no  text not null,
  since_ms bigint not null,
  until_ms bigint,
  topic    text not null,
  primary key (list_id, case_no, since_ms)
);

create unique index screening_hits_now on screening_hits (list_id, topic, case_no) where until_ms is null;
create index screening_hits_over on screening_hits (list_id, until_ms, since_ms) where until_ms is not null;

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
);

create unique index screening_findings_open on screening_findings (case_no) where state <> 'closed';
create index screening_findings_by_case on screening_findings (case_no, opened_ms);
create index screening_findings_by_unit on screening_findings (unit, state, due_on, case_no);
create index screening_findings_by_state on screening_findings (state, due_on, case_no);

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
);

create index screening_steps_by_case on screening_steps (case_no);
