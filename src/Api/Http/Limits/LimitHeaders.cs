using System.Globalization;

namespace Monolith.Api.Http.Limits;

/// <summary>What an answer says about the limits: <c>RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c>, and the same with <c>X-</c>. Of several limits the tightest speaks.</summary>
internal static class LimitHeaders
{
    public static void Note(HttpContext context, LimitState state)
    {
        if (context.Features.Get<Noted>() is { } noted)
        {
            if (state.Remaining < noted.State.Remaining)
                noted.State = state;
            return;
        }

        var first = new Noted { State = state };
        context.Features.Set(first);
        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, first.State);
            return Task.CompletedTask;
        });
    }

    private static void Write(IHeaderDictionary headers, LimitState state)
    {
        foreach (var prefix in new[] { "", "X-" })
        {
            headers[prefix + "RateLimit-Limit"] = Text(state.Limit);
            headers[prefix + "RateLimit-Remaining"] = Text(state.Remaining);
            headers[prefix + "RateLimit-Reset"] = Text(Math.Ceiling(state.Reset.TotalSeconds));
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Noted
    {
        public LimitState State { get; set; }
    }
}
