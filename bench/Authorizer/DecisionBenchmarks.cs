using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using Monolith.Entitlements;
using Monolith.Kernel.Authorization;
using Monolith.Members;
using Monolith.Roles.Assignment;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Benchmarks;

/// <summary>
/// Decisions of one thread, through the same contract that handlers use. Each case asks 64 questions in turn: own and other people's
/// objects, in organizations of the subject and in others, allowed and refused.
/// </summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "RatioSD", "Ratio", "Alloc Ratio")]
public class DecisionBenchmarks
{
    private const int Questions = 64;

    private static readonly Guid Me = Guid.CreateVersion7();
    private static readonly Guid[] Organizations = [.. Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7())];

    private static readonly DeploymentRoles Deployment = Declared();
    private static readonly Dictionary<(Guid OrganizationId, string Name), CompiledRole> Custom =
        Enumerable.Range(0, 20).ToDictionary(i => (Organizations[0], $"custom-{i}"), i => CustomRoleCompiler.Compile(Permissions(i)));

    private readonly ResourceObject[] _targets = new ResourceObject[Questions];
    private readonly PermissionAction[] _actions = new PermissionAction[Questions];
    private readonly Subject _nobody = new Nobody();
    private readonly FrozenDictionary<Guid, bool> _lookup = Organizations.ToFrozenDictionary(id => id, _ => true);
    private Subject _owner = null!;
    private Subject _member = null!;
    private Subject _holder = null!;
    private SubjectFacts _memberFacts = null!;

    [GlobalSetup]
    public void Setup()
    {
        _memberFacts = Facts([], [], Organizations);
        _owner = Subject(Facts(["owner"], [], Organizations[..1]));
        _member = Subject(_memberFacts);
        _holder = Subject(Facts([], [.. Custom.Keys.Select(role => role.Name)], Organizations[..1]));

        var types = ResourceCatalog.Types;
        for (var i = 0; i < Questions; i++)
        {
            var type = types[i * 7 % types.Count];
            var actions = ResourceCatalog.ActionsOf(type);
            _actions[i] = actions[i % actions.Count];
            _targets[i] = new ResourceObject(
                type,
                OrganizationId: (i % 4) switch { 0 => null, 1 => Guid.CreateVersion7(), _ => Organizations[i % 2 == 0 ? 0 : i % Organizations.Length] },
                OwnerId: i % 3 == 0 ? Me : null);
        }
    }

    private static DeploymentRoles Declared()
    {
        ResourceCatalog.Declare([.. MembersModule.Permissions, .. RolesModule.Permissions, .. EntitlementsModule.Permissions]);
        return new(new RoleOptions());
    }

    [Benchmark(Description = "owner", OperationsPerInvoke = Questions)]
    public int Owner() => Ask(_owner);

    [Benchmark(Description = "member of 50 organizations", OperationsPerInvoke = Questions)]
    public int Member() => Ask(_member);

    [Benchmark(Description = "holder of 20 custom roles", OperationsPerInvoke = Questions)]
    public int Holder() => Ask(_holder);

    [Benchmark(Description = "member of 50, any organization", OperationsPerInvoke = Questions)]
    public int AnyOrganization()
    {
        var allowed = 0;
        for (var i = 0; i < Questions; i++)
            allowed += _member.Can(_actions[i], _targets[i] with { AnyOrganization = true }) ? 1 : 0;
        return allowed;
    }

    [Benchmark(Description = "floor: empty call", OperationsPerInvoke = Questions)]
    public int EmptyCall() => Ask(_nobody);

    [Benchmark(Description = "floor: one dictionary look-up", OperationsPerInvoke = Questions)]
    public int Lookup()
    {
        var found = 0;
        for (var i = 0; i < Questions; i++)
            found += _lookup.ContainsKey(_targets[i].OrganizationId ?? Me) ? 1 : 0;
        return found;
    }

    [Benchmark(Description = "build the member of 50 (once a request)")]
    public Subject Build() => Subject(_memberFacts);

    private int Ask(Subject subject)
    {
        var allowed = 0;
        for (var i = 0; i < Questions; i++)
            allowed += subject.Can(_actions[i], _targets[i]) ? 1 : 0;
        return allowed;
    }

    private static SubjectFacts Facts(string[] siteRoles, string[] roles, Guid[] organizations) => new(
        Me,
        false,
        siteRoles,
        [.. organizations.Select(id => new MembershipFacts(id, roles, ["organization-workspace-access"]))],
        [],
        ["coder:all"]);

    private static Subject Subject(SubjectFacts facts) => SubjectFactory.Create(facts, Deployment, Custom);

    private static IEnumerable<PermissionView> Permissions(int i) =>
        ResourceCatalog.Types.Skip(i).Take(10).Select(type => new PermissionView(false, type.WireName(), ResourceCatalog.ActionsOf(type)[0].WireName()));

    /// <summary>A call of the same shape that decides nothing.</summary>
    private sealed class Nobody : Subject
    {
        public override Guid UserId => Me;

        public override bool Can(PermissionAction action, in ResourceObject target) => target.OwnerId is not null;

        public override VisibleRows Visible(PermissionAction action, ResourceType type) => throw new NotSupportedException();
    }
}
