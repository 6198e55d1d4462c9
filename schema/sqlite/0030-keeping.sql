-- Who wanted a case kept.
alter table retention_items add column left_out_by text;

-- There is one list at a time.
create unique index retention_one_open on retention_lists ((state in ('listed', 'confirmed')))
  where state in ('listed', 'confirmed');

-- The orders that somebody has in hand.
create index cases_in_hand on cases (unit, officer) where stage = 'assigned';
