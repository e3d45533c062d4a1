using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Monolith.Api.Http;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Web.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Api.Dashboard;

/// <summary>Before a page: its headers, and the way to sign-in or set-up for strangers.</summary>
internal sealed class DashboardAuthenticationMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller, IFirstUser firstUser)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var isFile = metadata?.GetMetadata<PageFile>() is not null && context.Request.WantsPage();
        if (!isFile && metadata?.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(context);
            return;
        }

        if (isFile)
            context.Features.Set<IErrorPage>(new ErrorPage(context));
        else
            PageHeaders.Apply(context.Response);

        // It holds nothing of anybody, but the theme and the address of the reader.
        if (context.GetEndpoint().IsOpenDocument())
            context.Response.Headers.CacheControl = "private, no-cache";
        if (caller.IsAuthenticated || metadata!.GetMetadata<AllowAnonymousPageAttribute>() is not null)
        {
            await (isFile ? next(context) : context.WriteBelowBaseAsync(() => next(context)));
            return;
        }

        var exists = await firstUser.ExistsAsync(context.RequestAborted);
        var here = context.PageOfRequest();
        context.Response.Redirect(context.Request.PathBase + (exists ? LocalPath.With("/sign-in", ("return", here == "/" ? null : here)) : "/set-up"));
    }

    private sealed class ErrorPage(HttpContext context) : IErrorPage
    {
        public Task WriteAsync(Error error) => context.WritePageAsync(error);
    }
}

/// <summary>After the framework looked at the antiforgery field: a form without a good one changes nothing. Nor does one with a NUL, which no text can hold.</summary>
internal sealed class AntiforgeryFailureMiddleware(RequestDelegate next)
{
    private static readonly Error Expired = Error.BadRequest(Texts.FormExpired, Texts.FormExpiredDetail);

    private static readonly Error TooLarge = new(ErrorKind.TooLarge, Texts.FormTooLarge, Texts.FormTooLargeDetail);

    private static readonly Error Unreadable = Error.BadRequest(Texts.FormUnreadable);

    private static readonly Error BadText = Error.BadRequest(Texts.FormBadText);

    public async Task InvokeAsync(HttpContext context)
    {
        var checkedField = context.Features.Get<IAntiforgeryValidationFeature>();
        if (checkedField is { IsValid: false })
            await context.WritePageAsync(Cause(checkedField.Error));
        else if (checkedField is not null && await HoldsNulAsync(context))
            await context.WritePageAsync(BadText);
        else
            await next(context);
    }

    // The framework says the same of a field that is missing and of a form that it could not read.
    private static Error Cause(Exception? refusal) => refusal?.InnerException switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        IOException or InvalidDataException => Unreadable,
        _ => Expired,
    };

    private static async Task<bool> HoldsNulAsync(HttpContext context) =>
        context.Request.HasFormContentType
        && (await context.Request.ReadFormAsync(context.RequestAborted)).Any(field => field.Value.Any(text => text?.Contains('\0', StringComparison.Ordinal) == true));
}

/// <summary>An antiforgery field belongs to one session: it is worthless in another.</summary>
internal sealed class SessionAntiforgeryData : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Session(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == Session(context);

    private static string Session(HttpContext context) => context.RequestServices.GetRequiredService<CallerContext>().KeyId ?? "";
}
