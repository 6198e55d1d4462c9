-- The result is promised by a law, whatever procedure its category is put under later.
alter table cases add column is_on_statute smallint not null default 0;
