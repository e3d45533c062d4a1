-- Which rules a target hears; none stands for every rule, those of later versions included.
alter table notifications.targets
    add column rules text[] not null default '{}';

-- Found for an export of somebody's data, and when somebody is erased.
create index deliveries_recipient on notifications.deliveries (recipient) where recipient is not null;
