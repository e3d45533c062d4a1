using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.Tests;

/// <summary>Random subjects, objects, scopes and allow lists, over few ids and names so that they meet often.</summary>
internal static class RandomCases
{
    public static readonly ResourceType[] Types = [ResourceType.Any, ResourceType.Workspace, ResourceType.Template, ResourceType.User, ResourceType.Chat];
    public static readonly PermissionAction[] Actions =
        [PermissionAction.Any, PermissionAction.Create, PermissionAction.Read, PermissionAction.Update, PermissionAction.Share, PermissionAction.Use];

    public static readonly Guid?[] Organizations = [null, Ids.Org, Ids.OtherOrg, Ids.Of("third-org")];
    public static readonly Guid?[] Users = [null, Ids.Me, Ids.Other];
    public static readonly Guid[] Rows = [Ids.Of("row"), Ids.Of("row-2")];
    public static readonly Guid[] Groups = [Ids.Of("group-1"), Ids.Of("group-2"), Ids.Org];

    public static NaiveSubject Subject(Random random) => new(
        Ids.Me,
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => (Pick(random, Organizations), Lists(random)))],
        [.. Groups.Where(_ => random.Next(3) == 0)],
        random.Next(3) > 0 ? [new Permission(false, ResourceType.Any, PermissionAction.Any)] : Permissions(random, 4),
        random.Next(4) > 0 ? [AllowEntry.Everything] : [.. Enumerable.Range(0, 2).Select(_ => Entry(random))]);

    public static RoleSubject Compile(NaiveSubject naive) => new(
        naive.Id,
        Actors.Held(naive.Roles),
        new Scope([], PermissionSet.Compile(naive.ScopePermissions), [.. naive.AllowList]),
        [.. naive.Groups]);

    public static PermissionLists Lists(Random random) => new()
    {
        Site = random.Next(4) == 0 ? Permissions(random, 2) : [],
        User = Permissions(random, 5),
        Organization = Permissions(random, 5),
        Member = Permissions(random, 6),
    };

    public static List<Permission> Permissions(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most)).Select(_ => new Permission(random.Next(5) == 0, Pick(random, Types), Pick(random, Actions)))];

    public static AllowEntry Entry(Random random) =>
        new(Pick(random, Types), random.Next(3) > 0 ? Pick(random, Rows) : null, random.Next(3) == 0);

    public static ResourceObject Target(Random random) => new(
        Pick(random, Types),
        random.Next(2) == 0 ? Pick(random, Rows) : null,
        Pick(random, Organizations),
        Pick(random, Users),
        random.Next(5) == 0,
        random.Next(4) == 0 ? new AccessList(Grants(random, [Ids.Me, Ids.Other]), Grants(random, Groups)) : null);

    public static Dictionary<Guid, IReadOnlyList<PermissionAction>> Grants(Random random, Guid[] ids) =>
        ids.Where(_ => random.Next(3) == 0).ToDictionary(id => id, _ => (IReadOnlyList<PermissionAction>)[Pick(random, Actions), Pick(random, Actions)]);

    public static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
