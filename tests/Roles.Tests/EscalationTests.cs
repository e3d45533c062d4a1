using Monolith.Kernel.Authorization;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Xunit.Abstractions;

namespace Monolith.Roles.Tests;

/// <summary>
/// Nobody gets, for themselves or for a friend, what they neither hold nor may hand out. An actor and a friend make every request
/// (site roles, member roles, new members, custom roles, default roles) again and again, until nothing more is granted.
/// </summary>
public sealed class EscalationTests(ITestOutputHelper output)
{
    private static readonly string[] Organization =
    [
        "organization-admin", "organization-auditor", "organization-user-admin", "organization-template-admin",
        "organization-workspace-creation-ban", "organization-workspace-access", "organization-member",
    ];

    /// <summary>The table 4.1 of the roles specification, written a second time on purpose. <c>custom</c>: every custom role of the organization.</summary>
    private static readonly Dictionary<string, string[]> MayHandOut = new()
    {
        ["owner"] = ["owner", "auditor", "member", "template-admin", "user-admin", .. Organization, "custom"],
        ["user-admin"] = ["member", "organization-member", "organization-workspace-access"],
        ["organization-admin"] = [.. Organization, "custom"],
        ["organization-user-admin"] = ["organization-member", "organization-workspace-access"],
    };

    /// <summary>Custom roles that actors hold in the first organization.</summary>
    private static readonly Dictionary<string, string> Custom = new()
    {
        ["editor"] = "assign_org_role:create assign_org_role:read assign_org_role:update assign_org_role:delete",
        ["assigner"] = "assign_org_role:assign assign_org_role:unassign assign_org_role:read",
        ["inviter"] = "organization_member:create organization_member:update assign_org_role:assign user:read",
        ["manager"] = "organization:update assign_org_role:assign assign_org_role:unassign assign_org_role:create",
        ["owner"] = "assign_org_role:assign assign_org_role:unassign organization_member:create",
        ["user-admin"] = "assign_org_role:assign assign_org_role:unassign organization_member:create",
        ["vault"] = "template:delete audit_log:read workspace:delete",
    };

    public static TheoryData<string> ActorRoles =>
    [
        "", "here", "there", .. BuiltInRoles.AssignableSite.Select(role => role.Name),
        .. BuiltInRoles.AssignableSite.Select(role => $"{role.Name} here"),
        .. BuiltInRoles.AssignableOrganization.SelectMany(role => new[] { $"here:{role.Name}", $"there:{role.Name}" }),
        .. Custom.Keys.Select(role => $"here:{role}"),
        "here:organization-admin here:organization-workspace-creation-ban", "here:organization-user-admin there:organization-admin",
        "here:organization-user-admin here:editor", "user-admin here:manager", "here:editor here:assigner here:inviter here:manager",
    ];

    [Theory]
    [MemberData(nameof(ActorRoles))]
    public async Task Nobody_gets_more_than_they_hold_or_may_hand_out(string roles)
    {
        var world = Create(roles);
        var limits = Limits(roles).ToList();
        var requests = await world.ExhaustAsync();
        Assert.True(requests > 800);

        var gains = (from person in new[] { world.Actor, world.Friend }
                     let subject = world.SubjectOf(person)
                     from target in Targets(person.Id)
                     from action in ResourceCatalog.ActionsOf(target.Type)
                     where subject.Can(action, target) && !limits.Any(limit => limit(person.Id).Can(action, target))
                     select $"{(person == world.Actor ? "actor" : "friend")}: {action} on {target}").ToList();
        output.WriteLine($"{requests} requests; actor: {string.Join(' ', world.Actor.Site)}, friend: {string.Join(' ', world.Friend.Site)}");
        Assert.Empty(gains);
    }

    [Theory]
    [InlineData("here:organization-admin", "organization-admin organization-auditor organization-user-admin organization-template-admin organization-workspace-access vault")]
    [InlineData("here:organization-user-admin", "organization-workspace-access")]
    [InlineData("here:editor", "")]
    public async Task The_search_gets_what_is_there_to_get(string roles, string friend)
    {
        var world = Create(roles);
        await world.ExhaustAsync();
        Assert.Superset(friend.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), world.Here.Members[world.Friend]);
        Assert.Equal(friend.Length == 0, world.Here.Members[world.Friend].Count == 0);
    }

    private static EscalationWorld Create(string roles)
    {
        var world = new EscalationWorld();
        foreach (var (name, permissions) in Custom)
            world.Here.Custom[name] = [.. permissions.Split(' ').Select(View)];
        world.Here.Members[world.Friend] = [];
        foreach (var (place, role) in Split(roles))
        {
            if (place is null)
                world.Actor.Site.Add(role!);
            else
            {
                var members = (place == "here" ? world.Here : world.There).Members;
                members.TryAdd(world.Actor, []);
                if (role is not null)
                    members[world.Actor].Add(role);
            }
        }

        return world;
    }

    /// <summary>One subject for each role that the actor holds or may hand out: what any of them allows is fair.</summary>
    private static IEnumerable<Func<Guid, Subject>> Limits(string roles)
    {
        yield return id => Holder(id, [], ["here", .. Split(roles).Select(role => role.Place).OfType<string>()]);
        foreach (var (place, role) in Split(roles).Where(held => held.Role is not null))
        {
            yield return id => Holder(id, [(place, role!)]);
            foreach (var handed in MayHandOut.GetValueOrDefault(place is not null && Custom.ContainsKey(role!) ? "" : role!) ?? [])
            {
                foreach (var where in place is null ? new[] { "here", "there" } : [place])
                {
                    foreach (var name in handed == "custom" ? [.. Custom.Keys] : new[] { handed })
                        yield return id => Holder(id, [(BuiltInRoles.FindSite(name) is null || handed == "custom" ? where : null, name)]);
                }
            }
        }
    }

    private static Subject Holder(Guid id, (string? Place, string Role)[] roles, params string[] member) => Actors.Create(new SubjectFacts(
        id,
        false,
        [.. roles.Where(role => role.Place is null).Select(role => role.Role)],
        [
            .. from place in roles.Select(role => role.Place).OfType<string>().Concat(member).Distinct()
               select new MembershipFacts(PlaceId(place), [.. roles.Where(role => role.Place == place).Select(role => role.Role)], [RoleName.OrganizationWorkspaceAccess]),
        ],
        [],
        ["coder:all"]),
        Custom.Select(role => (Ids.Org, role.Key, role.Value.Split(' ').Select(View))));

    private static Guid PlaceId(string place) => place == "here" ? Ids.Org : Ids.OtherOrg;

    private static IEnumerable<(string? Place, string? Role)> Split(string roles) =>
        roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select<string, (string?, string?)>(text => text.Split(':') switch
        {
            [var place, var role] => (place, role),
            ["here" or "there"] => (text, null),
            _ => (null, text),
        });

    private static IEnumerable<ResourceObject> Targets(Guid person) =>
        from type in ResourceCatalog.Types
        from organization in new Guid?[] { null, Ids.Org, Ids.OtherOrg }
        from owner in new Guid?[] { null, person, Ids.Of("stranger") }
        select new ResourceObject(type, OrganizationId: organization, OwnerId: owner);

    private static PermissionView View(string pair) => new(false, pair.Split(':')[0], pair.Split(':')[1]);
}
