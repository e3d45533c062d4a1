using Monolith.Api.Http.Limits;
using Monolith.Members.Contracts;

namespace Monolith.Api.Http;

/// <summary>Asks for the session of the token that was sent. What is the same for everybody needs none, and no database.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller, ISessions sessions)
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
            var session = await sessions.AuthenticateAsync(found.Token, organization, context.RequestAborted);
            caller.Enter(found.Token, session);
            if (caller.IsAuthenticated)
                limits.Remember(found.Token);
        }

        await next(context);
    }
}
