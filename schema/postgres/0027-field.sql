-- What happens at the place: when somebody came there last, and the day on which a missing part is expected.
alter table cases add column arrived_at bigint;
alter table cases add column part_on text;
