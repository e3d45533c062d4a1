namespace Monolith.Clients.Tests;

/// <summary>Commands about what this server does not have: the first request of each, which must be answered with a sentence.</summary>
internal static class Commands
{
    public static IReadOnlyList<(string Name, (string Method, string Path)[] Requests)> NotHere { get; } =
    [
        ("list", [("GET", "/workspaces?q=owner%3Ame")]),
        ("show", [("GET", "/users/me/workspace/dev")]),
        ("create", [("GET", "/organizations/main/templates")]),
        ("start", [("GET", "/users/me/workspace/dev")]),
        ("stop", [("GET", "/users/me/workspace/dev")]),
        ("update", [("GET", "/users/me/workspace/dev")]),
        ("delete", [("GET", "/users/me/workspace/dev")]),
        ("ssh", [("GET", "/users/me/workspace/dev")]),
        ("port-forward", [("GET", "/users/me/workspace/dev")]),
        ("ping", [("GET", "/users/me/workspace/dev")]),
        ("speedtest", [("GET", "/users/me/workspace/dev")]),
        ("config-ssh", [("GET", "/deployment/ssh")]),
        ("open vscode", [("GET", "/users/me/workspace/dev")]),
        ("schedule show", [("GET", "/workspaces?q=owner%3Ame")]),
        ("favorite", [("GET", "/users/me/workspace/dev")]),
        ("templates list", [("GET", "/templates")]),
        ("templates push", [("POST", "/files")]),
        ("templates init", [("GET", "/templates/examples")]),
        ("templates versions list", [("GET", "/organizations/main/templates/dev")]),
        ("provisioner list", [("GET", "/organizations/main/provisionerdaemons")]),
        ("provisioner keys list", [("GET", "/organizations/main/provisionerkeys")]),
        ("publickey", [("GET", "/users/me/gitsshkey")]),
        ("external-auth access-token", [("GET", "/external-auth/github")]),
        ("notifications pause", [("PUT", "/notifications/settings")]),
        ("workspace-proxy ls", [("GET", "/workspaceproxies")]),
        ("secrets list", [("GET", "/users/me/secrets")]),
    ];
}
