using System.Text.Json;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Json;
using Monolith.Roles.AuthCheck;
using Monolith.Roles.Authorizer;
using Xunit.Abstractions;
using static Monolith.Roles.Authorizer.Grant;
using static Monolith.Roles.Tests.RandomCases;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>An explanation decides as the authorizer does, and its parts add up to its decision.</summary>
public sealed class ExplanationTests(ITestOutputHelper output)
{
    private static readonly ResourceObject Mine = new(T.Workspace, OrganizationId: Ids.Org, OwnerId: Ids.Me);

    [Fact]
    public void It_agrees_with_the_authorizer_and_adds_up()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var settled = new Dictionary<Decider, int>();
        for (var i = 0; i < 2_000; i++)
        {
            var naive = Subject(random);
            var subject = Compile(naive);
            for (var j = 0; j < 50; j++)
            {
                var (action, target) = (Pick(random, Actions), Target(random));
                var decision = DecisionExplainer.Explain(subject, action, target);
                Func<string> context = () => $"seed {seed}: {action} on {target}: {decision} {naive}";
                Check(decision.Allowed == subject.Can(action, target), context);
                Check(decision.Allowed == naive.Can(action, target), context);
                if (!ResourceCatalog.Declares(target.Type, action))
                    continue;
                AssertAddsUp(decision, target, context);
                settled[decision.DecidedBy] = settled.GetValueOrDefault(decision.DecidedBy) + 1;
            }
        }

        Assert.Equal(Enum.GetValues<Decider>(), settled.Keys.Order());
        Assert.All(settled.Values, count => Assert.InRange(count, 100, int.MaxValue));
    }

    [Fact]
    public void A_ban_shows_against_what_it_bans()
    {
        var decision = DecisionExplainer.Explain((RoleSubject)Actors.Member("organization-workspace-creation-ban:org"), A.Create, Mine);
        Assert.Equal((false, Decider.Organization), (decision.Allowed, decision.DecidedBy));
        Assert.Equal("Denied on everything in the organization by organization-workspace-creation-ban.", decision.Reason);
        Assert.Equal(
            [("organization-workspace-creation-ban", Level.Organization, Vote.Deny, true), ("organization-workspace-access", Level.Member, Vote.Allow, false)],
            decision.Roles.Select(role => (role.Role, role.Level, role.Vote, role.Decisive)));
    }

    [Fact]
    public void On_the_wire()
    {
        var decision = DecisionExplainer.Explain((RoleSubject)Actors.Scoped(["workspace:read"]), A.Ssh, Mine);
        var json = JsonSerializer.SerializeToNode(decision, WireJson.Options)!;
        Assert.Equal("scope", json["decided_by"]!.GetValue<string>());
        Assert.Equal("Refused: the user may do this, but no scope of the API key grants it.", json["reason"]!.GetValue<string>());
        Assert.Equal($$"""{"resource_type":"workspace","organization_id":"{{Ids.Org}}","owner_id":"{{Ids.Me}}","any_org":false}""", json["object"]!.ToJsonString());
        Assert.Equal("""{"level":"member","applies":true,"vote":"allow"}""", json["levels"]![3]!.ToJsonString());
        Assert.Equal("""{"negate":false,"resource_type":"workspace","action":"ssh"}""", json["roles"]![0]!["permission"]!.ToJsonString());
        Assert.Equal("""{"allowed":false,"scopes":["workspace:read"],"permits":false,"listed":true}""", json["scope"]!.ToJsonString());
        Assert.Null(json["access_list"]);
    }

    [Fact]
    public void A_role_that_grants_and_denies_speaks_twice()
    {
        var both = new PermissionLists { Organization = [.. Allow(T.Workspace, A.Read), .. Deny(T.Workspace, A.Any)] };
        var decision = DecisionExplainer.Explain(Actors.Of((Ids.Org, both)), A.Read, Mine);
        Assert.Equal([(Vote.Allow, false), (Vote.Deny, true)], decision.Roles.Select(role => (role.Vote, role.Decisive)));
    }

    private static void AssertAddsUp(Decision decision, ResourceObject target, Func<string> context)
    {
        // Within one organization a level is the sum of what its roles say; over all organizations the best one counts.
        if (!target.AnyOrganization)
        {
            foreach (var level in decision.Levels)
            {
                var said = decision.Roles.Where(role => role.Level == level.Level).Select(role => role.Vote).ToList();
                var sum = said.Contains(Vote.Deny) ? Vote.Deny : said.Contains(Vote.Allow) ? Vote.Allow : Vote.Abstain;
                Check(sum == level.Vote && (level.Applies || sum == Vote.Abstain), context);
            }
        }

        var first = decision.Levels.FirstOrDefault(level => level.Vote != Vote.Abstain)?.Vote ?? Vote.Abstain;
        var roles = first == Vote.Allow || decision.AccessList?.Allowed == true;
        Check(decision.Allowed == (roles && decision.Scope!.Allowed), context);
        Check(decision.Scope!.Allowed == (decision.Scope.Permits && decision.Scope.Listed), context);
        Check((decision.DecidedBy == Decider.Scope) == (roles && !decision.Scope.Allowed), context);
        var byRole = decision.DecidedBy is Decider.Site or Decider.User or Decider.Organization or Decider.Member;
        Check(decision.Roles.Any(role => role.Decisive) == byRole, context);
    }

    // The text of a failure is long: it is written only when there is one.
    private static void Check(bool holds, Func<string> context)
    {
        if (!holds)
            Assert.Fail(context());
    }
}
