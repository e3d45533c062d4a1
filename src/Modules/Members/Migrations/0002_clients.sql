-- What existing clients keep on the server: all settings of a user, and who may share workspaces in an organization.

alter table members.user_settings
    add column theme_mode text not null default '',
    add column theme_light text not null default '',
    add column theme_dark text not null default '',
    add column thinking_display_mode text not null default 'auto',
    add column shell_tool_display_mode text not null default 'always_collapsed',
    add column code_diff_display_mode text not null default '',
    add column agent_chat_send_shortcut text not null default 'enter';

alter table members.organizations
    add column shareable_workspace_owners text not null default 'everyone'
        check (shareable_workspace_owners in ('none', 'everyone', 'service_accounts'));
