-- What came back from outside the school: why it went there, and the earlier case inside; empty until somebody has looked.
alter table cases add column leak_cause text;
alter table cases add column earlier_no text;

create index cases_by_channel on cases (channel, submitted_at, case_no);
