using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Roles.Assignment;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Tests;

/// <summary>Somebody in the world.</summary>
internal sealed record Person(Guid Id)
{
    public HashSet<string> Site { get; } = [];
}

/// <summary>An organization of the world: who is in it with which roles, its custom roles and its default roles.</summary>
internal sealed record Place(Guid Id)
{
    public Dictionary<Person, HashSet<string>> Members { get; } = [];

    public Dictionary<string, List<PermissionView>> Custom { get; } = [];

    public HashSet<string> Defaults { get; } = [RoleName.OrganizationWorkspaceAccess];
}

/// <summary>People who ask for everything they can get. Each request is decided by the rules that the routes use, and carried out when it is allowed.</summary>
internal sealed class EscalationWorld
{
    private readonly Dictionary<Person, Subject> _subjects = [];
    private readonly IEntitlements _entitlements = Substitute.For<IEntitlements>();

    public EscalationWorld() => _entitlements.IsUsable(Arg.Any<string>()).Returns(true);

    public Person Actor { get; } = new(Ids.Me);

    public Person Friend { get; } = new(Ids.Other);

    public Place Here { get; } = new(Ids.Org);

    public Place There { get; } = new(Ids.OtherOrg);

    public Subject SubjectOf(Person person) => _subjects.TryGetValue(person, out var subject) ? subject : _subjects[person] = CreateSubject(person);

    private Subject CreateSubject(Person person)
    {
        var memberships = Places.Where(place => place.Members.ContainsKey(person)).ToList();
        return Actors.Create(new SubjectFacts(
            person.Id,
            false,
            [.. person.Site],
            [.. memberships.Select(place => new MembershipFacts(place.Id, [.. place.Members[person]], [.. place.Defaults]))],
            [],
            ["coder:all"]),
            memberships.SelectMany(place => place.Custom.Select(role => (place.Id, role.Key, role.Value.AsEnumerable()))));
    }

    public IReadOnlyList<Place> Places => [Here, There];

    /// <summary>Both ask for everything until nothing more is granted. Answers the number of requests made.</summary>
    public async Task<int> ExhaustAsync()
    {
        var requests = 0;
        bool gained;
        do
        {
            gained = false;
            foreach (var (asking, other) in new[] { (Actor, Friend), (Friend, Actor) })
            {
                foreach (var request in Requests(asking, other))
                {
                    requests++;
                    if (!await request())
                        continue;
                    gained = true;
                    _subjects.Clear();
                }
            }
        }
        while (gained);
        return requests;
    }

    private IEnumerable<Func<Task<bool>>> Requests(Person asking, Person other)
    {
        foreach (var role in BuiltInRoles.AssignableSite.Select(role => role.Name))
            yield return () => Task.FromResult(SetSiteRoles(asking, other, role));
        foreach (var place in Places)
        {
            yield return () => Task.FromResult(AddMember(asking, other, place));
            yield return () => Task.FromResult(AddMember(asking, asking, place));
            foreach (var type in ResourceCatalog.Types)
            {
                foreach (var action in ResourceCatalog.ActionsOf(type))
                {
                    foreach (var name in place.Custom.Keys.Append("made").Distinct().ToList())
                        yield return () => Task.FromResult(WriteRole(asking, place, name, new PermissionView(false, type.WireName(), action.WireName())));
                }
            }

            foreach (var role in BuiltInRoles.AssignableOrganization.Select(role => role.Name).Concat(place.Custom.Keys).ToList())
            {
                yield return () => SetMemberRolesAsync(asking, other, place, role);
                yield return () => SetDefaultsAsync(asking, place, role);
            }
        }
    }

    private bool SetSiteRoles(Person asking, Person other, string role) =>
        !other.Site.Contains(role)
        && Assignment(Here).CheckSite(SubjectOf(asking), [.. other.Site], [.. other.Site, role]) is null
        && other.Site.Add(role);

    // As the routes do: membership of the target, the rules, and nobody changes their own roles.
    private async Task<bool> SetMemberRolesAsync(Person asking, Person other, Place place, string role) =>
        role != RoleName.OrganizationWorkspaceCreationBan
        && place.Members.TryGetValue(other, out var roles)
        && !roles.Contains(role)
        && await Assignment(place).CheckOrganizationAsync(SubjectOf(asking), place.Id, [.. roles], [.. roles, role], CancellationToken.None) is null
        && roles.Add(role);

    private async Task<bool> SetDefaultsAsync(Person asking, Place place, string role) =>
        role != RoleName.OrganizationWorkspaceCreationBan
        && !place.Defaults.Contains(role)
        && SubjectOf(asking).Can(PermissionAction.Update, ResourceObject.Organization(place.Id))
        && await new DefaultRoles(Assignment(place), _entitlements)
            .CheckAsync(SubjectOf(asking), place.Id, [.. place.Defaults], [.. place.Defaults, role], CancellationToken.None) is null
        && place.Defaults.Add(role);

    private bool AddMember(Person asking, Person target, Place place)
    {
        var subject = SubjectOf(asking);
        return !place.Members.ContainsKey(target)
            && subject.Can(PermissionAction.Read, ResourceObject.User(target.Id))
            && subject.Can(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, place.Id))
            && Assignment(place).CheckNewMember(subject, place.Id, [.. place.Defaults]) is null
            && place.Members.TryAdd(target, []);
    }

    // A role may also be one that somebody holds already. What could be granted one after the other is gathered.
    private bool WriteRole(Person asking, Place place, string name, PermissionView permission)
    {
        var exists = place.Custom.TryGetValue(name, out var permissions);
        if (permissions?.Contains(permission) == true || (exists && BuiltInRoles.IsReserved(name)))
            return false;
        var request = new CustomRoleRequest(name, null, null, [permission], null, null);
        if (CustomRoleRules.Check(request, SubjectOf(asking), exists ? PermissionAction.Update : PermissionAction.Create, place.Id) is not null)
            return false;
        place.Custom[name] = [.. permissions ?? [], permission];
        return true;
    }

    private static RoleAssignment Assignment(Place place) => new(new RolesOf(place));

    private sealed class RolesOf(Place place) : ICustomRoleNames
    {
        public Task<IReadOnlyList<string>> ExistingAsync(Guid organizationId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([.. names.Where(place.Custom.ContainsKey)]);
    }
}
