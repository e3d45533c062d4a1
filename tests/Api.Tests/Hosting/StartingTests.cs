using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Hosting;
using Monolith.Kernel.Modules;
using Monolith.Testing;
using Monolith.Web.Http;

namespace Monolith.Api.Tests.Hosting;

/// <summary>While the database is being prepared.</summary>
public sealed class StartingTests
{
    [Theory]
    [InlineData("/docs", true, true)]
    [InlineData("/docs", false, false)]
    [InlineData("/api/v2/users", false, false)]
    [InlineData("/healthz", false, true)]
    public async Task Documents_and_health_are_there_and_what_needs_the_database_is_not(string path, bool isDocument, bool passes)
    {
        var passed = false;
        var readiness = new ReadinessMiddleware(
            _ =>
            {
                passed = true;
                return Task.CompletedTask;
            },
            new DatabaseReadiness());
        var context = new DefaultHttpContext { Request = { Path = path } };
        context.Request.Headers.Accept = path == "/docs" ? "text/html" : "application/json";
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(isDocument ? [new OpenDocumentAttribute()] : []), path));

        // The page of the error needs the whole server.
        await Record.ExceptionAsync(() => readiness.InvokeAsync(context));
        Assert.Equal(passes, passed);
    }

    /// <summary>A rule that was looked at before the licenses were read had nothing to warn of, and warned again a moment later.</summary>
    [Fact]
    public async Task Recurring_work_begins_when_every_module_has_loaded_what_it_needs()
    {
        var last = new LastTask();
        await using var server = await MonolithServer.StartWithAsync(
            services => services.AddSingleton<IStartupTask>(provider =>
            {
                last.Works = [.. provider.GetServices<RecurringWork>()];
                return last;
            }),
            null);

        Assert.NotEmpty(last.Works);
        Assert.Empty(last.Early!);
        await Eventually.HoldsAsync(() => Task.FromResult(last.Works.All(work => work.HasBegun)), "all of it begins");
    }

    private sealed class LastTask : IStartupTask
    {
        public IReadOnlyList<RecurringWork> Works { get; set; } = [];

        public IReadOnlyList<string>? Early { get; private set; }

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Early = [.. Works.Where(work => work.HasBegun).Select(work => work.GetType().Name)];
            return Task.CompletedTask;
        }
    }
}
