using Monolith.BuildingBlocks.Authorization;
using Monolith.Roles.Authorizer;
using Xunit.Abstractions;

namespace Monolith.Roles.Tests;

/// <summary>The authorizer against <see cref="NaiveSubject"/> on random subjects, objects and scopes.</summary>
public sealed class RandomDecisionTests(ITestOutputHelper output)
{
    private const int Subjects = 5_000;
    private const int QuestionsEach = 25;

    private static readonly ResourceType[] Types = [ResourceType.Any, ResourceType.Workspace, ResourceType.Template, ResourceType.User, ResourceType.Chat];
    private static readonly PermissionAction[] Actions =
        [PermissionAction.Any, PermissionAction.Create, PermissionAction.Read, PermissionAction.Update, PermissionAction.Share, PermissionAction.Use];

    private static readonly Guid?[] Organizations = [null, Ids.Org, Ids.OtherOrg, Ids.Of("third-org")];
    private static readonly Guid?[] Users = [null, Ids.Me, Ids.Other];
    private static readonly Guid[] Rows = [Ids.Of("row"), Ids.Of("row-2")];
    private static readonly Guid[] Groups = [Ids.Of("group-1"), Ids.Of("group-2"), Ids.Org];

    [Fact]
    public void Decision_and_filter_agree_with_the_text_of_the_specification()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int decisions = 0, allowed = 0;
        for (var i = 0; i < Subjects; i++)
        {
            var naive = Subject(random);
            var subject = Compile(naive);
            for (var j = 0; j < QuestionsEach; j++)
            {
                var action = Pick(random, Actions);
                var target = Target(random);
                var expected = naive.Can(action, target);
                Assert.True(expected == subject.Can(action, target), $"seed {seed}: {action} on {target}, expected {expected}: {naive}");
                decisions++;
                allowed += expected ? 1 : 0;
            }

            CompareFilter(random, naive, subject, seed);
        }

        Assert.True(decisions >= 100_000);
        Assert.InRange(allowed, decisions / 40, decisions * 39 / 40);
    }

    private static void CompareFilter(Random random, NaiveSubject naive, RoleSubject subject, int seed)
    {
        var (type, action) = (Pick(random, Types), Pick(random, Actions));

        var rows = subject.Visible(action, type);
        foreach (var organization in Organizations)
        {
            foreach (var owner in Users)
            {
                foreach (var id in Rows)
                {
                    var row = new ResourceObject(type, id, organization, owner);
                    var expected = naive.Can(action, row);
                    Assert.True(expected == Shows(rows, row), $"seed {seed}: filter {action} on {row}, expected {expected}: {naive}");
                }
            }
        }
    }

    private static bool Shows(VisibleRows rows, ResourceObject row)
    {
        if (rows.Ids is { } ids && !ids.Contains(row.Id!.Value))
            return false;
        var owned = row.OwnerId == Ids.Me;
        return row.OrganizationId is { } id
            ? rows.Organizations.Contains(id) || rows.Everything || (owned && rows.OwnedInOrganizations.Contains(id))
            : rows.Everything || (owned && rows.OwnedOutsideOrganizations);
    }

    private static NaiveSubject Subject(Random random) => new(
        Ids.Me,
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => (Pick(random, Organizations), Lists(random)))],
        [.. Groups.Where(_ => random.Next(3) == 0)],
        random.Next(3) > 0 ? [new Permission(false, ResourceType.Any, PermissionAction.Any)] : Permissions(random, 4),
        random.Next(4) > 0 ? [AllowEntry.Everything] : [.. Enumerable.Range(0, 2).Select(_ => Entry(random))]);

    private static RoleSubject Compile(NaiveSubject naive) => new(
        naive.Id,
        Actors.Held(naive.Roles),
        new Scope([], PermissionSet.Compile(naive.ScopePermissions), [.. naive.AllowList]),
        [.. naive.Groups]);

    private static PermissionLists Lists(Random random) => new()
    {
        Site = random.Next(4) == 0 ? Permissions(random, 2) : [],
        User = Permissions(random, 5),
        Organization = Permissions(random, 5),
        Member = Permissions(random, 6),
    };

    private static List<Permission> Permissions(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most)).Select(_ => new Permission(random.Next(5) == 0, Pick(random, Types), Pick(random, Actions)))];

    private static AllowEntry Entry(Random random) =>
        new(Pick(random, Types), random.Next(3) > 0 ? Pick(random, Rows) : null, random.Next(3) == 0);

    private static ResourceObject Target(Random random) => new(
        Pick(random, Types),
        random.Next(2) == 0 ? Pick(random, Rows) : null,
        Pick(random, Organizations),
        Pick(random, Users),
        random.Next(5) == 0,
        random.Next(4) == 0 ? new AccessList(Grants(random, [Ids.Me, Ids.Other]), Grants(random, Groups)) : null);

    private static Dictionary<Guid, IReadOnlyList<PermissionAction>> Grants(Random random, Guid[] ids) =>
        ids.Where(_ => random.Next(3) == 0).ToDictionary(id => id, _ => (IReadOnlyList<PermissionAction>)[Pick(random, Actions), Pick(random, Actions)]);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
