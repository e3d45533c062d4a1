create or replace view contracts.organization_ai_seat_counts as
select organization_id, sum(seats)::bigint as holders
from entitlements.organization_ai_seats
group by organization_id;

comment on view contracts.organization_ai_seat_counts is 'How many members of each organization contracts.ai_seat_holders has; no row where nobody ever held one.';
