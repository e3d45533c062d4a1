using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Roles.AuthCheck;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 8.</summary>
public sealed class AuthCheckTests
{
    private static readonly Guid HiddenUser = Ids.Of("hidden");

    [Fact]
    public async Task Answers_by_key()
    {
        var answers = await Ask("",
            $$$"""
            {"checks": {
              "readAllUsers": {"object": {"resource_type": "user"}, "action": "read"},
              "readMe": {"object": {"resource_type": "user", "owner_id": "me"}, "action": "read"},
              "readMyWorkspaces": {"object": {"resource_type": "workspace", "owner_id": "me", "organization_id": "{{{Ids.Org}}}"}, "action": "read"},
              "workspaceAnywhere": {"object": {"resource_type": "workspace", "owner_id": "me", "any_org": true, "organization_id": "{{{Ids.Other}}}"}, "action": "create"},
              "noSuchOrganization": {"object": {"resource_type": "user", "owner_id": "me", "organization_id": "acme"}, "action": "read"},
              "foundMe": {"object": {"resource_type": "user", "resource_id": "{{{Ids.Me}}}"}, "action": "read_personal"},
              "hidden": {"object": {"resource_type": "user", "resource_id": "{{{HiddenUser}}}", "owner_id": "me"}, "action": "read"},
              "absent": {"object": {"resource_type": "user", "resource_id": "{{{Ids.Org}}}", "owner_id": "me"}, "action": "read"},
              "unknownType": {"object": {"resource_type": "spaceship"}, "action": "read"},
              "wildcard": {"object": {"resource_type": "user", "owner_id": "me"}, "action": "*"},
              "noAction": {"object": {"resource_type": "user", "owner_id": "me"}}
            }}
            """);
        Assert.True(answers.IsSuccess);
        Assert.Equal(11, answers.Value.Count);
        Assert.Equal(
            ["foundMe", "readMe", "readMyWorkspaces", "workspaceAnywhere"],
            answers.Value.Where(answer => answer.Value).Select(answer => answer.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"checks": null}""")]
    [InlineData("{}")]
    public async Task No_checks_no_answers(string body) => Assert.Empty((await Ask("", body)).Value);

    [Theory]
    [InlineData("""{"checks": {"k": null}}""", null, "\"k\"")]
    [InlineData("""{"checks": {"k": {"object": {}, "action": "read"}}}""", null, "\"k\"")]
    [InlineData("""{"checks": {"someone@example.com": {"action": "read"}}}""", null, "A check")]
    [InlineData("""{"checks": {"k": {"object": {"resource_type": "user", "resource_id": "x"}}}}""", "resource_id", "k")]
    [InlineData("""{"checks": {"k": {"object": {"resource_type": "file", "resource_id": "00000000-0000-0000-0000-000000000001"}}}}""", "resource_type", "k")]
    public async Task Faults(string body, string? field, string message)
    {
        var error = (await Ask("owner", body)).Error;
        Assert.Equal(ErrorKind.BadRequest, error?.Kind);
        Assert.Equal(field, error!.Validations?[0].Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_ten_lookups()
    {
        var checks = Enumerable.Range(0, 13).Select(i => $$$"""
            "k{{{i}}}": {"object": {"resource_type": "user", "resource_id": "{{{Ids.Me}}}"}, "action": "read"}
            """);
        var error = (await Ask("owner", $$$"""{"checks": { {{{string.Join(",", checks)}}} }}""")).Error;
        Assert.Equal("At most 10 checks may carry resource_id, and this request has 13: remove 3.", error?.Message);
    }

    private static Task<Result<IReadOnlyDictionary<string, bool>>> Ask(string role, string body)
    {
        var caller = Substitute.For<ICaller>();
        caller.IsAuthenticated.Returns(true);
        caller.UserId.Returns(Ids.Me);
        caller.Subject.Returns(Actors.Member(role));
        return new CheckAuthorizationHandler(caller, new StoredObjects(caller, [new Users()]))
            .Handle(new CheckAuthorizationQuery(Body<AuthCheckRequest>.Parse(System.Text.Encoding.UTF8.GetBytes(body))), CancellationToken.None);
    }

    private sealed class Users : IAuthCheckTargets
    {
        public ValueTask<ResourceObject?> FindAsync(ResourceType type, Guid id, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ResourceObject?>(id == Ids.Me || id == HiddenUser ? ResourceObject.User(id) : null);
    }
}
