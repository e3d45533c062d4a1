insert into platform.audit_logs (id, at, actor_id, action, resource_type, resource_id, target, after, status, address, request_id)
values (gen_random_uuid(), now(), '00000000-0000-4000-8000-000000000001', 'write', 'user', gen_random_uuid(), 'somebody', '{"status": "active"}', 200, '10.0.0.1', 'r');
