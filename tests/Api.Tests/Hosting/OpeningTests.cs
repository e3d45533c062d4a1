using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Api.Hosting;
using Monolith.Api.Hosting.Logging;
using Monolith.Api.Verbs;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A database that is there is opened while the services are put together; one that is not waits for them.</summary>
public sealed class OpeningTests
{
    [Fact]
    public async Task A_refused_start_stops_the_database_that_it_began()
    {
        await using var scratch = new Scratch();
        await (await scratch.StartAsync()).StopAsync();
        var mark = EmbeddedRevivalTests.Mark(scratch);

        // It is refused when the server is seen, so it was started meanwhile.
        await Assert.ThrowsAsync<SettingException>(() => RefusedAsync(scratch, () => Assert.True(SpinWait.SpinUntil(() => File.Exists(mark), TimeSpan.FromMinutes(1)), "no server was begun")));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task A_refused_start_makes_no_database()
    {
        await using var scratch = new Scratch();
        await Assert.ThrowsAsync<SettingException>(() => RefusedAsync(scratch, () => { }));
        Assert.False(Directory.Exists(scratch.Data));
    }

    /// <summary>Between the putting together and the host's own handling of signals, one was lost: the server ran on.</summary>
    [Fact]
    public async Task A_signal_that_comes_when_the_server_is_about_to_run_stops_it()
    {
        await using var scratch = new Scratch();
        using var signal = new CancellationTokenSource();
        await using (var app = await ServerBuilder.BuildAsync(EmbeddedRevivalTests.Arguments(scratch), cancellationToken: signal.Token))
        {
            await signal.CancelAsync();
            Assert.Equal(0, await ServeVerb.RunAsync(app, signal.Token).WaitAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.False(File.Exists(EmbeddedRevivalTests.Mark(scratch)));
    }

    /// <summary>The settings are looked at beside the services, which stumble over the first that is wrong.</summary>
    [Fact]
    public async Task All_that_is_wrong_with_the_settings_is_named_when_the_services_stumble_first()
    {
        await using var scratch = new Scratch();
        string[] wrong = [.. EmbeddedRevivalTests.Arguments(scratch), "--Limits:StreamsPerCaller=many", "--RateLimits:ApiPerMinute=few"];
        var refusal = await Assert.ThrowsAsync<SettingException>(() => ServerBuilder.BuildAsync(wrong, _ => throw new InvalidOperationException("stumbled")));
        Assert.Contains("Limits__StreamsPerCaller", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("RateLimits__ApiPerMinute", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.Data));
    }

    [Fact]
    public void What_is_logged_before_there_is_a_log_is_its_beginning()
    {
        var kept = new KeptLog();
        var log = new HeldLogger();
        Assert.True(log.IsEnabled(LogLevel.Information));
        log.LogInformation("first");
        log.LogInformation("second {Number}", 2);
        Assert.Empty(kept.Lines);

        log.Continue(kept);
        log.LogInformation("third");
        Assert.Equal(["first", "second 2", "third"], kept.Lines);
        Assert.False(log.IsEnabled(LogLevel.Information));
    }

    private static Task<WebApplication> RefusedAsync(Scratch scratch, Action before) =>
        ServerBuilder.BuildAsync(EmbeddedRevivalTests.Arguments(scratch), services => services.AddSingleton<IStartCheck>(new Refusal(before)));

    private sealed class Refusal(Action before) : IStartCheck
    {
        public void Check()
        {
            before();
            throw new SettingException("Test", "is refused.");
        }
    }

    private sealed class KeptLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => false;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
