-- Why somebody wanted a case kept.
alter table retention_items add column left_out_reason text not null default '';
