-- Whoever was away for long and still counts as active: the round that makes people dormant costs what there is to do, not the people.
-- Somebody who was never here was away since the account was made.
create index users_away on members.users ((case when last_seen_at = '-infinity' then created_at else last_seen_at end), id) where status = 'active' and not deleted;
