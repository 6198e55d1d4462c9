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
