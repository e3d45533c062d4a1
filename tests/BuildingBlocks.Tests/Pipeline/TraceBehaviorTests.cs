using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

public sealed class TraceBehaviorTests
{
    [Theory]
    [InlineData("value", "Ok", ActivityStatusCode.Unset)]
    [InlineData("error", "NotFound", ActivityStatusCode.Unset)]
    [InlineData("bug", "Exception", ActivityStatusCode.Error)]
    public async Task The_activity_says_how_the_handler_ended(string end, string outcome, ActivityStatusCode status)
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PipelineActivity.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.DisplayName == nameof(Traced))
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var behavior = new TraceBehavior<Traced, Result<int>>(NullLogger<TraceBehavior<Traced, Result<int>>>.Instance);
        var run = behavior.Handle(new Traced(), CancellationToken.None, () => end switch
        {
            "value" => Task.FromResult<Result<int>>(1),
            "error" => Task.FromResult<Result<int>>(new Error(ErrorKind.NotFound, "Gone.")),
            _ => Task.FromException<Result<int>>(new InvalidOperationException("broken")),
        });
        Assert.Equal(end == "bug", await Record.ExceptionAsync(() => run) is InvalidOperationException);
        var activity = Assert.Single(activities);
        Assert.Equal((outcome, status), (activity.GetTagItem("outcome"), activity.Status));
    }

    private sealed record Traced;
}
