using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Monolith.Api.Http;
using Monolith.Kernel.Authorization;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Api.Hosting;

/// <summary>
/// Asks the server over its own address for what everybody asks for first, before it is ready: code, contracts and connections that are made once are there when the first client comes.
/// It asks with a token that is nobody's, and as an owner who is nobody and may only read. That one is let in by a secret of this process, as long as the server is not ready and everybody else is sent away.
/// The answers go nowhere, and a failure only leaves the work to the first request.
/// </summary>
internal sealed partial class FirstRequests(IServer server, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FirstRequests> log)
{
    /// <summary>Carries <see cref="Secret"/>.</summary>
    internal const string Header = "Monolith-First-Request";

    private const string CheckHeader = "Monolith-First-Check";

    // Well formed, and nobody's.
    private const string Token = "0000000000-0000000000000000000000";

    private const string Organization = "default";
    private const string Members = $"{ApiRoutes.Prefix}/organizations/{Organization}/paginated-members?limit=25";
    private const string Users = $"{ApiRoutes.Prefix}/users?limit=25";

    // As many as ways of the token check; also, the container makes a service by reflection first, writes code for it the second time, and runs that code for the first time the third time.
    private static readonly RehearsedCheck[] Rounds = [RehearsedCheck.Before, RehearsedCheck.Ahead, RehearsedCheck.AheadWithRoles];

    private static readonly string[] Scopes = ["user:read", "organization:read", "organization_member:read"];

    // An address that leads nowhere must not hold up the start.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly byte[] _secret = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64));
    private FirstCaller? _caller;

    /// <summary>Known to this process alone.</summary>
    internal string Secret => Encoding.ASCII.GetString(_secret);

    /// <summary>Fails only when it is given up.</summary>
    /// <param name="loaded">Ends when the modules have loaded what their requests need. Who has no session is refused before it comes to that, so that is asked meanwhile.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task RunAsync(Task loaded, CancellationToken cancellationToken)
    {
        try
        {
            // The server listens when the host has started.
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (lifetime.ApplicationStarted.Register(started.SetResult))
                await started.Task.WaitAsync(cancellationToken);
            await AskAsync(loaded, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Who loads it says why it failed.
            if (!loaded.IsFaulted)
                LogFailed(exception.Message);
        }
        finally
        {
            _caller = null;
        }
    }

    /// <summary>True for a request of this class: it may go on, as the owner or with the token that it brings. To be asked only while the server is not ready.</summary>
    public bool LetsIn(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method)
            || context.Request.Headers[Header] is not [{ } sent]
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(sent), _secret))
            return false;

        // It counts nowhere: not in the limits of an address, not in what is measured, not among the traces.
        context.Connection.RemoteIpAddress = null;
        context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
        Activity.Current?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        if (_caller is { } caller && !context.Request.Headers.ContainsKey(SentTokens.SessionHeader))
        {
            context.RequestServices.GetRequiredService<CallerContext>().Renew(new SessionResult(caller.Owner, null, null));
            if (caller.Session is { } session && Enum.TryParse<RehearsedCheck>(context.Request.Headers[CheckHeader], out var check))
                context.RequestServices.GetRequiredService<ISessionRehearsal>().Check(session, context.Request.RouteValues["organization"] as string, check);
        }

        return true;
    }

    /// <summary>The statuses of each of the requests; those without a session go first.</summary>
    internal async Task<IReadOnlyList<int>> AskAsync(Task loaded, CancellationToken cancellationToken)
    {
        // At once: it is work for the processor, and leaves a connection behind that has planned already.
        var knocks = RoundsAsync(Members, Token, cancellationToken);
        _caller = await CallerAsync(cancellationToken);
        await loaded;
        string[] asked = [.. _caller.Session is { } session ? [$"{ApiRoutes.Prefix}/users/{session.UserId}"] : (string[])[], Users, Members];
        var statuses = await Task.WhenAll(asked.Select(target => RoundsAsync(target, null, cancellationToken)).Prepend(knocks));
        return [.. statuses.SelectMany(one => one)];
    }

    private Task<List<int>> RoundsAsync(string target, string? token, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var statuses = new List<int>();
            foreach (var round in Rounds)
                statuses.Add(await AskAsync(target, token, round, cancellationToken));
            return statuses;
        },
        cancellationToken);

    private async Task<int> AskAsync(string target, string? token, RehearsedCheck check, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var address = Address();
        using var client = new TcpClient();
        await client.ConnectAsync(EndPoint(address), patience.Token);
        await using var stream = address.Scheme == Uri.UriSchemeHttps ? await SecureAsync(client.GetStream(), patience.Token) : client.GetStream();
        var request = $"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nAccept-Encoding: {(check is RehearsedCheck.Before ? "identity" : "gzip")}\r\n"
            + $"{Header}: {Secret}\r\n{CheckHeader}: {check}\r\n"
            + (token is null ? "" : $"{SentTokens.SessionHeader}: {token}\r\n")
            + "\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        return await StatusAsync(stream, patience.Token);
    }

    // "HTTP/1.1 200 OK", and then all that follows.
    private static async Task<int> StatusAsync(Stream stream, CancellationToken cancellationToken)
    {
        const int place = 9;
        var buffer = new byte[1 << 14];
        var head = await stream.ReadAtLeastAsync(buffer, place + 3, true, cancellationToken);
        var status = int.Parse(buffer.AsSpan(place, 3), CultureInfo.InvariantCulture);
        while (head > 0)
            head = await stream.ReadAsync(buffer, cancellationToken);
        return status;
    }

    private Uri Address()
    {
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)).ToList();
        return addresses.Find(address => address.Scheme == Uri.UriSchemeHttp) ?? addresses[0];
    }

    // A server that listens on every address listens on this machine's own, too; so does one with a name.
    private static IPEndPoint EndPoint(Uri address) => new(
        IPAddress.TryParse(address.DnsSafeHost, out var one) && !one.Equals(IPAddress.Any) && !one.Equals(IPAddress.IPv6Any) ? one : IPAddress.Loopback,
        address.Port);

    [SuppressMessage("Security", "CA5359", Justification = "Whatever its certificate says, the address is this server's own, and what is sent is good for no other.")]
    private static async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream, false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, cancellationToken);
        return secure;
    }

    private async Task<FirstCaller> CallerAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return new(
            await scope.ServiceProvider.GetRequiredService<ISubjects>().CreateAsync(new SubjectFacts(Guid.Empty, false, [RoleName.Owner], [], [], Scopes), cancellationToken),
            await scope.ServiceProvider.GetRequiredService<ISessionRehearsal>().BeginAsync(Organization, cancellationToken));
    }

    [LoggerMessage(LogLevel.Information, "What everybody asks for first could not be asked ahead: {Reason}")]
    private partial void LogFailed(string reason);

    /// <summary>As whom it asks, and a session whose check goes ahead as it would for a client; null when there is none.</summary>
    private sealed record FirstCaller(Subject Owner, RehearsedSession? Session);
}
