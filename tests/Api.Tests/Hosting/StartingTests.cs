using System.CodeDom.Compiler;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
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
            new DatabaseReadiness(),
            new FirstRequests(
                Substitute.For<IServer>(), Substitute.For<IServiceScopeFactory>(), Substitute.For<IHostApplicationLifetime>(), TimeProvider.System, NullLogger<FirstRequests>.Instance));
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

    /// <summary>All at once, it took both cores when the first requests came.</summary>
    [Fact]
    public async Task Recurring_work_begins_one_after_the_other()
    {
        await using var server = await MonolithServer.StartWithAsync(services => services.AddRecurringWork<FirstWork>().AddRecurringWork<SecondWork>(), null);
        var (first, second) = (server.Services.GetRequiredService<FirstWork>(), server.Services.GetRequiredService<SecondWork>());

        await Eventually.HoldsAsync(() => Task.FromResult(second.HasBegun), "the second begins");
        Assert.Equal(1, first.Times);
        Assert.False(first.SecondHadBegun);
    }

    /// <summary>What the framework writes for a route when the server starts is compiled then: 350 methods, half a second of each start.</summary>
    [Fact]
    public async Task Every_route_was_compiled_with_its_module()
    {
        await using var server = await MonolithServer.StartAsync();
        var own = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => (endpoint.DisplayName, Handler: endpoint.Metadata.GetMetadata<MethodInfo>(), Generated: endpoint.Metadata.GetMetadata<GeneratedCodeAttribute>()))
            .Where(route => route.Handler?.DeclaringType?.Assembly.GetName().Name?.StartsWith("Monolith", StringComparison.Ordinal) == true)
            .ToList();

        Assert.NotEmpty(own);
        Assert.Empty(own.Where(route => route.Generated is null).Select(route => route.DisplayName));
    }

    /// <summary>The host watched every folder below the one it was started in: 4 s of a start in the root of a machine, as the unit of systemd has it.</summary>
    [Fact]
    public void No_folder_is_watched()
    {
        var files = ServerBuilder.Configuration([]).Providers.OfType<FileConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(file => file.Source.ReloadOnChange).Select(file => file.Source.Path));
    }

    private abstract class SeldomWork() : RecurringWork(TimeProvider.System)
    {
        protected override Task WorkAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override TimeSpan PauseFrom(DateTimeOffset now) => TimeSpan.FromDays(1);

        protected override void Failed(Exception exception)
        {
        }
    }

    private sealed class FirstWork(SecondWork second) : SeldomWork
    {
        public int Times { get; private set; }

        public bool SecondHadBegun { get; private set; }

        protected override async Task WorkAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            SecondHadBegun = second.HasBegun;
            Times++;
        }
    }

    private sealed class SecondWork : SeldomWork;

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
