-- Refused writes leave a row. A flood of them is one row a minute that says how often.
alter table platform.audit_logs
    add column request_id text,
    add column operation text,
    add column occurrences int not null default 1,
    add column last_at timestamptz;

comment on column platform.audit_logs.operation is 'Of a refusal that named nothing: the command or the route.';
comment on column platform.audit_logs.occurrences is 'How many refusals the row stands for, between at and last_at.';

create index audit_logs_request on platform.audit_logs (request_id) where request_id is not null;
