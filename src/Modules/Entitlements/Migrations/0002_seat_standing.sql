-- Who holds a seat and who does not, each in the order of the lists: however few they are, they are found without a look at the others.
alter table entitlements.user_standing
    add column holds_seat boolean not null default false;

update entitlements.user_standing standing
set holds_seat = true
from entitlements.ai_seat_state seat
where seat.user_id = standing.user_id
    and seat.counted;

create index user_standing_seat on entitlements.user_standing (holds_seat, sort_name) where not is_deleted;
