-- owner: outbox. One row a message that leaves the house by one channel; the person only as a keyed reference.
create table outbox (
  id          text primary key,
  channel     text not null,
  recipient   text not null,
  kind        text not null,
  topic       text not null,
  case_no     text not null,
  words       text not null,
  urgent      smallint not null,
  created_ms  bigint not null,
  state       text not null,
  batch       text not null,
  tries       bigint not null,
  next_try_ms bigint not null,
  last_reason text not null,
  done_on     text
) without rowid;

create index outbox_unsorted on outbox (created_ms) where state = 'unsorted';
create index outbox_waiting on outbox (next_try_ms) where state = 'waiting';
create index outbox_by_recipient on outbox (channel, recipient) where state = 'waiting';
create index outbox_by_channel on outbox (channel, state);
create index outbox_by_age on outbox (created_ms);

-- owner: notices. How a person wants to be told; whoever never said so is told as the program suggests.
create table notice_settings (
  person_id   text primary key,
  choices     text not null,
  quiet_from  text not null,
  quiet_until text not null,
  digest_at   text not null
) without rowid;
