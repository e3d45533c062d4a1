using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Web;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Roles.AuthCheck;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Monolith.Roles.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Roles.Tests;

/// <summary>A resource type that one module declares, and nothing else names, is a permission like all others.</summary>
public sealed class ModuleResourceTests
{
    private static readonly PermissionView Post = new(false, AnnouncementsModule.Announcement, "create");
    private static readonly OrganizationInfo Acme = new(Ids.Org, "acme", "Acme", false, []);

    [Fact]
    public void Built_in_roles_hold_what_the_module_grants_them()
    {
        var owner = BuiltInRoles.FindSite("owner")!.Lists;
        Assert.Contains(Post, owner.Site.Select(PermissionView.From));
        var member = Actors.Member();
        Assert.True(member.Can(PermissionAction.Read, ResourceObject.In(AnnouncementsModule.Announcement, Ids.Org)));
        Assert.False(member.Can(PermissionAction.Create, ResourceObject.In(AnnouncementsModule.Announcement, Ids.Org)));
        Assert.True(member.Can(PermissionAction.Create, new ResourceObject(AnnouncementsModule.Announcement, OrganizationId: Ids.Org, OwnerId: Ids.Me)));
        Assert.False(member.Can(PermissionAction.Read, ResourceObject.In(AnnouncementsModule.Announcement, Ids.OtherOrg)));
    }

    [Theory]
    [InlineData("owner", "create", null)]
    [InlineData("owner", "share", "invalid action")]
    [InlineData("organization-admin:org", "create", "not allowed to grant this permission")]
    public void A_custom_role_can_be_given_it_by_those_who_hold_it(string actor, string action, string? detail)
    {
        var role = new CustomRoleRequest("herald", null, null, [Post with { Action = action }], null, null);
        var error = CustomRoleRules.Check(role, Actors.Member(actor), PermissionAction.Create, Ids.Org);
        Assert.Equal(detail is null, error is null);
        Assert.Contains(detail ?? "", error?.Detail ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authcheck_answers_about_it()
    {
        Assert.True(await AskAsync(Herald()));
        Assert.False(await AskAsync(Actors.Member()));
    }

    [Fact]
    public async Task A_request_requires_it()
    {
        Assert.Equal("posted in acme", (await SendAsync(Herald())).Value);
        Assert.Same(Error.Forbidden, (await SendAsync(Actors.Member())).Error);
    }

    [Fact]
    public void Pages_say_it_in_the_words_of_the_module()
    {
        Assert.Equal("Announcements: Create", RoleForm.Words("announcement:create"));
        var group = RoleForm.Matrix(["announcement:create"], Herald(), Ids.Org).Single(group => group.Id == AnnouncementsModule.Announcement);
        Assert.Equal(["announcement:create", "announcement:read"], group.Choices.Select(choice => choice.Value));
    }

    [Fact]
    public void A_token_may_be_limited_to_it()
    {
        var reader = Actors.Scoped(["announcement:read"], "owner");
        Assert.True(reader.Can(PermissionAction.Read, ResourceObject.In(AnnouncementsModule.Announcement, Ids.Org)));
        Assert.False(reader.Can(PermissionAction.Create, ResourceObject.In(AnnouncementsModule.Announcement, Ids.Org)));
    }

    [Fact]
    public void What_nobody_declares_is_held_by_nobody_and_required_by_nothing()
    {
        Assert.False(ResourceCatalog.TryParse("spaceship", out ResourceType _));
        Assert.False(Actors.Member("owner").Can(PermissionAction.Read, ResourceObject.All("spaceship")));
        Assert.Contains("asks for spaceship:read, which is not declared.", RequestRequirement.Of(typeof(Launch)).Faults());
    }

    [Fact]
    public void Declarations_that_contradict_each_other_or_come_late_are_refused()
    {
        ResourceCatalog.Declare(AnnouncementsModule.Permissions);
        Refused("declared twice", new ResourceDeclaration(AnnouncementsModule.Announcement, "Announcements", PermissionAction.Read));
        Refused("must declare its actions", new ResourceDeclaration("spaceship", "Spaceships"));
        Refused("must declare its actions", new ResourceDeclaration("spaceship", "Spaceships", PermissionAction.Any));
        Assert.NotNull(Actors.Member());
        Refused("before the first host", new ResourceDeclaration("spaceship", "Spaceships", PermissionAction.Read));
        Assert.Throws<ArgumentException>(() => (ResourceType)"Space ship");
    }

    private static void Refused(string reason, ResourceDeclaration declaration) =>
        Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => ResourceCatalog.Declare([declaration])).Message, StringComparison.Ordinal);

    private static Subject Herald() => Actors.Create(
        new SubjectFacts(Ids.Me, false, [], [new MembershipFacts(Ids.Org, ["herald"], [])], [], ["coder:all"]), (Ids.Org, "herald", [Post]));

    private static async Task<bool> AskAsync(Subject subject)
    {
        var caller = Caller(subject);
        var body = $$$"""{"checks": {"post": {"object": {"resource_type": "announcement", "organization_id": "{{{Ids.Org}}}"}, "action": "create"} } }""";
        var answers = await new CheckAuthorizationHandler(caller, new StoredObjects(caller, []))
            .Handle(new CheckAuthorizationQuery(Body<AuthCheckRequest>.Parse(Encoding.UTF8.GetBytes(body))), CancellationToken.None);
        return answers.Value["post"];
    }

    private static async Task<Result<string>> SendAsync(Subject subject)
    {
        var organizations = Substitute.For<IOrganizationDirectory>();
        organizations.FindAsync("acme", Arg.Any<CancellationToken>()).Returns(Acme);
        var services = new ServiceCollection()
            .AddLogging()
            .AddBuildingBlocks(new ConfigurationBuilder().Build())
            .AddSingleton(organizations)
            .AddSingleton(Substitute.For<IUserDirectory>())
            .AddSingleton(Substitute.For<IFeatureGate>())
            .AddSingleton(Caller(subject))
            .AddModule<AnnouncementsModule>(new ConfigurationBuilder().Build());
        Assert.Equal(1, RequestChecks.Verify(services, [typeof(PostAnnouncementQuery)]));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().SendAsync(new PostAnnouncementQuery("acme"), CancellationToken.None);
    }

    private static ICaller Caller(Subject subject)
    {
        var caller = Substitute.For<ICaller>();
        caller.IsAuthenticated.Returns(true);
        caller.UserId.Returns(Ids.Me);
        caller.Subject.Returns(subject);
        return caller;
    }

    [RequiresPermission("spaceship", PermissionAction.Read)]
    private sealed record Launch : IQuery<string>;
}
