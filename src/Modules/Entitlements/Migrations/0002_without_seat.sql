-- Those without a seat, in the order of the lists. Where nearly everybody holds one, they are found without a look at the others.
alter table entitlements.user_standing
    add column holds_seat boolean not null default false;

update entitlements.user_standing standing
set holds_seat = true
from entitlements.ai_seat_state seat
where seat.user_id = standing.user_id
    and seat.counted;

create index user_standing_without_seat on entitlements.user_standing (sort_name, user_id) where not holds_seat and not is_deleted;
