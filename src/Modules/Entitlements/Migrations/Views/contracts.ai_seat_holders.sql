create or replace view contracts.ai_seat_holders as
select user_id
from entitlements.ai_seat_state
where counted;
