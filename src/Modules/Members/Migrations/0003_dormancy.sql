-- Whoever was away for long and still counts as active: the round that makes people dormant costs what there is to do, not the people.
create index users_away on members.users (last_seen_at, id) where status = 'active' and not deleted;
