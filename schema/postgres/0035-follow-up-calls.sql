-- Calls in the present round that reached nobody, and the list of those who may still be asked by phone.
alter table cases add column calls smallint not null default 0;
alter table cases add column called_at bigint;

create index cases_to_call on cases (replied_at, case_no)
  where stage = 'replied' and identity = 'open' and restricted = 0;
