create or replace function members.follow_username() returns trigger language plpgsql as $$
begin
    update members.organization_members
    set sort_name = new.username_folded,
        email_folded = new.email_folded,
        name_folded = new.name_folded
    where user_id = new.id;
    return null;
end $$;
