-- Mails to one account, such as an invitation: no target, but an address. What they say is forgotten once they were sent or given up.
alter table notifications.deliveries
    alter column target_id drop not null,
    add column recipient text,
    add constraint deliveries_go_somewhere check ((target_id is null) <> (recipient is null));
