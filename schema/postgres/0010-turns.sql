-- The turns of a case that lists ask for; filled when the rows are folded anew.
-- Since when the requester is asked for more.
alter table cases add column asked_at bigint;
-- The day until which the unit asks for more time, not yet decided.
alter table cases add column extension_asked text;
-- An answer lies before the head of the unit.
alter table cases add column awaits_second_look smallint not null default 0;
-- On the list of what cannot be done yet: since when, and the day by which it is looked at again.
alter table cases add column shelved_at bigint;
alter table cases add column review_on text;
-- Since when the requester calls it unsolved, while nobody has let go of it.
alter table cases add column unsolved_since bigint;

create index cases_waiting on cases (unit, asked_at, case_no) where asked_at is not null;
create index cases_extension on cases (extension_asked, case_no) where extension_asked is not null;
create index cases_second_look on cases (unit, next_due, case_no) where awaits_second_look = 1;
create index cases_shelved on cases (review_on, case_no, unit) where review_on is not null;
create index cases_unsolved on cases (unsolved_since, case_no, round) where unsolved_since is not null;
