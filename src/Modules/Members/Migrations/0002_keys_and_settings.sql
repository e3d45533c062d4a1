-- What a key may touch, names of tokens, and the settings that people keep for themselves.

alter table members.api_keys add column allow_list text[] not null default '{*:*}';

create unique index api_keys_token_name on members.api_keys (user_id, token_name) where login_type = 'token';
create index api_keys_tokens on members.api_keys (created_at, id) where login_type = 'token';

create table members.user_settings (
    user_id uuid primary key references members.users (id),
    theme_preference text not null default '',
    terminal_font text not null default '',
    task_notification_alert_dismissed boolean not null default false
);
