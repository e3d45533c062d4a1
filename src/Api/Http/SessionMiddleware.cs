using Monolith.Api.Http.Limits;
using Monolith.Kernel.Authorization;
using Monolith.Members.Contracts;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>Asks for the session of the token that was sent, or lets the first statement of a query ask. What is the same for everybody needs none, and no database.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller, ISessions sessions, AssumedSession assumed)
    {
        if (!context.GetEndpoint().IsOpenDocument() && context.Features.Get<SentTokens>()!.Find(context.Request) is { } found)
        {
            if (limits.BeforeLookUp(context.Connection.RemoteIpAddress, found.Token) is { } state)
            {
                LimitHeaders.Note(context, state);
                await context.WriteErrorAsync(RequestLimits.TooMany(state));
                return;
            }

            var organization = context.Request.RouteValues["organization"] as string;
            if (IsQuery(context) && sessions.Assume(found.Token, organization) is { } last)
            {
                caller.Enter(found.Token, last);
                context.Response.OnStarting(Guard, (context, assumed));
                try
                {
                    await next(context);
                    if (assumed.IsSettled)
                        limits.Remember(found.Token);
                    return;
                }
                catch (SessionChangedException) when (!context.Response.HasStarted)
                {
                    // No statement of the request has found anything yet, so nothing of it is left.
                    assumed.End();
                }
            }

            caller.Enter(found.Token, await sessions.AuthenticateAsync(found.Token, organization, context.RequestAborted));
            if (caller.IsAuthenticated)
                limits.Remember(found.Token);
        }

        await next(context);
    }

    // What such a route answers comes from the dispatcher, which confirms it.
    private static bool IsQuery(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.IsApi() && context.GetEndpoint()?.Metadata.GetMetadata<Sends>() is { IsQuery: true };

    private static Task Guard(object state)
    {
        var (context, assumed) = ((HttpContext, AssumedSession))state;
        return assumed.IsOpen && context.Response.StatusCode < StatusCodes.Status400BadRequest
            ? throw new InvalidOperationException("The request is answered before its session was confirmed.")
            : Task.CompletedTask;
    }
}
