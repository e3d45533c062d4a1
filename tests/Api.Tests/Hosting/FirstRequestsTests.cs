using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Hosting;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>What a server asks itself before it is ready.</summary>
public sealed class FirstRequestsTests
{
    [Fact]
    public async Task They_reach_the_handlers_and_leave_no_trace()
    {
        await using var s = await Scenario.StartAsync();
        var before = await s.Server.SqlAsync("select count(*) from platform.audit_logs");
        // Oneself is nobody here.
        Assert.Equal([404, 200, 200], await s.Server.Services.GetRequiredService<FirstRequests>().AskAsync(CancellationToken.None));
        Assert.Equal(before, await s.Server.SqlAsync("select count(*) from platform.audit_logs"));
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from members.users where not is_system"));
    }
}
