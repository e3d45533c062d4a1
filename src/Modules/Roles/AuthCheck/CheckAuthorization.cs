namespace Monolith.Roles.AuthCheck;

internal sealed class CheckAuthorizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/authcheck",
            (Body<AuthCheckRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CheckAuthorizationQuery(body), ct).Ok())
        .For<CheckAuthorizationQuery>("check-authorization", "Answers many questions at once, each whether the caller may do something to an object.")
        .ReadsOnly()
        .Produces<IReadOnlyDictionary<string, bool>>();
}

[RequiresSession]
[NothingToValidate("Faults name the check they are in, so the handler reports them.")]
internal sealed record CheckAuthorizationQuery(Body<AuthCheckRequest> Body) : IQuery<IReadOnlyDictionary<string, bool>>;

internal sealed class CheckAuthorizationHandler(ICaller caller, StoredObjects objects)
    : IQueryHandler<CheckAuthorizationQuery, IReadOnlyDictionary<string, bool>>
{
    public async Task<Result<IReadOnlyDictionary<string, bool>>> Handle(CheckAuthorizationQuery request, CancellationToken cancellationToken)
    {
        var checks = request.Body.Value.Checks ?? new Dictionary<string, AuthCheckItem?>();
        if (AuthCheckFaults.Find(checks) is { } fault)
            return fault;

        var answers = new Dictionary<string, bool>(checks.Count);
        foreach (var (key, check) in checks)
            answers[key] = await DecideAsync(check!.Object!, check.Action, cancellationToken);
        return answers;
    }

    private async ValueTask<bool> DecideAsync(AuthCheckObject asked, string? actionName, CancellationToken cancellationToken)
    {
        if (!ResourceCatalog.TryParse(asked.ResourceType, out ResourceType type) || !ResourceCatalog.TryParse(actionName, out PermissionAction action))
            return false;
        if (asked.ResourceId is not { Length: > 0 } id)
            return caller.Can(action, Describe(type, asked));
        return await objects.FindReadableAsync(type, Guid.ParseExact(id, "D"), cancellationToken) is { } stored
            && caller.Can(action, stored);
    }

    private ResourceObject Describe(ResourceType type, AuthCheckObject asked) => new(
        type,
        OrganizationId: Reference(asked.OrganizationId),
        OwnerId: asked.OwnerId == "me" ? caller.UserId : Reference(asked.OwnerId),
        AnyOrganization: asked.AnyOrg ?? false);

    // Text that is no uuid still names something: an owner or organization that nobody is or belongs to.
    private static Guid? Reference(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return Guid.TryParseExact(text, "D", out var id) ? id : Guid.AllBitsSet;
    }
}
