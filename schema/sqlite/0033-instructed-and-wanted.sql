-- Whether the leader named on a case has instructed, or it only lay there; whether more time was given for its result.
alter table cases add column is_instructed smallint not null default 0;
alter table cases add column result_extended smallint not null default 0;

-- owner: cases. What is wanted of a unit that assists: its opinion, until when; a far moment once it is given. Folded from the
-- record like the row of the case.
create table case_opinions (
  case_no   text not null,
  unit      text not null,
  wanted_by bigint not null,
  primary key (case_no, unit)
) without rowid;

create index case_opinions_by_time on case_opinions (unit, wanted_by, case_no);

drop index cases_assisted_due;
