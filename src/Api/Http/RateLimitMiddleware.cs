using Monolith.Api.Http.Limits;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>Counts every request, after the session is known and before anything is done for it. Which limits apply, the endpoint says; no header of the client does.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RequestLimits limits)
{
    private const string BypassHeader = "X-Coder-Bypass-Ratelimit";

    private static readonly Error NoBypass =
        new(ErrorKind.Forbidden, "Only owners may go without rate limits.", $"Leave the header {BypassHeader} out.");

    public async Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        if (Refuse(context, caller) is { } refusal)
            await context.WriteErrorAsync(refusal);
        else
            await next(context);
    }

    private Error? Refuse(HttpContext context, CallerContext caller)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<OpenDocumentAttribute>() is { Unlimited: true })
            return null;

        var asksBypass = context.IsApi() && string.Equals(context.Request.Headers[BypassHeader], "true", StringComparison.OrdinalIgnoreCase);
        var mayBypass = asksBypass && IsOwner(caller);
        if (!mayBypass && Exceeds(context, OfRequest(context, caller)) is { } tooMany)
            return tooMany;
        if (asksBypass && !mayBypass)
            return NoBypass;
        var isPasswordLimited = context.Request.ChangesSomething() && metadata?.GetMetadata<PasswordRateLimitAttribute>() is not null;
        return isPasswordLimited ? Exceeds(context, limits.TryPassword(context.Connection.RemoteIpAddress)) : null;
    }

    private LimitState? OfRequest(HttpContext context, CallerContext caller) => caller.IsAuthenticated
        ? limits.OfCaller(caller.UserId, context.Request.Path)
        : limits.OfAddress(context.Connection.RemoteIpAddress);

    private static Error? Exceeds(HttpContext context, LimitState? counted)
    {
        if (counted is not { } state)
            return null;
        LimitHeaders.Note(context, state);
        return state.IsExceeded ? RequestLimits.TooMany(state) : null;
    }

    // Of the built-in roles owner alone may do this, and no custom role reaches beyond an organization.
    private static bool IsOwner(CallerContext caller) => caller.Can(PermissionAction.Update, ResourceObject.All(ResourceType.DeploymentConfig));
}
