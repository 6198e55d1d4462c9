-- The units kept away from a case, by their ids with a blank between: lists leave it out for whoever works there.
alter table cases add column recused text not null default '';
