-- Whoever makes a membership, its e-mail address is that of the user.
create or replace function members.keep_member_email() returns trigger language plpgsql as $$
begin
    new.email_folded := coalesce((select email_folded from members.users where id = new.user_id), '');
    return new;
end $$;
