select m.user_id, m.organization_id, m.created_at, m.updated_at, m.roles,
       u.username, u.name, u.avatar_url, u.email, u.site_roles,
       coalesce((select s.counted from entitlements.ai_seat_state s where s.user_id = m.user_id), false),
       u.last_seen_at, u.created_at, u.updated_at, u.status, u.login_type, u.is_service_account,
       (select c.members from members.organization_counts c where c.organization_id = m.organization_id)
from members.organization_members m
join members.users u on u.id = m.user_id and not u.deleted
where m.organization_id = (select o.id from members.organizations o where o.is_default)
order by m.sort_name, m.user_id
limit $1
