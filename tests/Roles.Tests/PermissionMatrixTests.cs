using System.Text.Json;
using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.Tests;

/// <summary>Every check of the conformance table of the roles specification, section 9.2.</summary>
public sealed class PermissionMatrixTests
{
    private static readonly JsonElement Table = Load();

    private static readonly Dictionary<string, RoleSubject> Subjects = Table.GetProperty("subjects").EnumerateArray().ToDictionary(
        subject => subject.GetProperty("name").GetString()!,
        subject => Actors.Isolated(
            Ids.Of(subject.GetProperty("user_id").GetString()!),
            subject.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)));

    public static TheoryData<string, string, string, bool> Checks()
    {
        var checks = new TheoryData<string, string, string, bool>();
        foreach (var item in Table.GetProperty("cases").EnumerateArray())
        {
            foreach (var action in Names(item, "actions"))
            {
                foreach (var subject in Names(item, "allow"))
                    checks.Add(item.GetProperty("case").GetString()!, action, subject, true);
                foreach (var subject in Names(item, "deny"))
                    checks.Add(item.GetProperty("case").GetString()!, action, subject, false);
            }
        }

        return checks;
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void Decision_is_as_in_the_table(string name, string action, string subject, bool allowed)
    {
        Assert.True(ResourceCatalog.TryParse(action, out PermissionAction parsed));
        var item = Table.GetProperty("cases").EnumerateArray().Single(candidate => candidate.GetProperty("case").GetString() == name);
        Assert.Equal(allowed, Subjects[subject].Can(parsed, Resource(item.GetProperty("resource"))));
    }

    [Fact]
    public void The_table_was_read() => Assert.True(Checks().Count > 1000 && Table.GetProperty("cases").GetArrayLength() == 55);

    [Fact]
    public void Declared_actions_are_those_of_the_table()
    {
        foreach (var type in Table.GetProperty("resource_actions").EnumerateObject())
        {
            Assert.True(ResourceCatalog.TryParse(type.Name, out ResourceType parsed), type.Name);
            var actions = type.Value.EnumerateArray().Select(action => action.GetString()!).Order(StringComparer.Ordinal);
            Assert.Equal(actions, ResourceCatalog.ActionsOf(parsed).Select(action => action.WireName()).Order(StringComparer.Ordinal));
        }
    }

    private static ResourceObject Resource(JsonElement resource)
    {
        Assert.True(ResourceCatalog.TryParse(resource.GetProperty("type").GetString(), out ResourceType type));
        return new ResourceObject(
            type,
            Id(resource, "id"),
            Id(resource, "org"),
            Id(resource, "owner"),
            resource.TryGetProperty("any_org", out var any) && any.GetBoolean(),
            resource.TryGetProperty("acl_group", out var groups) ? Acl(groups) : null);
    }

    private static AccessList Acl(JsonElement groups) => new(
        new Dictionary<Guid, IReadOnlyList<PermissionAction>>(),
        groups.EnumerateObject().ToDictionary(
            group => Ids.Of(group.Name),
            group => (IReadOnlyList<PermissionAction>)[.. group.Value.EnumerateArray().Select(action => Parse(action.GetString()!))]));

    private static PermissionAction Parse(string action)
    {
        Assert.True(ResourceCatalog.TryParse(action, out PermissionAction parsed));
        return parsed;
    }

    private static Guid? Id(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? Ids.Of(text) : null;

    private static IEnumerable<string> Names(JsonElement item, string list) =>
        item.GetProperty(list).EnumerateArray().Select(name => name.GetString()!);

    private static JsonElement Load()
    {
        using var stream = typeof(PermissionMatrixTests).Assembly.GetManifestResourceStream("role-permissions.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
