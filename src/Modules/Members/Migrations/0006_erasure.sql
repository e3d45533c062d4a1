-- When the personal data of a deleted account was replaced; null while it is there.
alter table members.users add column erased_at timestamptz;

-- Whose time is over: few rows, found without a look at the others.
create index users_to_erase on members.users (updated_at) where deleted and erased_at is null;
