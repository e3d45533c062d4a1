using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>What a request is, by its path, method and endpoint; never by a header that the client chooses.</summary>
internal static class RequestKinds
{
    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static bool ChangesSomething(this HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    /// <summary>A request that writes by its route.</summary>
    public static bool IsWrite(this HttpContext context) =>
        context.Request.ChangesSomething() && context.GetEndpoint()?.Metadata.GetMetadata<ReadsOnlyAttribute>() is null;

    public static bool IsPage(this Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>A route that needs no session, so that no token guards it against other sites.</summary>
    public static bool IsAnonymous(this Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static bool IsOpenDocument(this Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<OpenDocumentAttribute>() is not null;
}
