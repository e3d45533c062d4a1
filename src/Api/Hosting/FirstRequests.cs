using Monolith.Api.Http;
using Monolith.Kernel.Authorization;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Api.Hosting;

/// <summary>
/// Asks what everybody asks for first before the server is ready: code, contracts and connections that are made once are there when the first request comes.
/// It asks the routes themselves as an owner whom nobody else is, and the whole pipeline as somebody whom it refuses; the answers go nowhere, and a failure only leaves the work to the first request.
/// </summary>
internal sealed partial class FirstRequests(HttpPipeline pipeline, IServiceScopeFactory scopes, EndpointDataSource endpoints, IHostApplicationLifetime lifetime, ILogger<FirstRequests> log)
{
    // Well formed, and nobody's.
    private const string Token = "0000000000-0000000000000000000000";

    private static readonly (string Route, RouteValueDictionary Values, string Query)[] Asked =
    [
        ("get-user", new() { ["user"] = "me" }, ""),
        ("get-users", [], "?limit=25"),
        ("paginated-organization-members", new() { ["organization"] = Organization }, "?limit=25"),
    ];

    private const string Organization = "default";

    // The container makes a service by reflection first, writes code for it the second time, and runs that code for the first time the third time.
    private const int Rounds = 3;

    /// <summary>Fails only when it is given up.</summary>
    /// <param name="loaded">Ends when the modules have loaded what their requests need. The pipeline refuses before it comes to that, so it is asked meanwhile.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task RunAsync(Task loaded, CancellationToken cancellationToken)
    {
        try
        {
            // The routes are there when the host has started.
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (lifetime.ApplicationStarted.Register(started.SetResult))
                await started.Task.WaitAsync(cancellationToken);
            await AskAsync(loaded, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Who loads it says why it failed.
            if (!loaded.IsFaulted)
                LogFailed(exception);
        }
    }

    /// <summary>The statuses of each of the requests; those of the pipeline go first.</summary>
    internal async Task<IReadOnlyList<int>> AskAsync(Task loaded, CancellationToken cancellationToken)
    {
        // At once: it is work for the processor, and each leaves a connection behind that has planned already.
        var knocks = RoundsAsync(() => KnockAsync(cancellationToken), cancellationToken);
        var (owner, key) = await OwnerAsync(cancellationToken);
        await loaded;
        var statuses = await Task.WhenAll(Asked
            .Select(one => RoundsAsync(() => AskAsync(owner, key, one.Route, one.Values, one.Query, cancellationToken), cancellationToken))
            .Prepend(knocks));
        return [.. statuses.SelectMany(one => one)];
    }

    private static Task<List<int>> RoundsAsync(Func<Task<int>> askAsync, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var statuses = new List<int>();
            for (var round = 0; round < Rounds; round++)
                statuses.Add(await askAsync());
            return statuses;
        },
        cancellationToken);

    private async Task<int> AskAsync(Subject owner, string? key, string route, RouteValueDictionary values, string query, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CallerContext>().Renew(new SessionResult(owner, null, null));
        if (key is not null)
            services.GetRequiredService<ISessionRehearsal>().GoAhead(key, values.GetValueOrDefault("organization") as string);
        var endpoint = endpoints.Endpoints.Single(one => one.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == route);
        var context = Context(services, cancellationToken);
        context.Request.QueryString = new QueryString(query);
        context.Request.RouteValues = new RouteValueDictionary(values);
        context.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(context);
        return context.Response.StatusCode;
    }

    private async Task<int> KnockAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope.ServiceProvider, cancellationToken);
        context.Request.Path = $"{ApiRoutes.Prefix}/organizations/{Organization}/paginated-members";
        context.Request.Headers[SentTokens.SessionHeader] = Token;
        context.Features.Set(FirstRequest.One);
        await pipeline.AskAsync(context);
        return context.Response.StatusCode;
    }

    private static DefaultHttpContext Context(IServiceProvider services, CancellationToken cancellationToken) => new()
    {
        RequestServices = services,
        RequestAborted = cancellationToken,
        Request = { Method = HttpMethods.Get, Scheme = "http", Host = new HostString("localhost") },
        Response = { Body = Stream.Null },
    };

    private async Task<(Subject Owner, string? Key)> OwnerAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (
            await scope.ServiceProvider.GetRequiredService<ISubjects>().CreateAsync(new SubjectFacts(Guid.Empty, false, [RoleName.Owner], [], [], ["coder:all"]), cancellationToken),
            await scope.ServiceProvider.GetRequiredService<ISessionRehearsal>().BeginAsync(Organization, cancellationToken));
    }

    [LoggerMessage(LogLevel.Warning, "What everybody asks for first could not be asked ahead")]
    private partial void LogFailed(Exception exception);
}

/// <summary>Marks a request of <see cref="FirstRequests"/>, which comes before the server is ready. No client can set it.</summary>
internal sealed class FirstRequest
{
    public static FirstRequest One { get; } = new();
}

/// <summary>The middlewares of the server, for who asks without a connection.</summary>
internal sealed class HttpPipeline
{
    private RequestDelegate? _first;

    /// <summary>Takes what is put behind it.</summary>
    public void Use(IApplicationBuilder app) => app.Use(next => _first = next);

    public Task AskAsync(HttpContext context) => (_first ?? throw new InvalidOperationException("The server has no pipeline yet."))(context);
}
