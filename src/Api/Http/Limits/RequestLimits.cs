using System.Globalization;
using System.Net;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Http.Limits;

/// <summary>
/// The counters of this process: <c>RateLimits:ApiPerMinute</c> (512) for each path of a signed-in caller, and for each address without a valid token;
/// <c>RateLimits:LoginPerMinute</c> (60) for each address and each account where passwords are tried. Zero or less switches one off. Singleton.
/// </summary>
internal sealed class RequestLimits(LimitSettings settings, TimeProvider clock, IHttpContextAccessor http) : IPasswordTries
{
    // A caller may invent paths without end; from here on they share counters.
    public const int PathsOfACaller = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly WindowCounters? _addresses = Counters(settings.ApiPerMinute, clock);
    private readonly WindowCounters? _callers = Counters(settings.ApiPerMinute, clock);
    private readonly WindowCounters? _triesOfAddresses = Counters(settings.LoginPerMinute, clock);
    private readonly WindowCounters? _triesOnAccounts = Counters(settings.LoginPerMinute, clock);
    private readonly KnownTokens _known = new(clock);

    /// <summary>Counters in memory, of every kind.</summary>
    public int Size => new[] { _addresses, _callers, _triesOfAddresses, _triesOnAccounts }.Sum(counters => counters?.Size ?? 0);

    /// <summary>Before the database is asked about a token: an address that has used up its window gets no further guesses. Tokens that were good lately are not held up.</summary>
    public LimitState? BeforeLookUp(IPAddress? address, string token) =>
        _addresses?.Look(Address(address)) is { IsExceeded: true } state && !_known.Contains(token) ? state : null;

    public void Remember(string token)
    {
        if (_addresses is not null)
            _known.Remember(token);
    }

    public LimitState? OfAddress(IPAddress? address) => _addresses?.Take(Address(address));

    public LimitState? OfCaller(Guid userId, PathString path) => _callers?.Take(Path(userId, path));

    public LimitState? TryPassword(IPAddress? address) => _triesOfAddresses?.Take(Address(address));

    /// <inheritdoc />
    public Error? Count(string account)
    {
        if (_triesOnAccounts?.Take(LimitKey.Of(account)) is not { } state)
            return null;
        if (http.HttpContext is { } context)
            LimitHeaders.Note(context, state);
        return state.IsExceeded ? TooMany(state) : null;
    }

    public static Error TooMany(LimitState state) =>
        new(ErrorKind.TooManyRequests, "Too many requests. Wait a moment and try again.", RetryAfter: state.Reset);

    private static UInt128 Address(IPAddress? address) => LimitKey.Of(ClientNetwork.Of(address));

    private static UInt128 Path(Guid userId, PathString path)
    {
        var bucket = (int)(LimitKey.Of(path.Value!.TrimEnd('/').ToUpperInvariant()) % PathsOfACaller);
        return LimitKey.Of(string.Create(CultureInfo.InvariantCulture, $"{userId:N} {bucket}"));
    }

    private static WindowCounters? Counters(int limit, TimeProvider clock) => limit > 0 ? new WindowCounters(limit, Window, clock) : null;
}
