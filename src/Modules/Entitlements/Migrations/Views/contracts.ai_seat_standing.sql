create or replace view contracts.ai_seat_standing as
select user_id, sort_name, holds_seat
from entitlements.user_standing
where not is_deleted;

comment on view contracts.ai_seat_standing is 'Whether a person who is not deleted consumes an AI seat. sort_name is the folded username, which one person has: by it they come in the order of the lists.';
