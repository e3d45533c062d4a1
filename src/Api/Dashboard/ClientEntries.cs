using Monolith.Api.Http;
using Monolith.Members.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Dashboard;

/// <summary>Addresses that clients of the compatible system open in a browser, and where they are here. They lead to pages of this server only.</summary>
internal static class ClientEntries
{
    public static void MapClientEntries(this IEndpointRouteBuilder app)
    {
        var entries = app.MapGroup("").ExcludeFromDescription();
        entries.MapGet("/login", (HttpRequest request, CallerContext caller) => Lead(request, caller.IsAuthenticated ? Target(request) : WithReturn("/sign-in", request)));
        entries.MapGet("/setup", async (HttpRequest request, IFirstUser firstUser, CancellationToken ct) =>
            Lead(request, await firstUser.ExistsAsync(ct) ? LocalPath.With("/login", ("redirect", Wish(request))) : WithReturn("/set-up", request)));
        entries.MapGet("/settings", (HttpRequest request) => Lead(request, "/settings/account"));
        entries.MapGet("/settings/external-auth", (HttpRequest request) => Lead(request, "/settings/account"));
    }

    private static IResult Lead(HttpRequest request, string path) => Results.Redirect(request.PathBase + path);

    private static string Target(HttpRequest request) => LocalPath.Or(Wish(request), "/");

    private static string WithReturn(string path, HttpRequest request) => LocalPath.With(path, ("return", Target(request) is var target and not "/" ? target : null));

    private static string? Wish(HttpRequest request) => request.Query["redirect"] is [{ Length: > 0 } one] ? one : null;
}
