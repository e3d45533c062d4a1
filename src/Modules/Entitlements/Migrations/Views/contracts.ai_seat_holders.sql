-- The name is read by older hosts alone. A view that they read is not dropped while they run.
create or replace view contracts.ai_seat_holders as
select user_id, last_used_at, sort_name
from entitlements.ai_seat_state
where counted;

comment on view contracts.ai_seat_holders is 'Who consumes an AI seat. sort_name is the folded username.';
