-- owner: notices. Whom to write to about a case that came as a letter: the address sealed, the name of the exchange keyed.
-- About a protected case nothing leaves but that the letter was taken.
create table correspondents (
  case_no  text primary key,
  exchange text not null,
  address  text not null,
  letter   text not null,
  code     text not null
);

create unique index correspondents_by_exchange on correspondents (exchange);

-- owner: mailbox. A letter of the mailbox that was looked at, known again by a keyed hash; what became of it, not to which
-- case. The sender stands as a keyed hash for one day, so that floods can be counted.
create table mailbox_letters (
  letter   text primary key,
  sender   text not null,
  fate     text not null,
  tries    bigint not null,
  taken_ms bigint not null
);

create index mailbox_letters_by_sender on mailbox_letters (sender, taken_ms) where sender <> '';
create index mailbox_letters_by_time on mailbox_letters (taken_ms);

-- owner: mailbox. How the mailbox stood when it was last looked into; one row.
create table mailbox_state (
  id          bigint primary key,
  looked_ms   bigint not null,
  opened_ms   bigint,
  trouble     text not null,
  laid_aside  bigint not null,
  wants_again smallint not null
);
