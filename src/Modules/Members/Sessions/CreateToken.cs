using System.Security.Cryptography;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class CreateTokenEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/{user}/keys/tokens",
            (string user, Body<CreateTokenRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateTokenCommand(user, body), ct).Created())
        .For<CreateTokenCommand>("create-token-api-key", "Makes a named token for a user.")
        .Produces<GeneratedKey>(201)
        .Fails(403, 409);
}

/// <summary>A named token.</summary>
/// <param name="Lifetime">Nanoseconds; 0 or absent takes the default of seven days.</param>
/// <param name="Scope">For old clients; <paramref name="Scopes"/> wins. Neither means everything the user may do.</param>
/// <param name="TokenName">Unique for each user; made up when empty.</param>
/// <param name="AllowList">Entries <c>type:id</c>, where either side may be <c>*</c>; absent or empty means everything.</param>
internal sealed record CreateTokenRequest(
    long? Lifetime,
    string? Scope,
    string? TokenName,
    IReadOnlyList<string>? Scopes,
    IReadOnlyList<string>? AllowList);

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Create)]
internal sealed record CreateTokenCommand(string User, Body<CreateTokenRequest> Body) : ICommand<GeneratedKey>, IUserRequest;

internal sealed class CreateTokenValidator : AbstractValidator<CreateTokenCommand>
{
    private const int MaxEntries = 100;
    private const string Reserved = "tokenconfig";

    public CreateTokenValidator(SessionSettings options, IKeyScopes scopes)
    {
        RuleFor(command => command.Body.Value.Lifetime).Must(lifetime => lifetime is null or >= 0 && (lifetime ?? 0) <= Nanoseconds.Of(options.MaxTokenLifetime))
            .OverridePropertyName("lifetime").WithMessage("Must not be negative, nor longer than the longest lifetime of the deployment.");
        RuleFor(command => command.Body.Value.TokenName).Must(IsName)
            .OverridePropertyName("token_name").WithMessage("Must be at most 64 characters, without blanks at either end, slashes, control characters, line ends or changes of direction.");
        RuleFor(command => command.Body.Value.Scope).Must(scope => string.IsNullOrEmpty(scope) || scope is "all" or "application_connect")
            .OverridePropertyName("scope").WithMessage("Must be all or application_connect.");
        RuleFor(command => command.Body.Value.Scopes).Must(names => names is null || (names.Count <= MaxEntries && names.All(name => scopes.Canonical(name) is not null)))
            .OverridePropertyName("scopes").WithMessage("Must be at most 100 known scopes.");
        RuleFor(command => command.Body.Value.AllowList).Must(entries => entries is null || (entries.Count <= MaxEntries && entries.All(entry => scopes.CanonicalTarget(entry) is not null)))
            .OverridePropertyName("allow_list").WithMessage("Must be at most 100 entries type:id, where the id is a uuid or *.");
    }

    private static bool IsName(string? text) => string.IsNullOrEmpty(text)
        || (DisplayText.Length(text) <= 64 && text.Trim() == text && text != Reserved && !text.Contains('/', StringComparison.Ordinal) && DisplayText.IsPlain(text));
}

internal sealed class CreateTokenHandler(ApiKeyOwners owners, ApiKeyIssuer maker, IKeyScopes scopes, SessionSettings options)
    : ICommandHandler<CreateTokenCommand, GeneratedKey>
{
    public async Task<Result<GeneratedKey>> Handle(CreateTokenCommand request, CancellationToken cancellationToken)
    {
        var user = await owners.LockAsync(PermissionAction.Create, cancellationToken);
        return user.IsSuccess ? await maker.MakeAsync(user.Value, KeyOf(user.Value, request.Body.Value), cancellationToken) : user.Error;
    }

    private NewApiKey KeyOf(UserInfo user, CreateTokenRequest body)
    {
        IReadOnlyList<string> names = body.Scopes is { Count: > 0 } ? body.Scopes : [string.IsNullOrEmpty(body.Scope) ? "all" : body.Scope];
        IReadOnlyList<string> entries = body.AllowList is { Count: > 0 } ? body.AllowList : ["*:*"];
        return new NewApiKey(user.Id, LoginType.Token, LifetimeOf(body))
        {
            TokenName = string.IsNullOrEmpty(body.TokenName) ? $"token-{RandomNumberGenerator.GetHexString(8, lowercase: true)}" : body.TokenName,
            Scopes = [.. names.Select(name => scopes.Canonical(name)!).Distinct(StringComparer.Ordinal)],
            AllowList = [.. entries.Select(entry => scopes.CanonicalTarget(entry)!).Distinct(StringComparer.Ordinal)],
        };
    }

    private TimeSpan LifetimeOf(CreateTokenRequest body) =>
        body.Lifetime is > 0 ? Nanoseconds.ToTime(body.Lifetime.Value)
        : options.MaxTokenLifetime < SessionSettings.DefaultTokenLifetime ? options.MaxTokenLifetime
        : SessionSettings.DefaultTokenLifetime;
}

/// <summary>Durations on the wire are whole nanoseconds.</summary>
internal static class Nanoseconds
{
    public static long Of(TimeSpan time) => time.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick ? long.MaxValue : time.Ticks * TimeSpan.NanosecondsPerTick;

    public static TimeSpan ToTime(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
