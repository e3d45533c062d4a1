using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The classes about users, sessions and tokens share one server.</summary>
[CollectionDefinition(Name)]
public sealed class UsersGroup : ICollectionFixture<ServerFixture>
{
    public const string Name = "users";
}

/// <summary>What these tests say again and again.</summary>
internal static class UserSteps
{
    private static int _serial;

    public static string Unique(string prefix) => $"{prefix}{Interlocked.Increment(ref _serial)}";

    /// <summary>Creates an active user and signs in.</summary>
    public static async Task<(string Name, Guid Id, ApiClient Client)> AddPersonAsync(this Scenario scenario, string prefix, params string[] siteRoles)
    {
        var name = Unique(prefix);
        var (id, client) = await scenario.AddAsync(name, siteRoles);
        return (name, id, client);
    }

    public static async Task<int> LoginAsync(this Scenario scenario, string name, string password) =>
        (await scenario.Anonymous().PostAsync("/users/login", new { email = $"{name}@example.com", password })).Code;

    /// <summary>The number of audit rows with this action and status about a user.</summary>
    public static async Task<long> AuditedAsync(this Scenario scenario, Guid id, string action, int status) =>
        (long)(await scenario.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_id = '{id}' and action = '{action}' and status = {status}"))!;

    public static string Text(this ApiAnswer answer, string name) => answer[name]!.GetValue<string>();

    public static string? Field(this ApiAnswer answer) => answer["validations"]?[0]?["field"]?.GetValue<string>();
}
