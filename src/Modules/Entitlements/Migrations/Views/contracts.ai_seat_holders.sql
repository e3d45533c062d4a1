create or replace view contracts.ai_seat_holders as
select user_id, last_used_at
from entitlements.ai_seat_state
where counted;

comment on view contracts.ai_seat_holders is 'Who consumes an AI seat.';
