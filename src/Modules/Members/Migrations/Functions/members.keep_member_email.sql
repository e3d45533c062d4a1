-- Whoever makes a membership, its e-mail address and its full name are those of the user.
create or replace function members.keep_member_email() returns trigger language plpgsql as $$
begin
    select u.email_folded, u.name_folded
    into new.email_folded, new.name_folded
    from members.users u
    where u.id = new.user_id;
    new.email_folded := coalesce(new.email_folded, '');
    new.name_folded := coalesce(new.name_folded, '');
    return new;
end $$;
