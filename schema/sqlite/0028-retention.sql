-- How much of a case was taken away because the time for keeping it was over.
alter table cases add column removed text;

create index cases_kept on cases (ended_at, case_no)
  where ended_at is not null and coalesce(removed, '') <> 'words';

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

-- owner: retention. One row a case on such a list, with the step that is due and what became of it.
create table retention_items (
  list_id  text not null,
  case_no  text not null,
  step     text not null,
  ended_at bigint not null,
  state    text not null,
  primary key (list_id, case_no)
) without rowid;
