-- owner: insight. One row a topic of a month: who leads, what is planned, and what of it everybody may read.
create table insight_monthly (
  id           text primary key,
  month        text not null,
  topic        text not null,
  category     text not null,
  place        text not null,
  title        text not null,
  unit         text not null,
  plan         text not null,
  opened_ms    bigint not null,
  opened_by    text not null,
  closed_ms    bigint,
  public_ms    bigint,
  public_words text not null
) without rowid;

create index insight_monthly_by_month on insight_monthly (month);
