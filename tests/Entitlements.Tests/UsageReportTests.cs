using System.Text;
using Monolith.Entitlements.AiUsage;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Entitlements.Tests;

public sealed class UsageReportTests
{
    private static readonly Guid Me = Guid.CreateVersion7();

    [Theory]
    [InlineData("id", "\"x\"")]
    [InlineData("initiator_id", "null")]
    [InlineData("provider", "\"\"")]
    [InlineData("provider", "\" \"")]
    [InlineData("provider", "7")]
    [InlineData("model", "\"\\u0000\"")]
    [InlineData("client", "\"\\ud800\"")]
    [InlineData("started_at", "\"yesterday\"")]
    [InlineData("started_at", "\"2026-04-21T09:00:01Z\"")]
    [InlineData("ended_at", "\"2026-04-19T08:59:59Z\"")]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", "{\"a\":[\"\\u0000\"]}")]
    public void A_bad_field_is_named_and_costs_only_its_event(string field, string json)
    {
        var events = Read($"[{Event()},{Event(field, json)}]").Report.Events;

        Assert.Null(events[0].Fault);
        Assert.Equal(field, events[1].Fault?.Field);
    }

    [Theory]
    [InlineData("started_at", "\"2026-04-21T09:00:00Z\"")]
    [InlineData("ended_at", "null")]
    [InlineData("metadata", "{\"a\":{\"b\":1}}")]
    public void An_unusual_field_is_accepted(string field, string json) =>
        Assert.Null(Read($"[{Event(field, json)}]").Report.Events[0].Fault);

    [Fact]
    public void Something_that_is_no_object_is_refused_alone()
    {
        var events = Read($"[7,null,{Event()}]").Report.Events;

        Assert.Equal([true, true, false], events.Select(one => one.Fault is not null));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"interceptions\":[]}")]
    [InlineData("{\"interceptions\":null}")]
    public void An_empty_report_is_invalid(string body) =>
        Assert.False(new ReportInterceptionsValidator().Validate(From(body)).IsValid);

    [Fact]
    public void A_report_of_the_wrong_form_or_size_has_an_error()
    {
        Assert.NotNull(From("{\"interceptions\":{}}").Report.Error);
        Assert.NotNull(Read($"[{string.Join(',', Enumerable.Repeat("1", 1001))}]").Report.Error);
        Assert.Null(Read($"[{string.Join(',', Enumerable.Repeat("1", 1000))}]").Report.Error);
    }

    [Fact]
    public async Task One_initiator_that_the_caller_may_not_report_refuses_everything()
    {
        var subject = Substitute.For<Subject>();
        subject.Can(PermissionAction.Create, ResourceObject.OwnedBy(ResourceType.AibridgeInterception, Me)).Returns(true);
        var caller = Substitute.For<ICaller>();
        caller.IsAuthenticated.Returns(true);
        caller.Subject.Returns(subject);
        var authorizer = new ReportInterceptionsAuthorizer(caller);

        Assert.Null(await authorizer.AuthorizeAsync(Read($"[{Event()}]"), CancellationToken.None));
        Assert.Equal(
            ErrorKind.Forbidden,
            (await authorizer.AuthorizeAsync(Read($"[{Event()},{Event("initiator_id", $"\"{Guid.CreateVersion7()}\"")}]"), CancellationToken.None))?.Kind);
    }

    [Theory]
    [InlineData("start", true, true)]
    [InlineData("start", false, false)]
    [InlineData("stop", true, false)]
    [InlineData("delete", true, false)]
    public void Only_a_start_build_of_a_task_is_evidence(string transition, bool task, bool evidence) =>
        Assert.Equal(evidence, new WorkspaceBuild(Me, Me, "w", Me, Me, 1, transition, task, Samples.Now).Evidence is not null);

    private static ReportInterceptionsCommand Read(string events) => From($"{{\"interceptions\":{events}}}");

    private static ReportInterceptionsCommand From(string body) =>
        new(UsageReports.EventsOf<ReportInterceptionsBody, Interception>(Body<ReportInterceptionsBody>.Parse(Encoding.UTF8.GetBytes(body)), Samples.Now));

    private static string Event(string? field = null, string json = "")
    {
        string[] fields =
        [
            $"\"id\":\"{Guid.CreateVersion7()}\"", $"\"initiator_id\":\"{Me}\"", "\"provider\":\"p\"", "\"model\":\"m\"", "\"started_at\":\"2026-04-19T09:00:00Z\"",
        ];
        var kept = fields.Where(one => field is null || !one.StartsWith($"\"{field}\"", StringComparison.Ordinal));
        return $"{{{string.Join(',', field is null ? kept : kept.Append($"\"{field}\":{json}"))}}}";
    }
}
