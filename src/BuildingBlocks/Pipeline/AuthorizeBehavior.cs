using System.Reflection;
using MediatR;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Pipeline;

/// <summary>Session, feature, organization, permission: in the order that the wire contract shows. Fails closed.</summary>
internal sealed class AuthorizeBehavior<TRequest, TResponse>(
    ICaller caller,
    IFeatureGate features,
    IOrganizationDirectory organizations,
    CurrentOrganization current,
    IEnumerable<IRequestAuthorizer<TRequest>> authorizers)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IFailable<TResponse>
{
    private static readonly RequirementAttribute? Requirement = typeof(TRequest).GetCustomAttribute<RequirementAttribute>();
    private static readonly string? Feature = typeof(TRequest).GetCustomAttribute<RequiresFeatureAttribute>()?.Feature;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var refusal = await RefuseAsync(request, cancellationToken);
        return refusal is null ? await next() : TResponse.Fail(refusal);
    }

    private async ValueTask<Error?> RefuseAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (Requirement is not AllowAnonymousRequestAttribute && !caller.IsAuthenticated)
            return caller.Failure ?? SessionErrors.Missing;
        if (Feature is not null && features.Check(Feature) is { } unlicensed)
            return unlicensed;
        if (request is IOrganizationRequest about && !await EnterAsync(about.Organization, cancellationToken))
            return Error.NotFound;
        return Requirement switch
        {
            AllowAnonymousRequestAttribute or RequiresSessionAttribute => null,
            RequiresPermissionAttribute permission => Decide(permission, request is IOrganizationRequest),
            RequiresRuleAttribute => await authorizers.Single().AuthorizeAsync(request, cancellationToken),
            _ => throw new InvalidOperationException($"{typeof(TRequest).Name} states no requirement."),
        };
    }

    private async ValueTask<bool> EnterAsync(string reference, CancellationToken cancellationToken)
    {
        var found = await organizations.FindAsync(reference, cancellationToken);
        if (found is null || !caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)))
            return false;
        current.Value = found;
        return true;
    }

    private Error? Decide(RequiresPermissionAttribute permission, bool inOrganization)
    {
        var target = inOrganization ? ResourceObject.In(permission.Resource, current.Id) : ResourceObject.All(permission.Resource);
        if (caller.Can(permission.Action, target))
            return null;
        return permission.HideRefusal ? Error.NotFound : Error.Forbidden;
    }
}

/// <summary>The 401 answers.</summary>
public static class SessionErrors
{
    /// <summary>No token was sent.</summary>
    public static Error Missing { get; } = Signed("No session token was sent. Sign in, or send the Coder-Session-Token header.");

    /// <summary>A token was sent and is wrong: bad shape, unknown, or the wrong secret. The cases are not told apart.</summary>
    public static Error Invalid { get; } = Signed("The session token is not valid.");

    /// <summary>The key exists and its time is over.</summary>
    public static Error Expired { get; } = Signed("The session has expired.");

    /// <summary>The account may not act. Clients match on <c>Contact an admin</c>.</summary>
    public static Error Suspended { get; } = new(ErrorKind.Unauthenticated, "Your account is not active. Contact an admin to reactivate it.");

    private static Error Signed(string detail) => new(ErrorKind.Unauthenticated, "You are signed out or your session has expired. Sign in again to continue.", detail);
}
