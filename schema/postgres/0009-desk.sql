-- The index of a desk: whatever its queue counts stands in the entry itself, so that counting never opens a case.
drop index cases_by_unit_due;
create index cases_by_unit_due on cases (
  unit, next_due, case_no, stage, signed_at, round, next_clock, first_replied_at, first_reply_due)
  where next_due is not null;
-- The few cases that units assist: their ids stand in one text, which no index can be asked for, so the list of them is kept short.
create index cases_assisted_due on cases (next_due, case_no, stage, assisting)
  where assisting <> '' and next_due is not null;
