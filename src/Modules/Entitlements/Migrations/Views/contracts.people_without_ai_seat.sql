create or replace view contracts.people_without_ai_seat as
select user_id, sort_name
from entitlements.user_standing
where not holds_seat and not is_deleted;

comment on view contracts.people_without_ai_seat is 'Who consumes no AI seat and is not deleted. sort_name is the folded username: by it they come in the order of the lists.';
