create or replace view contracts.ai_seat_counts as
select sum(ai_seats)::bigint as holders
from entitlements.usage_counts;

comment on view contracts.ai_seat_counts is 'How many rows contracts.ai_seat_holders has.';
