using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Monolith.Api.Http;
using Monolith.BuildingBlocks.Dashboard;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Dashboard;

/// <summary>Before a page: its headers, and the way to sign-in or set-up for strangers.</summary>
internal sealed class PageAccess(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller, IFirstUser firstUser)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(context);
            return;
        }

        PageHeaders.Apply(context.Response);
        if (caller.IsAuthenticated || endpoint.Metadata.GetMetadata<OpenPageAttribute>() is not null)
        {
            await next(context);
            return;
        }

        var exists = await firstUser.ExistsAsync(context.RequestAborted);
        var here = HttpMethods.IsPost(context.Request.Method) ? context.Request.Path.Value : context.Request.Path + context.Request.QueryString;
        context.Response.Redirect(exists ? LocalPath.With("/sign-in", ("return", here == "/" ? null : here)) : "/set-up");
    }
}

/// <summary>After the framework looked at the antiforgery field: a form without a good one changes nothing.</summary>
internal sealed class PageForgery(RequestDelegate next)
{
    private static readonly Error Expired = Error.BadRequest(Texts.FormExpired, Texts.FormExpiredDetail);

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? context.WritePageAsync(Expired) : next(context);
}

/// <summary>An antiforgery field belongs to one session: it is worthless in another.</summary>
internal sealed class SessionForgeryData : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Session(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == Session(context);

    private static string Session(HttpContext context) => context.RequestServices.GetRequiredService<CallerContext>().KeyId ?? "";
}
