-- A complaint about the handling that waits for its answer: until when, and whether it is about the coordinating office
-- itself, whose clerks do not see it on their list.
alter table cases add column complaint_due bigint;
alter table cases add column complaint_about_office smallint not null default 0;

create index cases_by_complaint on cases (complaint_due, case_no)
  where complaint_due is not null;

-- The few cases that are about a unit: whoever is near one of these units counts without them.
create index cases_recused on cases (recused)
  where recused <> '';
