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
