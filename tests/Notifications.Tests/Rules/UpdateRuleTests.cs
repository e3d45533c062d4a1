using Monolith.Kernel.Auditing;
using Monolith.Kernel.Results;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Rules;
using Monolith.Notifications.Tests.World;
using Monolith.Web.Http;

namespace Monolith.Notifications.Tests.Rules;

/// <summary>The command without a database.</summary>
public sealed class UpdateRuleTests
{
    private readonly IRuleStore _rules = Substitute.For<IRuleStore>();
    private readonly AuditTrail _audit = Trail.New();

    public UpdateRuleTests() =>
        _rules.LockAsync("seats_used", Arg.Any<CancellationToken>()).Returns(new RuleRow { Rule = "seats_used", Enabled = true, Thresholds = [80, 90, 100], Level = 2, Reading = "Full" });

    [Fact]
    public async Task A_rule_that_is_changed_begins_anew_and_leaves_a_row()
    {
        var rule = (await SetAsync("seats_used", new(null, [95, 50]))).Value;
        Assert.Equal((false, null), (rule.IsTold, rule.Reading));
        Assert.Equal([50, 95], rule.Thresholds);
        await _rules.Received(1).SetAsync("seats_used", true, Arg.Is<int[]>(set => set.SequenceEqual(new[] { 50, 95 })), Arg.Any<CancellationToken>());
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal((AuditAction.Write, "notification_rule", "seats_used"), (entry.Action, entry.ResourceType, entry.Target));
    }

    [Fact]
    public async Task What_changes_nothing_is_neither_written_nor_recorded()
    {
        Assert.True((await SetAsync("seats_used", new(true, [100, 90, 80]))).Value.IsTold);
        await _rules.DidNotReceiveWithAnyArgs().SetAsync(null!, default, null!, default);
        Assert.Empty(_audit.Entries);
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_is_not_found() => Assert.Equal(ErrorKind.NotFound, (await SetAsync("no_such_rule", new(true, null))).Error!.Kind);

    [Theory]
    [InlineData("seats_used", "1", true)]
    [InlineData("seats_used", "100 1", true)]
    [InlineData("seats_used", "", false)]
    [InlineData("seats_used", "0", false)]
    [InlineData("seats_used", "101", false)]
    [InlineData("seats_used", "5 5", false)]
    [InlineData("license_ends", "365", true)]
    [InlineData("license_ends", "366", false)]
    [InlineData("users_become_dormant", "7 8", false)]
    [InlineData("audit_chain_broken", "744", true)]
    [InlineData("audit_chain_broken", "745", false)]
    public void Thresholds_lie_within_the_bounds_of_the_rule(string rule, string thresholds, bool isValid)
    {
        int[] numbers = [.. thresholds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.Equal(isValid, new UpdateRuleValidator().Validate(Command(rule, new(null, numbers))).IsValid);
    }

    private Task<Result<Rule>> SetAsync(string rule, UpdateRuleRequest request) => new UpdateRuleHandler(_rules, _audit).Handle(Command(rule, request), CancellationToken.None);

    private static UpdateRuleCommand Command(string rule, UpdateRuleRequest request) => new(rule, Body<UpdateRuleRequest>.Of(request));
}
