-- owner: cases. Who was asked to co-sign a proposal, as a keyed reference; the record knows them by their place alone.
create table case_cosigners (
  case_no text not null,
  place   bigint not null,
  person  text not null,
  primary key (case_no, place)
);

create unique index case_cosigners_by_person on case_cosigners (person, case_no);

-- The volunteer squad that has the work at the place.
alter table cases add column squad text;

create index cases_by_squad on cases (squad, next_due, case_no) where squad is not null;
