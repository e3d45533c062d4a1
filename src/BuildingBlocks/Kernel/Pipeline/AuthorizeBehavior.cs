using MediatR;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>Session, feature, organization, user, permission: in the order that the wire contract shows. Fails closed.</summary>
internal sealed class AuthorizeBehavior<TRequest, TResponse>(
    ICaller caller,
    IFeatureGate features,
    RequestTargets targets,
    CurrentOrganization organization,
    AssumedSession session,
    IEnumerable<IRequestAuthorizer<TRequest>> authorizers)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IFailable<TResponse>
{
    private static readonly RequestRequirement Requirement = RequestRequirement.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var refusal = await RefuseAsync(request, cancellationToken);
        if (refusal is null)
            return await next();
        // A refusal leaves traces: it is of the session as it is.
        await session.ConfirmAsync(cancellationToken);
        return TResponse.Fail(refusal);
    }

    private async ValueTask<Error?> RefuseAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (!Requirement.IsOpen && !caller.IsAuthenticated)
            return caller.Failure ?? SessionErrors.Missing;
        if (Requirement.IsMissing)
            throw new InvalidOperationException($"{typeof(TRequest).Name} states no requirement.");
        if (Requirement.Feature is { } feature && features.Check(feature) is { } unlicensed)
            return unlicensed;
        if (request is IOrganizationRequest inside && await targets.EnterOrganizationAsync(inside.Organization, cancellationToken) is { } noOrganization)
            return noOrganization;
        if (request is IUserRequest about && await EnterUserAsync(about, cancellationToken) is { } noUser)
            return noUser;
        foreach (var permission in Requirement.Permissions)
        {
            if (Refuse(permission) is { } refusal)
                return refusal;
        }

        return Requirement.HasRule ? await authorizers.Single().AuthorizeAsync(request, cancellationToken) : null;
    }

    private ValueTask<Error?> EnterUserAsync(IUserRequest request, CancellationToken cancellationToken) =>
        Requirement.OnUser is { } asked
            ? targets.EnterUserAsync(request.User, asked, cancellationToken)
            : throw new InvalidOperationException($"{typeof(TRequest).Name} names a user and does not say who may.");

    private Error? Refuse(RequiresPermissionAttribute permission)
    {
        var target = Requirement.IsAboutOrganization ? ResourceObject.In(permission.Resource, organization.Id) : ResourceObject.All(permission.Resource);
        return caller.Can(permission.Action, target) ? null
            : permission.HideRefusal ? Error.NotFound
            : Error.Forbidden;
    }
}

/// <summary>The 401 answers.</summary>
public static class SessionErrors
{
    /// <summary>No token was sent.</summary>
    public static Error Missing { get; } = Signed("No session token was sent. Sign in, or send the Coder-Session-Token header.");

    /// <summary>A token was sent and is wrong: bad shape, unknown, or the wrong secret. The cases are not told apart.</summary>
    public static Error Invalid { get; } = Signed("The session token is not valid.");

    /// <summary>The key exists and its time is over. Clients look for the first three words of its detail, and sign in again.</summary>
    public static Error Expired { get; } = Signed("API key expired: the session or token is past its end.");

    /// <summary>The account may not act. Clients match on <c>Contact an admin</c>.</summary>
    public static Error Suspended { get; } = new(ErrorKind.Unauthenticated, "Your account is not active. Contact an admin to reactivate it.");

    private static Error Signed(string detail) => new(ErrorKind.Unauthenticated, "You are signed out or your session has expired. Sign in again to continue.", detail);
}
