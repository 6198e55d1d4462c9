-- The index of a desk: whatever its queue counts stands in the entry itself, so that counting never opens a case.
drop index cases_by_unit_due;
create index cases_by_unit_due on cases (
  unit, next_due, case_no, stage, signed_at, round, next_clock, first_replied_at, first_reply_due)
  where next_due is not null;
