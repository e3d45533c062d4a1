using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Roles.Contracts;
using Monolith.Testing;
using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Case 33 with a caller whose roles do not show groups: sharing mode <c>none</c>, which organizations cannot be set to yet.</summary>
public sealed class OwnGroupTests
{
    [Fact]
    public async Task Case_33_without_group_read_there_are_the_own_groups_and_everybody()
    {
        await using var scenario = await Scenario.StartWithAsync(services =>
        {
            var usual = services.Last(service => service.ServiceType == typeof(ISubjects)).ImplementationType!;
            services.AddScoped<ISubjects>(provider => new ModeNone((ISubjects)ActivatorUtilities.CreateInstance(provider, usual)));
        });
        var (anna, client) = await scenario.AddAsync("anna");
        var groups = $"/organizations/{scenario.OrganizationId}/groups";
        var (own, other) = (Id(await scenario.Owner.PostAsync(groups, new { name = "own" })), Id(await scenario.Owner.PostAsync(groups, new { name = "other" })));
        Assert.Equal(200, (await scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{own}", new { add_users = new[] { anna } })).Code);

        Assert.Equal(200, (await client.GetAsync($"/groups/{own}")).Code);
        Assert.Equal(200, (await client.GetAsync($"/groups/{scenario.OrganizationId}")).Code);
        Assert.Equal(404, (await client.GetAsync($"/groups/{other}")).Code);
        Assert.Equal(404, (await client.GetAsync($"{groups}/other/members")).Code);
        Assert.Equal(new HashSet<Guid> { own, scenario.OrganizationId }, Ids((await client.GetAsync("/groups")).Json).ToHashSet());
        var page = await client.GetAsync($"/organizations/{scenario.OrganizationId}/paginated-groups?limit=25");
        Assert.Equal((2L, 2), (page["count"]!.GetValue<long>(), page["groups"]!.AsArray().Count));
    }

    private sealed class ModeNone(ISubjects usual) : ISubjects
    {
        public async ValueTask<Subject> CreateAsync(SubjectFacts facts, CancellationToken cancellationToken)
        {
            var subject = await usual.CreateAsync(facts, cancellationToken);
            return facts.SiteRoles.Count > 0 ? subject : new Narrow(subject, [.. facts.Memberships.Select(one => one.OrganizationId)]);
        }
    }

    /// <summary>Reads a group by its access list only.</summary>
    private sealed class Narrow(Subject usual, HashSet<Guid> organizations) : Subject
    {
        public override Guid UserId => usual.UserId;

        public override bool Can(PermissionAction action, in ResourceObject target)
        {
            if (target.Type != ResourceType.Group)
                return usual.Can(action, target);
            var isMember = target.AnyOrganization ? organizations.Count > 0 : target.OrganizationId is { } id && organizations.Contains(id);
            return isMember && target.Acl is { } acl
                && (acl.Users.ContainsKey(UserId) || (target.OrganizationId is { } everybody && acl.Groups.ContainsKey(everybody)));
        }

        public override VisibleRows Visible(PermissionAction action, ResourceType type) =>
            type == ResourceType.Group ? usual.Visible(action, type) with { Organizations = new HashSet<Guid>() } : usual.Visible(action, type);
    }
}
