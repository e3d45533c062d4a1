using Microsoft.AspNetCore.Http;
using Monolith.Api.Http;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

public sealed class WarningHeaderTests
{
    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_old_warnings()
    {
        var caller = Substitute.For<ICaller>();
        var subject = Substitute.For<Subject>();
        subject.Can(default, default).ReturnsForAnyArgs(true);
        caller.IsAuthenticated.Returns(true);
        caller.Subject.Returns(subject);
        var warnings = new Warnings();
        var clock = new SetBackClock(TimeProvider.System.GetUtcNow());
        var header = new WarningHeader(warnings, clock);
        await Eventually.HoldsAsync(() => Task.FromResult(Written(header, caller) == "one"), "the first is known");

        warnings.Now = ["two"];
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Pass(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => Task.FromResult(Written(header, caller) == "two"), "the second is known");
    }

    private static string Written(WarningHeader header, ICaller caller)
    {
        var context = new DefaultHttpContext();
        header.Write(context.Response, caller);
        return context.Response.Headers["X-Coder-Entitlements-Warning"].ToString();
    }

    private sealed class Warnings : IEntitlementWarnings
    {
        public IReadOnlyList<string> Now { get; set; } = ["one"];

        public ValueTask<IReadOnlyList<string>> CurrentAsync(CancellationToken cancellationToken) => new(Now);
    }
}
