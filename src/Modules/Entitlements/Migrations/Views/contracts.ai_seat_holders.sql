-- Nobody who is deleted is counted; said once more, it leads to the index by name.
create or replace view contracts.ai_seat_holders as
select user_id, last_used_at, sort_name
from entitlements.ai_seat_state
where counted and not is_deleted;

comment on view contracts.ai_seat_holders is 'Who consumes an AI seat. sort_name is the folded username: by it the holders come in the order of the lists.';
