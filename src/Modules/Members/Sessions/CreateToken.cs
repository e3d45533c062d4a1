using System.Security.Cryptography;
using System.Text.RegularExpressions;
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
/// <param name="AllowList">Entries <c>type:id</c>, or objects with <c>type</c> and <c>id</c>, where either side may be <c>*</c>; absent or empty means everything.</param>
internal sealed record CreateTokenRequest(
    long? Lifetime,
    string? Scope,
    string? TokenName,
    IReadOnlyList<string?>? Scopes,
    IReadOnlyList<AllowListEntry?>? AllowList);

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Create)]
internal sealed record CreateTokenCommand(string User, Body<CreateTokenRequest> Body) : ICommand<GeneratedKey>, IUserRequest;

internal sealed class CreateTokenValidator : AbstractValidator<CreateTokenCommand>
{
    private const int MostScopes = 100;
    private const int MostEntries = 128;
    private const string Reserved = "tokenconfig";

    public CreateTokenValidator(IKeyScopes scopes)
    {
        RuleFor(command => command.Body.Value.Lifetime).Must(lifetime => lifetime is null or >= 0)
            .OverridePropertyName("lifetime").WithMessage("Must not be negative.");
        RuleFor(command => command.Body.Value.TokenName).Must(IsName)
            .OverridePropertyName("token_name").WithMessage("Must be at most 64 characters, without blanks at either end, slashes, control characters, line ends or changes of direction.");
        RuleFor(command => command.Body.Value.Scopes).Must(names => names is null || names.Count <= MostScopes)
            .OverridePropertyName("scopes").WithMessage($"Must be at most {MostScopes} scopes.");
        RuleFor(command => command.Body.Value.AllowList).Must(entries => entries is null || (entries.Count <= MostEntries && entries.All(entry => scopes.CanonicalTarget(entry?.Text) is not null)))
            .OverridePropertyName("allow_list").WithMessage($"Must be at most {MostEntries} entries type:id, where the type is a resource type or *, and the id is a uuid or *.");
    }

    private static bool IsName(string? text) => string.IsNullOrEmpty(text)
        || (DisplayText.Length(text) <= 64 && text.Trim() == text && text != Reserved && !text.Contains('/', StringComparison.Ordinal) && DisplayText.IsPlain(text));
}

internal sealed partial class CreateTokenHandler(ApiKeyOwners owners, ApiKeyIssuer maker, IKeyScopes scopes, TokenLifetimes lifetimes)
    : ICommandHandler<CreateTokenCommand, GeneratedKey>
{
    public async Task<Result<GeneratedKey>> Handle(CreateTokenCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        if (RefuseScopes(body) is { } unknown)
            return unknown;
        var user = await owners.LockAsync(PermissionAction.Create, cancellationToken);
        if (!user.IsSuccess)
            return user.Error;
        var longest = await lifetimes.LongestOfAsync(user.Value.Id, cancellationToken);
        return body.Lifetime > Nanoseconds.Of(longest)
            ? Error.Invalid("lifetime", "Longer than a token of this user may last.")
            : await maker.MakeAsync(user.Value, KeyOf(user.Value, body, longest), cancellationToken);
    }

    /// <summary>The old field is for old clients; the list wins.</summary>
    private static (string Field, IReadOnlyList<string?> Names) Wanted(CreateTokenRequest body) =>
        body.Scopes is { Count: > 0 } ? ("scopes", body.Scopes) : ("scope", [string.IsNullOrEmpty(body.Scope) ? "all" : body.Scope]);

    // The wrong name is told where it looks like one: everything else that a client sent is not repeated.
    private Error? RefuseScopes(CreateTokenRequest body)
    {
        var (field, names) = Wanted(body);
        var wrong = names.Where(name => scopes.Canonical(name) is null).ToList();
        if (wrong.Count == 0)
            return null;
        var named = wrong.Find(name => name is not null && ScopeName().IsMatch(name));
        var detail = $"invalid or unsupported API key scope{(named is null ? "" : $": \"{named}\"")}";
        return Error.Invalid(field, detail) with { Detail = detail };
    }

    private NewApiKey KeyOf(UserInfo user, CreateTokenRequest body, TimeSpan longest)
    {
        IReadOnlyList<string> entries = body.AllowList is { Count: > 0 } ? [.. body.AllowList.Select(entry => entry!.Text)] : ["*:*"];
        return new NewApiKey(user.Id, LoginType.Token, LifetimeOf(body, longest))
        {
            TokenName = string.IsNullOrEmpty(body.TokenName) ? $"token-{RandomNumberGenerator.GetHexString(8, lowercase: true)}" : body.TokenName,
            Scopes = [.. Wanted(body).Names.Select(name => scopes.Canonical(name)!).Distinct(StringComparer.Ordinal)],
            AllowList = scopes.CanonicalList(entries),
        };
    }

    private static TimeSpan LifetimeOf(CreateTokenRequest body, TimeSpan longest) =>
        body.Lifetime is > 0 ? Nanoseconds.ToTime(body.Lifetime.Value)
        : longest < SessionSettings.DefaultTokenLifetime ? longest
        : SessionSettings.DefaultTokenLifetime;

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}:(?:\*|[a-z][a-z0-9_.]{0,63})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ScopeName();
}
