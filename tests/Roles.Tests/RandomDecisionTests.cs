using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;
using Xunit.Abstractions;
using static Monolith.Roles.Tests.RandomCases;

namespace Monolith.Roles.Tests;

/// <summary>The authorizer against <see cref="NaiveSubject"/> on random subjects, objects and scopes.</summary>
public sealed class RandomDecisionTests(ITestOutputHelper output)
{
    private const int Subjects = 5_000;
    private const int QuestionsEach = 25;

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
                if (expected != subject.Can(action, target))
                    Assert.Fail($"seed {seed}: {action} on {target}, expected {expected}: {naive}");
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
                    if (expected != Shows(rows, row))
                        Assert.Fail($"seed {seed}: filter {action} on {row}, expected {expected}: {naive}");
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
}
