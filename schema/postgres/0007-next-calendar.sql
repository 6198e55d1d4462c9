-- On which days the promise that runs out next is counted; filled when the rows are folded anew.
alter table cases add column next_calendar text;

-- owner: cases. Which way of folding made the rows and the counts; an older one is folded anew when the school is opened.
create table case_folding (
  version bigint not null
);

insert into case_folding (version) values (0);
