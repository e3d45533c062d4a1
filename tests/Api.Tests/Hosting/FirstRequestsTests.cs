using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Hosting;
using Monolith.Kernel.Authorization;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>What a server asks itself before it is ready.</summary>
public sealed class FirstRequestsTests
{
    // Nobody is refused, an owner who is nobody finds no self, and sees both lists.
    private static readonly int[] Expected = [401, 401, 401, 404, 404, 404, 200, 200, 200, 200, 200, 200];

    [Fact]
    public async Task They_reach_the_handlers_and_leave_no_trace()
    {
        await using var s = await Scenario.StartAsync();
        var before = await s.Server.SqlAsync("select count(*) from platform.audit_logs");
        Assert.Equal(Expected, await s.Server.Services.GetRequiredService<FirstRequests>().AskAsync(Task.CompletedTask, CancellationToken.None));
        Assert.Equal(before, await s.Server.SqlAsync("select count(*) from platform.audit_logs"));
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from members.users where not is_system"));
    }

    [Fact]
    public async Task They_wait_for_what_the_modules_load_and_leave_its_failure_to_the_start()
    {
        await using var server = await MonolithServer.StartAsync();
        var requests = server.Services.GetRequiredService<FirstRequests>();
        var loading = new TaskCompletionSource();
        var asked = requests.AskAsync(loading.Task, CancellationToken.None);
        loading.SetException(new InvalidOperationException("not loaded"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => asked);
        await requests.RunAsync(loading.Task, CancellationToken.None);
    }

    [Fact]
    public async Task The_token_check_is_rehearsed_with_a_key_that_is_there_and_lets_nobody_in()
    {
        await using var s = await Scenario.StartAsync();
        await using var scope = s.Server.Services.CreateAsyncScope();
        var rehearsal = scope.ServiceProvider.GetRequiredService<ISessionRehearsal>();
        var key = await rehearsal.BeginAsync("default", CancellationToken.None);
        Assert.Equal(1L, await s.Server.SqlAsync($"select count(*) from members.api_keys where id = '{key}'"));
        Assert.False(scope.ServiceProvider.GetRequiredService<ICaller>().IsAuthenticated);
        Assert.Equal(401, (await s.Anonymous().GetAsync("/users/me")).Code);

        await s.Server.SqlAsync("delete from members.api_keys");
        Assert.Null(await rehearsal.BeginAsync("default", CancellationToken.None));
        Assert.Equal(Expected, await s.Server.Services.GetRequiredService<FirstRequests>().AskAsync(Task.CompletedTask, CancellationToken.None));
    }
}
